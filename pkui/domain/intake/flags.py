"""Words in an ordinary form that may mean cancer or a grave heart condition: a person looks within the hour."""

import re
import unicodedata

_STEMS = {
    "kræft": r"(?<!be)(?<!af)kræft(?!er|ig|es\b)|(?<!be)(?<!af)kraeft(?!er|ig|es\b)",
    "cancer": r"cancer|carcinom|karcinom",
    "knude": r"(?<!åre)(?<!aare)knude(?!punkt)",
    "svulst": r"svulst|tumor",
    "metastase": r"metasta",
    "leukæmi": r"leukæmi|leukaemi",
    "lymfom": r"lymfom|lymphom",
    "melanom": r"melanom",
    "sarkom": r"sarkom",
    "ondartet": r"ondarte|malign",
    "kemoterapi": r"\bkemo(?!logi)",
    "strålebehandling": r"strålebehandl|stråleterapi",
    "pakkeforløb": r"pakke[ -]?forløb|hjertepakke",
    "livstruende": r"livstruende",
    "hjertekrampe": r"hjertekramp|\bangina",
    "kranspulsåre": r"kranspuls|hovedstamme|ballonudvid|\bbypass",
}
_PATTERNS = {stem: re.compile(pattern) for stem, pattern in _STEMS.items()}
_ANY = re.compile("|".join(_STEMS.values()))


def flagged_words(text: str) -> tuple[str, ...]:
    """The stems found in a text, each once, in our own spelling; empty where there are none.

    Case and the way letters are composed make no difference. Varicose veins (åreknuder) are no lump, and
    neither strength (kræfter) nor a confirmation (bekræftelse) is cancer.
    """
    folded = unicodedata.normalize("NFC", text).casefold()
    if not _ANY.search(folded):
        return ()
    return tuple(stem for stem, pattern in _PATTERNS.items() if pattern.search(folded))
