"""Folding of names for search: what is the same name, typed with the letters a person has or remembers."""

import re
import unicodedata

_LETTERS = str.maketrans({"ä": "æ", "ö": "ø", "ü": "u", "ð": "d", "þ": "th"})
_PLAIN = str.maketrans({"æ": "a", "ø": "o"})
_PAIRS = re.compile(r"a[ae]+|oe+")
_WORD = re.compile(r"\w+")


def fold(text: str) -> str:
    """The text as it is searched: lower case and no accents; å, aa and a, æ, ae and a, ø, oe and o are the same.

    The beginning of a name folds to the beginning of the folded name, so a prefix finds it with one look-up.
    """
    return _PAIRS.sub(lambda pair: pair[0][0], fold_case(text).translate(_PLAIN))


def fold_case(text: str) -> str:
    """The text where letters of their own tell words apart: lower case, accents gone, å as aa, æ and ø kept."""
    lowered = unicodedata.normalize("NFC", text).casefold().translate(_LETTERS).replace("å", "aa")
    decomposed = unicodedata.normalize("NFD", lowered)
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def fold_words(text: str) -> list[str]:
    """The folded words of a name, each once, in order."""
    return list(dict.fromkeys(words_of(fold(text))))


def words_of(folded: str) -> list[str]:
    """The words of a text, in order, as often as they stand."""
    return _WORD.findall(folded)
