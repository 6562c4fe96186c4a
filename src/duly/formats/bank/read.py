"""Reads a bank file of any format by what it holds, never by its name."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO, TypeVar

from duly.formats.bank.bai2 import iter_bai2
from duly.formats.bank.camt import iter_camt
from duly.formats.bank.csv_guess import guess_csv_mapping
from duly.formats.bank.csv_mapping import CsvMapping, iter_csv
from duly.formats.bank.mt940 import iter_mt940
from duly.formats.bank.ofx import iter_ofx
from duly.formats.bank.statement import Detail, Line, Record, Statement, collected, under_heads
from duly.formats.errors import FormatError
from duly.formats.reference import find_references

SNIFFED_BYTES = 64 * 1024
GUESSED_BYTES = 4 * 1024 * 1024
MT940_FIELD = re.compile(rb"^[\x01\s]*(?:\{[^\r\n]*\{4:\s*)?:(?:20|21|25|28C?|60[FM]|61|62[FM]|86|NS|34F):", re.M)
BAI2_START = re.compile(rb"\A\s*01,[^\r\n]*[\r\n]+\s*(?:02|88),")
READERS = {"camt": iter_camt, "mt940": iter_mt940, "bai2": iter_bai2, "ofx": iter_ofx}
T = TypeVar("T", Line, Detail)


def kind_of(start: bytes, name: str) -> str:
    """Name the format of a file by its first bytes: camt, mt940, bai2, ofx or csv; refuses what is none."""
    bare = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not bare:
        raise FormatError("the file is empty", file=name, remedy="fetch it from the bank again")
    if bare.startswith((b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0", b"\x1f\x8b")):
        raise FormatError("an archive, workbook or PDF", file=name, remedy="unpack it, or export camt, MT940 or CSV")
    if b"<OFX>" in start.upper() or bare.startswith(b"OFXHEADER"):
        return "ofx"
    if bare.startswith((b"<", b"\xff\xfe<", b"\xfe\xff\0<")):
        return "camt"
    if BAI2_START.match(bare):
        return "bai2"
    return "mt940" if MT940_FIELD.search(start) else "csv"


def iter_records(source: BinaryIO | bytes, *, name: str, csv_mapping: CsvMapping | None = None) -> Iterator[Record]:
    """Give head, lines and end of each statement as they are read, in constant memory.

    Raises FormatError with file, line and remedy for whatever cannot be read without guessing, at the latest
    before the end of the statement: what was given before then must not be kept.
    """
    stream = io.BytesIO(source) if isinstance(source, bytes) else source
    start = stream.read(SNIFFED_BYTES)
    stream.seek(0)
    kind = kind_of(start, name)
    if kind == "csv":
        return map(referenced, iter_csv(stream, name, csv_mapping or only_mapping(stream, name)))
    return map(referenced, READERS[kind](stream, name))


def only_mapping(stream: BinaryIO, name: str) -> CsvMapping:
    """Return the one mapping that fits a CSV file; where none or several do, a person must choose."""
    sample = stream.read(GUESSED_BYTES)
    stream.seek(0)
    if len(sample) == GUESSED_BYTES:
        sample = sample[: sample.rfind(b"\n") + 1]
    guesses = guess_csv_mapping(sample, name=name)
    if not guesses:
        raise FormatError(
            "neither camt, MT940, BAI2 nor OFX, and no CSV with a header of dates and amounts",
            file=name,
            remedy="fetch camt.053 or MT940 from the bank, or give a CSV mapping",
        )
    if len(guesses) > 1:
        written = " or ".join(
            f"dates as {guess.mapping.date_format} with {guess.mapping.decimal_mark!r} as decimal mark"
            for guess in guesses
        )
        raise FormatError(f"the file can be read in {len(guesses)} ways: {written}", file=name, remedy="choose one")
    return guesses[0].mapping


def referenced(record: Record) -> Record:
    """Fill structured references from the text of a line and of its payments."""
    if not isinstance(record, Line):
        return record
    if record.details:
        record = replace(record, details=tuple(with_reference(detail) for detail in record.details))
    return with_reference(record)


def with_reference(paid: T) -> T:
    """Return it with the reference its text holds, if it has none of its own and the text exactly one that proves."""
    if paid.structured_reference or not paid.text:
        return paid
    values = {found.value for found in find_references(paid.text)}
    return replace(paid, structured_reference=values.pop()) if len(values) == 1 else paid


def iter_lines(
    source: BinaryIO | bytes, *, name: str, csv_mapping: CsvMapping | None = None
) -> Iterator[tuple[Statement, Line]]:
    """Give every booked line with the head of its statement."""
    return under_heads(iter_records(source, name=name, csv_mapping=csv_mapping))


def read_statements(data: bytes, *, name: str, csv_mapping: CsvMapping | None = None) -> list[Statement]:
    """Read a whole bank file; the same statement twice in it is refused: it would count twice."""
    statements = list(collected(iter_records(data, name=name, csv_mapping=csv_mapping)))
    first_lines: dict[Statement, int] = {}
    for statement in statements:
        bare = replace(statement, file_line=0, lines=tuple(replace(line, file_line=0) for line in statement.lines))
        if statement.lines and bare in first_lines:
            raise FormatError(
                f"the same statement stands here and in line {first_lines[bare]}",
                file=name,
                line=statement.file_line,
                remedy="the file was put together twice; fetch it from the bank again",
            )
        first_lines[bare] = statement.file_line
    return statements
