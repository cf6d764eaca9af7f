"""Reads the templates that come with the program."""

import tomllib
from datetime import date
from functools import cache
from importlib.resources import files

from pkui.domain.texts import TemplateVersion, TextKind

ALWAYS = date(2000, 1, 1)


@cache
def packaged_texts() -> dict[TextKind, TemplateVersion]:
    """One wording of every kind (pkui/domain/texts.toml), in force where the office has none of its own."""
    raw = tomllib.loads(files("pkui.domain").joinpath("texts.toml").read_text("utf-8"))
    return {kind: TemplateVersion(kind, raw[kind]["subject"], raw[kind]["text"].strip(), ALWAYS) for kind in TextKind}
