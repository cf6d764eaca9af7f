"""Cutting streams into bodies: one object over many lines, one a line, and files that break in the middle."""

import json
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pkui.domain.intake import LIMIT_BYTES, split_documents
from tests.data.submissions import encoded, minimal, submission


def split(raw: bytes) -> list[bytes]:
    return list(split_documents(BytesIO(raw)))


def loaded(raw: bytes) -> list[object]:
    return [json.loads(document.decode("utf-8-sig")) for document in split(raw)]


@pytest.mark.parametrize("indent", [None, 0, 2, 4])
@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\n\n \n"])
def test_documents_over_many_lines_and_one_a_line(indent: int | None, count: int, newline: str) -> None:
    bodies = [submission(number) for number in range(count)]
    text = newline.join(json.dumps(body, indent=indent) for body in bodies)
    assert loaded(text.encode()) == bodies
    assert loaded((text + newline).encode()) == bodies
    assert loaded(b"\xef\xbb\xbf" + text.encode()) == bodies


def test_nothing_holds_nothing() -> None:
    assert split(b"") == split(b"\n \r\n\t\n") == split(b"\xef\xbb\xbf\n") == []


@pytest.mark.parametrize("odd", ['"{', '}"', '\\"', "\\\\", "[[[", '\\"}{"\\', "{\n[", "å"])
def test_brackets_and_quotes_in_texts_are_only_text(odd: str) -> None:
    bodies = [minimal(1) | {"note": odd}, minimal(2)]
    for indent in (None, 1):
        assert loaded("\n".join(json.dumps(body, indent=indent) for body in bodies).encode()) == bodies


@pytest.mark.parametrize(
    "broken", [b'{"schema": "pk-intake/1", "a": [', b'{"a": "x', b"hello", b"}}", b'"', b"{", b"[1", b'["']
)
def test_a_broken_line_takes_no_other_with_it(broken: bytes) -> None:
    first, last = encoded(submission(1)), encoded(submission(2))
    assert [part.strip() for part in split(b"\n".join([first, broken, last, first]))] == [first, broken, last, first]


def test_a_list_of_submissions_stays_one_document() -> None:
    raw = b"[\n" + encoded(submission(1)) + b",\n" + encoded(submission(2)) + b"\n]\n"
    assert split(raw) == [raw]


def test_a_document_that_is_too_large_comes_out_cut_and_the_next_whole() -> None:
    after = encoded(submission())
    many_lines = b'{"a": [\n' + (b"1234567890," * 10 + b"\n") * 300_000 + b"1]}"
    for huge in (b'{"a": "' + b"\\" * 30_000_000 + b'"}', b"x" * 30_000_000, many_lines):
        documents = split(huge + b"\n" + after)
        assert len(documents[0]) == LIMIT_BYTES + 1
        assert documents[1:] == [after]


def test_an_open_stream_gives_each_document_at_its_end() -> None:
    first = encoded(submission(1)) + b"\n"

    class Slow(BytesIO):
        """A sender that must not be asked for more before its first document was taken."""

        asked = 0

        def readline(self, size: int | None = -1, /) -> bytes:
            self.asked += 1
            return super().readline(size)

    stream = Slow(first + encoded(submission(2)))
    assert next(split_documents(stream)) == first
    assert stream.asked == 1


@given(st.binary(max_size=200))
def test_nothing_is_lost_or_made_up(raw: bytes) -> None:
    blanks = b" \t\r\n\xef\xbb\xbf"
    kept = b"".join(split(raw)).translate(None, blanks)
    assert kept == raw.translate(None, blanks)


@given(st.lists(st.dictionaries(st.text(), st.text() | st.lists(st.text())), max_size=5), st.sampled_from([None, 0, 3]))
def test_whatever_objects_there_are(bodies: list[dict[str, object]], indent: int | None) -> None:
    assert loaded("\n".join(json.dumps(body, indent=indent, ensure_ascii=False) for body in bodies).encode()) == bodies
