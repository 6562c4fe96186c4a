"""Writes tables with typed columns from an iterator of rows, in constant memory: CSV, XLSX, Parquet."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import islice
from typing import Any, BinaryIO, Literal

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

from duly.formats.errors import FormatError
from duly.formats.tabular.guard import cell_text, guarded
from duly.kernel.money import currency_digits, to_major

Kind = Literal["text", "money", "date", "int", "decimal", "datetime", "bool"]
ROWS_A_BATCH = 20_000
MOST_XLSX_ROWS = 1_048_575
LONGEST_CELL = 32_000
EXACT_DIGITS = 15
ARROW: dict[str, pa.DataType] = {
    "text": pa.string(),
    "money": pa.decimal128(23, 4),
    "date": pa.date32(),
    "int": pa.int64(),
    "decimal": pa.decimal128(38, 10),
    "datetime": pa.timestamp("us", tz="UTC"),
    "bool": pa.bool_(),
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column. Money comes as minor units; `currency_field` names the column that holds its currency."""

    name: str
    kind: Kind = "text"
    currency_field: str | None = None


def write_table(rows: Iterable[Sequence[object]], columns: Sequence[Column], out: BinaryIO, *, ending: str) -> int:
    """Write the rows in the format of a name's ending (csv, xlsx, parquet); return how many there were."""
    writers: dict[str, Callable[[Iterable[Sequence[object]], Sequence[Column], BinaryIO], int]] = {
        "csv": write_csv,
        "xlsx": write_xlsx,
        "parquet": write_parquet,
    }
    writer = writers.get(ending.lower().lstrip("."))
    if writer is None:
        raise FormatError(f"cannot write {ending!r}", file=ending, remedy="use a name ending in csv, xlsx or parquet")
    return writer(rows, columns, out)


def currency_positions(columns: Sequence[Column]) -> list[int | None]:
    """Return, per column, where in the row its currency stands; a money column without one is a bug."""
    names = [column.name for column in columns]
    return [names.index(column.currency_field or "") if column.kind == "money" else None for column in columns]


def majors(row: Sequence[object], columns: Sequence[Column], currencies: Sequence[int | None]) -> Iterator[object]:
    """Give the values of a row with money as exact Decimals in major units."""
    for value, column, at in zip(row, columns, currencies, strict=True):
        if value is None or at is None:
            yield value
        elif type(value) is not int:
            raise TypeError(f"{column.name} must be minor units, not {value!r}")
        else:
            yield to_major(value, str(row[at]))


def write_csv(rows: Iterable[Sequence[object]], columns: Sequence[Column], out: BinaryIO, *, bom: bool = False) -> int:
    """Write UTF-8 CSV with commas, a decimal point and ISO dates; `bom` helps spreadsheets that guess."""
    text = io.TextIOWrapper(out, encoding="utf-8-sig" if bom else "utf-8", newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([cell_text(column.name) for column in columns])
    currencies = currency_positions(columns)
    count = 0
    for row in rows:
        writer.writerow([csv_cell(value) for value in majors(row, columns, currencies)])
        count += 1
    text.flush()
    text.detach()
    return count


def csv_cell(value: object) -> str:
    """Return one value as CSV text; only text is guarded, so numbers stay numbers."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return value.isoformat()
    return cell_text(value) if isinstance(value, str) else str(value)


def write_xlsx(
    rows: Iterable[Sequence[object]],
    columns: Sequence[Column],
    out: BinaryIO,
    *,
    made_at: datetime | None = None,
) -> int:
    """Write one sheet with typed cells: money with its currency's digits, text never as formula."""
    book = xlsxwriter.Workbook(
        out,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "remove_timezone": True,
        },
    )
    # A fixed moment unless told otherwise: the same rows give the same file, and no codec reads the clock.
    book.set_properties({"created": made_at or datetime(2000, 1, 1, tzinfo=UTC)})
    sheet = book.add_worksheet()
    formats = Formats(book)
    sheet.freeze_panes(1, 0)
    for at, column in enumerate(columns):
        sheet.set_column(at, at, 28 if column.kind == "text" else 16)
    for at, column in enumerate(columns):
        sheet.write_string(0, at, guarded(column.name), formats.named("bold"))
    currencies = currency_positions(columns)
    count = 0
    for count, row in enumerate(rows, 1):
        if count > MOST_XLSX_ROWS:
            raise FormatError("a sheet holds 1,048,575 rows", file="xlsx", remedy="export as CSV or Parquet")
        for at, value in enumerate(majors(row, columns, currencies)):
            currency_at = currencies[at]
            digits = None if currency_at is None else currency_digits(str(row[currency_at]))
            write_cell(sheet, formats, (count, at), value, digits)
    if columns:
        sheet.autofilter(0, 0, max(count, 1), len(columns) - 1)
    book.close()
    return count


class Formats:
    """The cell formats of a workbook, each made once."""

    PATTERNS = {"date": "yyyy-mm-dd", "datetime": "yyyy-mm-dd hh:mm:ss", "int": "0", "decimal": "General"}

    def __init__(self, book: Any) -> None:
        self.book = book
        self.made: dict[str, Any] = {}

    def named(self, name: str) -> Any:
        if name not in self.made:
            properties = {"bold": True} if name == "bold" else {"num_format": self.pattern(name)}
            self.made[name] = self.book.add_format(properties)
        return self.made[name]

    def pattern(self, name: str) -> str:
        if name.startswith("money"):
            digits = int(name[5:])
            return "#,##0" + ("." + "0" * digits if digits else "")
        return self.PATTERNS[name]


def write_cell(sheet: Any, formats: Formats, at: tuple[int, int], value: object, digits: int | None) -> None:
    """Write one typed cell; a number longer than a spreadsheet keeps becomes text."""
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(*at, value)
    elif isinstance(value, int | Decimal):
        number = Decimal(value)
        if len(number.as_tuple().digits) > EXACT_DIGITS:
            sheet.write_string(*at, format(number, "f"))
        else:
            kind = f"money{digits}" if digits is not None else "int" if isinstance(value, int) else "decimal"
            sheet.write_number(*at, float(number), formats.named(kind))
    elif isinstance(value, datetime):
        sheet.write_datetime(*at, value, formats.named("datetime"))
    elif isinstance(value, date):
        sheet.write_datetime(*at, datetime(value.year, value.month, value.day), formats.named("date"))  # noqa: DTZ001
    else:
        sheet.write_string(*at, guarded(str(value))[:LONGEST_CELL])


def write_parquet(rows: Iterable[Sequence[object]], columns: Sequence[Column], out: BinaryIO) -> int:
    """Write Parquet: money as decimal in major units (four digits hold every currency), text unguarded."""
    schema = pa.schema([pa.field(column.name, ARROW[column.kind]) for column in columns])
    currencies = currency_positions(columns)
    count = 0
    source = iter(rows)
    with pq.ParquetWriter(out, schema) as writer:
        while batch := list(islice(source, ROWS_A_BATCH)):
            exact = [list(majors(row, columns, currencies)) for row in batch]
            arrays = [pa.array([row[at] for row in exact], type=field.type) for at, field in enumerate(schema)]
            writer.write_batch(pa.record_batch(arrays, schema=schema))
            count += len(batch)
    return count
