"""Files that come with an enquiry: which kinds and sizes may be fetched, by name, type and size as told."""

import pytest

from pkui.domain.attachments import LARGEST_BYTES, Unfit, why_unfit


@pytest.mark.parametrize(
    ("name", "media_type", "size", "why"),
    [
        ("brev.pdf", "application/pdf", 182_044, None),
        ("BREV.PDF", None, None, None),
        ("4711", "image/jpeg", LARGEST_BYTES, None),
        ("brev.pdf", "application/pdf", LARGEST_BYTES + 1, Unfit.SIZE),
        ("gpj.exe", None, 10, Unfit.KIND),
        ("brev.pdf.js", "application/pdf", 10, Unfit.KIND),
        ("brev.pdf", "application/x-msdownload", 10, Unfit.KIND),
        ("makro.docm", "application/vnd.ms-word.document.macroenabled.12", 10, Unfit.KIND),
    ],
)
def test_req_17_a_file_of_another_kind_or_too_large_is_not_to_be_fetched(
    name: str, media_type: str | None, size: int | None, why: Unfit | None
) -> None:
    assert why_unfit(name, media_type, size) is why
