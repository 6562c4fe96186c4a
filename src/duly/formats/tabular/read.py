"""Reads CSV and XLSX as a stream of numbered rows of text; typed cells arrive in one plain form."""

from __future__ import annotations

import codecs
import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import IO, BinaryIO

from python_calamine import CalamineError, CalamineWorkbook

from duly.formats.errors import FormatError
from duly.formats.tabular.guard import unguarded

LONGEST_LINE = 1_000_000
LARGEST_UNPACKED = 300_000_000
MOST_PARTS = 2_000
MOST_EMPTY_CELLS = 5_000_000
CELL = re.compile(rb"""\sr\s*=\s*["']([A-Z]{1,3})?([0-9]{1,7})["']""")
DELIMITERS = (",", ";", "\t", "|")
CHUNK = 1 << 20
# What the standard library raises for an archive that is cut off, changed or encrypted.
DAMAGES = (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError, ValueError)


@dataclass(frozen=True, slots=True)
class Row:
    """One row that is not blank. `line` counts from 1 as an editor or a spreadsheet shows it.

    `typed` rows come from a spreadsheet: numbers have a decimal point and dates are ISO, always.
    """

    line: int
    cells: tuple[str, ...]
    typed: bool = False


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a CSV file is written."""

    encoding: str
    delimiter: str


def read_rows(source: BinaryIO | bytes, *, name: str, dialect: Dialect | None = None) -> Iterator[Row]:
    """Give the rows of a CSV or XLSX file, told apart by content; CSV takes constant memory.

    Raises FormatError with file and line for what is neither, too large, cut off or wrongly quoted.
    """
    stream = io.BytesIO(source) if isinstance(source, bytes) else source
    start = stream.read(8)
    stream.seek(0)
    if not start:
        raise FormatError("the file is empty", file=name, remedy="export it again")
    if start.startswith(b"PK\x03\x04"):
        return read_xlsx(stream, name)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise FormatError("an old .xls or an encrypted workbook", file=name, remedy="save it as .xlsx or CSV")
    return read_csv(stream, name, dialect or detect_dialect(stream, name))


def detect_dialect(stream: BinaryIO, name: str) -> Dialect:
    """Find out encoding and delimiter; leaves the stream at its beginning."""
    encoding = detect_encoding(stream, name)
    sample = stream.read(64 * 1024)
    stream.seek(0)
    text = codecs.getincrementaldecoder(encoding)("ignore").decode(sample)
    lines = text.splitlines()
    if lines and lines[0].lower().startswith("sep=") and len(lines[0]) == 5:
        return Dialect(encoding, lines[0][4])
    if len(sample) == 64 * 1024:
        lines = lines[:-1] or lines
    sampled = [line for line in lines[:200] if line.strip()]
    best = max(DELIMITERS, key=lambda mark: evenness(sampled, mark))
    # A mark that splits only a few rows stands in the text of a table with one column.
    return Dialect(encoding, best if 2 * evenness(sampled, best)[0] > len(sampled) else ",")


def evenness(lines: list[str], delimiter: str) -> tuple[int, int]:
    """Return how many rows share the commonest number of columns (of two or more), and that number."""
    try:
        widths = [len(row) for row in csv.reader(lines, delimiter=delimiter) if row]
    except csv.Error:
        return (0, 0)
    wide = [width for width in widths if width > 1]
    if not wide:
        return (0, 0)
    commonest = max(set(wide), key=lambda width: (wide.count(width), width))
    return (wide.count(commonest), commonest)


def detect_encoding(stream: BinaryIO, name: str) -> str:
    """Return the encoding by byte-order mark, else UTF-8 if all of the file is, else Windows Western."""
    start = stream.read(4)
    stream.seek(0)
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    decoder = codecs.getincrementaldecoder("utf-8")()
    is_utf8, lines = True, 1
    while chunk := stream.read(CHUNK):
        if b"\0" in chunk:
            line = lines + chunk[: chunk.index(b"\0")].count(b"\n")
            raise FormatError("binary data (a NUL byte)", file=name, line=line, remedy="save the file as CSV in UTF-8")
        lines += chunk.count(b"\n")
        try:
            is_utf8 and decoder.decode(chunk)
        except UnicodeDecodeError:
            is_utf8 = False
    try:
        is_utf8 and decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        is_utf8 = False
    stream.seek(0)
    return "utf-8-sig" if is_utf8 else "cp1252"


def text_lines(stream: BinaryIO, name: str, encoding: str) -> Iterator[str]:
    """Give the lines with their ends; a line beyond the limit is refused before it fills the memory."""
    errors = "replace" if encoding == "cp1252" else "strict"
    text = io.TextIOWrapper(stream, encoding=encoding, errors=errors, newline="")
    number = 0
    try:
        while line := text.readline(LONGEST_LINE + 1):
            number += 1
            if len(line) > LONGEST_LINE:
                raise FormatError(
                    f"a line longer than {LONGEST_LINE} characters",
                    file=name,
                    line=number,
                    remedy="not a CSV file",
                )
            if "\0" in line:
                raise FormatError("a NUL character", file=name, line=number, remedy="save the file as CSV in UTF-8")
            yield line
    except UnicodeError as error:
        raise FormatError(f"not {encoding} text", file=name, line=number + 1, remedy="save as UTF-8") from error
    finally:
        text.detach()


def read_csv(stream: BinaryIO, name: str, dialect: Dialect) -> Iterator[Row]:
    """Give the rows of a CSV file, blank ones and a spreadsheet's `sep=` line left out."""
    lines = text_lines(stream, name, dialect.encoding)
    reader = csv.reader(lines, delimiter=dialect.delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            is_hint = line == 1 and len(cells) <= 2 and cells and cells[0].lower().startswith("sep=")
            if any(cell.strip() for cell in cells) and not is_hint:
                yield Row(line, tuple(unguarded(cell.strip()) for cell in cells))
            line = reader.line_num + 1
    except csv.Error as error:
        raise FormatError(
            f"the row that begins here is not CSV: {error}", file=name, line=line, remedy="check its quotes"
        ) from error


def read_xlsx(stream: BinaryIO, name: str) -> Iterator[Row]:
    """Give the rows of the first sheet that has any."""
    refuse_bomb(stream, name)
    try:
        workbook = CalamineWorkbook.from_filelike(stream)
        for sheet_name in workbook.sheet_names:
            sheet = workbook.get_sheet_by_name(sheet_name)
            if not sheet.height:
                continue
            for line, cells in enumerate(sheet.iter_rows(), 1):
                texts = tuple(plain(cell) for cell in cells)
                if any(texts):
                    yield Row(line, texts, typed=True)
            return
    except (CalamineError, ValueError, OverflowError) as error:
        raise FormatError(f"the workbook cannot be read: {error}", file=name, remedy="save it as CSV") from error


def refuse_bomb(stream: BinaryIO, name: str) -> None:
    """Refuse a workbook that is damaged, encrypted, or unpacks to far more than a spreadsheet holds."""
    try:
        with zipfile.ZipFile(stream) as archive:
            parts = archive.infolist()
            stated = sum(part.file_size for part in parts)
            if len(parts) > MOST_PARTS or stated > LARGEST_UNPACKED:
                raise FormatError(f"the workbook unpacks to {stated} bytes", file=name, remedy="split it or use CSV")
            if any(part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for part in parts):
                raise FormatError("packed in another way than a workbook", file=name, remedy="save it again")
            if not any(part.filename == "xl/workbook.xml" for part in parts):
                raise FormatError("a zip file, not an .xlsx workbook", file=name, remedy="save as .xlsx or CSV")
            # Stated sizes may lie: unpack each part once and let its checksum speak.
            for part in parts:
                with archive.open(part) as content:
                    refuse_sparse(content, name)
    except DAMAGES as error:
        raise FormatError(f"the workbook is damaged: {error}", file=name, remedy="save it again") from error
    finally:
        stream.seek(0)


def refuse_sparse(content: IO[bytes], name: str) -> None:
    """Refuse a sheet with a few cells far apart: the reader would lay out every cell between them."""
    rows, columns, cells, before = 0, 0, 0, b""
    while chunk := content.read(CHUNK):
        for match in CELL.finditer(before + chunk):
            cells += 1
            rows = max(rows, int(match[2]))
            letters = match[1] or b"A"
            columns = max(columns, sum((byte - 64) * 26**at for at, byte in enumerate(reversed(letters))))
        before = chunk[-32:]
    if rows * columns > MOST_EMPTY_CELLS + 50 * cells:
        raise FormatError(
            f"a sheet of {rows} rows and {columns} columns that is nearly empty",
            file=name,
            remedy="delete the stray cells at its far end, or save it as CSV",
        )


def plain(cell: object) -> str:
    """Return a spreadsheet's cell as text: numbers with a point and no exponent, ISO dates, true or false."""
    if isinstance(cell, str):
        return unguarded(cell.strip())
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        # The shortest text that gives the same double is what the user typed, up to 15 digits.
        number = Decimal(repr(cell))
        return format(number.to_integral_value() if number == number.to_integral_value() else number, "f")
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell)
    return str(cell)
