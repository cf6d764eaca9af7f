"""Reads the numbers of the law that come with the program."""

from functools import cache
from importlib.resources import files

from pkui.domain.rights.law import Law, parse_law


@cache
def law_text() -> str:
    """The text of the law's numbers (pkui/domain/rights/law.toml)."""
    return files("pkui.domain.rights").joinpath("law.toml").read_text("utf-8")


@cache
def packaged_law() -> Law:
    """The law as it comes with the program, without the office's own values."""
    return parse_law(law_text())
