"""Text from outside made safe to show and to store: it keeps its words and loses what steers a screen."""

import re
import unicodedata

_CONTROLS = "\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufff9-\ufffb"
_DIRECTIONS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_TAGS = "\ufeff\U000e0000-\U000e007f"
_NEVER = _CONTROLS + _DIRECTIONS + _TAGS
_PROSE = re.compile(f"[{_NEVER}]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_LINE_BREAK = re.compile("\r\n?|[\u2028\u2029]")
_INVISIBLE = re.compile(f"[{_NEVER}\u00ad\u180e\u200b-\u200d\u2060-\u2064]")
_BLANKS = re.compile(r"\s+")
_PATH = re.compile(r"[/\\]")
_NOT_IN_FILENAMES = re.compile(r'[<>:"|?*]')

REPLACEMENT_CHARACTER = "\ufffd"


def _is_plain(text: str) -> bool:
    """Whether nothing has to be done: no sign that is not seen, no letter in two halves."""
    return text.isprintable() and unicodedata.is_normalized("NFC", text)


def clean_prose(text: str) -> str:
    """Free text without control characters and direction marks; line breaks (as `\\n`) and tabs stay.

    Half a character (a lone surrogate) becomes U+FFFD, so that the text can be stored as UTF-8.
    """
    if _is_plain(text):
        return text.strip()
    whole = _SURROGATE.sub(REPLACEMENT_CHARACTER, _LINE_BREAK.sub("\n", text))
    return unicodedata.normalize("NFC", _PROSE.sub("", whole)).strip()


def clean_line(text: str) -> str:
    """A name or another single line: also without invisible characters, every run of blanks one blank."""
    if _is_plain(text) and "  " not in text:
        return text.strip()
    visible = _INVISIBLE.sub("", _BLANKS.sub(" ", _LINE_BREAK.sub(" ", text)))
    return _BLANKS.sub(" ", unicodedata.normalize("NFC", _SURROGATE.sub(REPLACEMENT_CHARACTER, visible))).strip()


def clean_filename(text: str) -> str | None:
    """The last part of a file's name, without folders, leading dots and signs no file may carry; None if empty."""
    last = _PATH.split(clean_line(text))[-1]
    return _NOT_IN_FILENAMES.sub("_", last).lstrip(". ").rstrip(". ") or None
