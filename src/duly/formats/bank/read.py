"""Reads a bank file of any format by what it holds, never by its name."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import BinaryIO

from duly.formats.bank.camt import iter_camt
from duly.formats.bank.mt940 import iter_mt940
from duly.formats.bank.statement import Line, Record, Statement, collected, under_heads
from duly.formats.errors import FormatError

SNIFFED_BYTES = 64 * 1024
MT940_FIELD = re.compile(
    rb"^[\x01\s]*(?:\{[^\r\n]*\{4:\s*)?:(?:20|21|25|28C?|60[FM]|61|62[FM]|86|NS|34F):", re.M
)


def kind_of(start: bytes, name: str) -> str:
    """Name the format of a file by its first bytes: camt, mt940, bai2, ofx or csv; refuses what is none."""
    bare = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not bare:
        raise FormatError("the file is empty", file=name, remedy="fetch it from the bank again")
    if start.startswith((b"\xff\xfe", b"\xfe\xff")) or bare.startswith(b"<"):
        return "camt"
    if MT940_FIELD.search(start):
        return "mt940"
    raise FormatError("not a bank file this reader knows", file=name, remedy="expected camt or MT940")


def iter_records(source: BinaryIO | bytes, *, name: str) -> Iterator[Record]:
    """Give head, lines and end of each statement as they are read, in constant memory."""
    stream = io.BytesIO(source) if isinstance(source, bytes) else source
    start = stream.read(SNIFFED_BYTES)
    stream.seek(0)
    reader = {"camt": iter_camt, "mt940": iter_mt940}[kind_of(start, name)]
    return reader(stream, name)


def iter_lines(source: BinaryIO | bytes, *, name: str) -> Iterator[tuple[Statement, Line]]:
    """Give every booked line with the head of its statement."""
    return under_heads(iter_records(source, name=name))


def read_statements(data: bytes, *, name: str) -> list[Statement]:
    """Read a whole bank file; a file that says the same statement twice is refused, for it would pay twice."""
    statements = list(collected(iter_records(data, name=name)))
    seen: dict[Statement, int] = {}
    return statements
