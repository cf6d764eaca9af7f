"""The users' words: Danish by default, English complete. Msgids are English; Danish stands in pkui/locale/da.

Babel's catalogues are read through gettext; dates and numbers come from CLDR, never from the machine's locale.
The language is chosen once a process (threads see it too) and before any screen is imported.
"""

import gettext as _gettext
from importlib.resources import files
from io import BytesIO

DEFAULT_LANGUAGE = "da"
LANGUAGES = ("da", "en")


def N_(message: str) -> str:
    """Marks a text for extraction; `_` translates it when it is shown."""
    return message


class _Words:
    """The language in use, one for the whole process."""

    def __init__(self) -> None:
        self.language = DEFAULT_LANGUAGE
        self._loaded: dict[str, _gettext.NullTranslations] = {}

    @property
    def catalogue(self) -> _gettext.NullTranslations:
        """The catalogue of the language in use."""
        if self.language not in self._loaded:
            self._loaded[self.language] = self._load(self.language)
        return self._loaded[self.language]

    @staticmethod
    def _load(language: str) -> _gettext.NullTranslations:
        if language == "en":
            return _gettext.NullTranslations()
        compiled = files("pkui").joinpath("locale", language, "LC_MESSAGES", "pkui.mo").read_bytes()
        return _gettext.GNUTranslations(BytesIO(compiled))


_words = _Words()


def use_language(language: str) -> None:
    """Chooses the language of every text from here on. Raises ValueError for one we do not have."""
    if language not in LANGUAGES:
        raise ValueError(f"unknown language: {language}")
    _words.language = language


def language() -> str:
    """The language in use: 'da' or 'en'."""
    return _words.language


def _(message: str) -> str:
    """The text in the language in use."""
    return _words.catalogue.gettext(message)


def ngettext(singular: str, plural: str, count: int) -> str:
    """The text for that many, in the language in use."""
    return _words.catalogue.ngettext(singular, plural, count)


def pgettext(context: str, message: str) -> str:
    """The text that fits where it stands (`context`), in the language in use."""
    return _words.catalogue.pgettext(context, message)
