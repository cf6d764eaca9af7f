"""Which files that come with an enquiry somebody should fetch: known kinds of a size that can be read.

pkui keeps what is told of a file and never the file; who fetches it elsewhere is warned (GDPR art. 32).
"""

from enum import StrEnum

LARGEST_BYTES = 25_000_000
TYPES = frozenset({"application/pdf", "image/jpeg", "image/png", "image/tiff", "image/heic", "text/plain"})
ENDINGS = frozenset({"pdf", "jpg", "jpeg", "png", "tif", "tiff", "heic", "txt"})


class Unfit(StrEnum):
    """Why a file is not to be fetched."""

    KIND = "kind"
    SIZE = "size"


def why_unfit(filename: str, media_type: str | None, size: int | None) -> Unfit | None:
    """What speaks against a file, by what is told of it; a name without an ending is judged by its type alone."""
    _name, dot, ending = filename.rpartition(".")
    if (media_type and media_type not in TYPES) or (dot and ending.casefold() not in ENDINGS):
        return Unfit.KIND
    return Unfit.SIZE if size is not None and size > LARGEST_BYTES else None
