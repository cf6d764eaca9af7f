"""Folding of names for search: case, accents and the two ways of writing å are the same."""

import re
import unicodedata

_LETTERS = str.maketrans({"ä": "æ", "ö": "ø", "å": "aa", "ü": "u", "ð": "d", "þ": "th"})
_WORD = re.compile(r"\w+")


def fold(text: str) -> str:
    """The text as it is compared: lower case, å as aa, other accents gone, æ and ø kept."""
    lowered = unicodedata.normalize("NFC", text).casefold().translate(_LETTERS)
    decomposed = unicodedata.normalize("NFD", lowered)
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def fold_words(text: str) -> list[str]:
    """The folded words of a name, each once, in order."""
    return list(dict.fromkeys(_WORD.findall(fold(text))))
