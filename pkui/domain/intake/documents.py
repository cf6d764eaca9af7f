"""Cuts a file or a stream into the JSON texts it holds, one over many lines or one a line."""

import json
import re
from collections.abc import Iterator
from typing import BinaryIO

from pkui.domain.intake.values import LIMIT_BYTES

PIECE = 1 << 20
_ESCAPE = re.compile(rb"\\.", re.DOTALL)
_NOTHING = b" \t\r\n\xef\xbb\xbf"


class _Document:
    """The document being read: its first bytes, and how many brackets and quotes are open."""

    def __init__(self) -> None:
        self.kept = bytearray()
        self.depth = 0
        self.in_string = False
        self.escaped = False

    @property
    def is_open(self) -> bool:
        """Whether a bracket or a quote still waits for its other half."""
        return self.depth > 0 or self.in_string

    @property
    def awaits_entry(self) -> bool:
        """Whether it is a list of which another entry may follow on the next line."""
        if not self.kept[:256].lstrip(_NOTHING).startswith(b"["):
            return False
        return self.kept[-256:].rstrip().endswith((b"[", b",", b":"))

    def add(self, piece: bytes) -> None:
        """Keeps one byte more than the limit at most, so that the reader sees that the document was too large."""
        self.kept += piece[: LIMIT_BYTES + 1 - len(self.kept)]
        text = piece[1:] if self.escaped else piece
        if b"\\" in text:
            text = _ESCAPE.sub(b"", text)
        self.escaped = text.endswith(b"\\")
        parts = text.split(b'"')
        outside = b"".join(parts[int(self.in_string) :: 2])
        self.in_string ^= len(parts) % 2 == 0
        opened = outside.count(b"{") + outside.count(b"[")
        self.depth += opened - outside.count(b"}") - outside.count(b"]")


def split_documents(stream: BinaryIO) -> Iterator[bytes]:
    """The JSON texts of a stream in order, as raw bytes: one object over many lines, or one a line (JSON Lines).

    Holds one document at a time, 25 MB and one byte of it at most: a longer one comes out cut at that length,
    which the reader answers as too large. A broken line ends where the next line is a submission of its own, so
    it takes no other with it.
    """
    document = _Document()
    at_line_start = True
    while piece := stream.readline(PIECE):
        if at_line_start and not document.kept and not piece.strip(_NOTHING):
            continue
        if at_line_start and document.kept and not document.awaits_entry and _is_submission(piece):
            yield bytes(document.kept)
            document = _Document()
        document.add(piece)
        at_line_start = piece.endswith(b"\n")
        if at_line_start and not document.is_open:
            yield bytes(document.kept)
            document = _Document()
    if document.kept:
        yield bytes(document.kept)


def _is_submission(line: bytes) -> bool:
    """Whether a line, from its first column on, is a whole submission by itself."""
    if not (line.startswith(b"{") and line.rstrip().endswith(b"}")):
        return False
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return isinstance(value, dict) and ("schema" in value or "entity" in value)
