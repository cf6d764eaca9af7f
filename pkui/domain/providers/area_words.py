"""What people call the areas: words of letters and enquiries with the codes of the areas they mean.

Here æ, ø and å are letters of their own: a start is no stær, a handicap no hånd.
"""

from collections.abc import Collection, Mapping

from pkui.domain.folding import fold_case, words_of

AREA_WORDS: Mapping[str, str] = {
    fold_case(word): code
    for code, words in {
        "MR": "mr mri",
        "CT": "ct",
        "UL": "ultralyd ul",
        "MAM": "mammografi brystundersøgelse",
        "KNEE": "knæ knæoperation knæalloplastik menisk korsbånd",
        "HIP": "hofte hofteoperation hoftealloplastik",
        "SHOULDER": "skulder albue rotatorcuff",
        "BACK": "ryg diskusprolaps spinalstenose lænderyg",
        "HAND": "karpaltunnel karpaltunnelsyndrom hånd springfinger dupuytren kuskefinger",
        "FOOT": "fod ankel hallux knyst",
        "CATARACT": "stær katarakt",
        "VARICES": "åreknuder varicer",
        "SLEEP": "søvnapnø snorken",
        "ENT": "mandler polypper bihuler",
        "CAP": "børnepsykiatri ungdomspsykiatri",
        "CARD": "hjerte kardiologi hjerteundersøgelse",
        "NEUROPHYS": "neurofysiologi nerveledning",
        "NEUROL": "neurologi migræne",
        "SKIN": "hudkræft basalcelle",
        "RHEUM": "gigt reumatologi",
        "GYN": "gynækologi underliv prolaps",
        "SURG": "brok lyskebrok galdesten fedme",
    }.items()
    for word in words.split()
}

IMAGING = frozenset({"MR", "CT", "UL", "MAM"})
"""A picture of a knee is a picture: these win over the part of the body."""


def area_in(text: str, areas: Mapping[str, tuple[str, Collection[str]]], sks: str | None = None) -> str | None:
    """The one area that a letter's words or its SKS code mean; None where none or several fit.

    `areas`: code to its name and SKS prefixes. A code decides before words do.
    """
    by_code = {code for code, (_name, prefixes) in areas.items() if sks and any(sks.startswith(p) for p in prefixes)}
    if len(by_code) == 1:
        return next(iter(by_code))
    words = words_of(fold_case(text))
    by_word = {AREA_WORDS[word] for word in words if AREA_WORDS.get(word) in areas}
    by_word |= {
        code for word in words for known, code in AREA_WORDS.items() if len(known) > 3 and word.startswith(known)
    }
    by_word &= set(areas)
    if by_code and by_word & by_code:
        by_word &= by_code
    by_word = by_word & IMAGING or by_word
    if len(by_word) == 1:
        return next(iter(by_word))
    exact = {code for code, (name, _prefixes) in areas.items() if fold_case(name) == fold_case(text).strip()}
    return next(iter(exact)) if len(exact) == 1 else None
