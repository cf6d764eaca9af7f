"""Texts of files as offices save them: UTF-8, UTF-16 or Windows' Western letters; cells with Excel's text trick."""

import re

from pkui.domain.providers.reading import BadCatalogue

_TRICK = re.compile(r'^="{1,2}(?P<text>[^"]*)"{0,2}$')


def decoded(raw: bytes, at: str = "/") -> str:
    """The text of a file. Raises BadCatalogue for what is none."""
    if b"\0" in raw[:64] and not raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise BadCatalogue(at, "not_csv")
    for encoding in ("utf-16",) if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp1252"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadCatalogue(at, "not_csv")


def cell(text: str | None) -> str:
    """A cell's text; `="<id>"`, by which registers keep Excel from reading a number, is the id."""
    plain = (text or "").strip()
    trick = _TRICK.match(plain)
    return trick["text"].strip() if trick else plain
