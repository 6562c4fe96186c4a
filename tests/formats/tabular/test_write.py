"""Typed tables leave exactly, and no cell runs as a formula."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duly.formats.errors import FormatError
from duly.formats.tabular.read import read_rows
from duly.formats.tabular.write import Column, write_table, write_xlsx

COLUMNS = [
    Column("number"),
    Column("amount", "money", "currency"),
    Column("currency"),
    Column("issued_on", "date"),
    Column("lines", "int"),
    Column("rate", "decimal"),
    Column("made_at", "datetime"),
    Column("paid", "bool"),
]
ROWS = [
    (
        "RE-1",
        1234_56,
        "EUR",
        date(2026, 3, 31),
        2,
        Decimal("0.19"),
        datetime(2026, 3, 31, 12, 0, tzinfo=UTC),
        True,
    ),
    ("RE-2", -1500, "JPY", None, 0, None, None, False),
    ("=1+1", 1, "KWD", date(2026, 1, 1), -3, Decimal("-1.5"), None, None),
]


def written(ending: str, rows=ROWS, columns=COLUMNS) -> bytes:
    out = io.BytesIO()
    assert write_table(rows, columns, out, ending=ending) == len(rows)
    return out.getvalue()


def test_csv_has_exact_amounts_in_each_currencys_digits():
    read = list(csv.DictReader(io.StringIO(written("csv").decode())))

    assert [row["amount"] for row in read] == ["1234.56", "-1500", "0.001"]
    assert [row["issued_on"] for row in read] == ["2026-03-31", "", "2026-01-01"]
    assert read[2]["number"] == "'=1+1"


def test_xlsx_has_numbers_dates_and_truth_as_such():
    rows = list(read_rows(written("xlsx"), name="t.xlsx"))

    assert rows[1].cells == (
        "RE-1",
        "1234.56",
        "EUR",
        "2026-03-31",
        "2",
        "0.19",
        "2026-03-31T12:00:00",
        "true",
    )
    assert rows[2].cells[:2] == ("RE-2", "-1500")
    sheet = zipfile.ZipFile(io.BytesIO(written("xlsx"))).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet


def test_same_rows_give_the_same_workbook():
    assert written("xlsx") == written("xlsx")


def test_amount_longer_than_a_spreadsheet_keeps_stays_exact_as_text():
    rows = [(10**17 + 1, "EUR")]

    data = written("xlsx", rows, [Column("amount", "money", "currency"), Column("currency")])

    assert list(read_rows(data, name="t.xlsx"))[1].cells[0] == "1000000000000000.01"


def test_parquet_has_typed_columns_and_exact_amounts():
    table = pq.read_table(io.BytesIO(written("parquet")))

    assert table.column("amount").to_pylist() == [
        Decimal("1234.5600"),
        Decimal("-1500.0000"),
        Decimal("0.0010"),
    ]
    assert table.column("issued_on").to_pylist() == [date(2026, 3, 31), None, date(2026, 1, 1)]
    assert table.column("number").to_pylist()[2] == "=1+1"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", " =", "\n="])
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_text_never_becomes_a_formula_and_comes_back_as_it_was(start, ending):
    data = written(ending, [(start + "cmd|' /C calc'!A0",)], [Column("text")])

    if ending == "csv":
        assert list(csv.reader(io.StringIO(data.decode(), newline="")))[1][0].startswith("'")
    [_, row] = read_rows(data, name=f"t.{ending}")
    assert row.cells[0].strip() == (start + "cmd|' /C calc'!A0").strip()


def test_unknown_ending_is_refused():
    with pytest.raises(FormatError):
        write_table([], COLUMNS, io.BytesIO(), ending="pdf")


def test_money_that_is_no_whole_number_is_a_bug():
    with pytest.raises(TypeError):
        written("csv", [(1.5, "EUR")], [Column("amount", "money", "currency"), Column("currency")])


@given(
    st.lists(
        st.tuples(
            st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20),
            st.integers(-(10**14), 10**14),
        ),
        max_size=5,
    )
)
@settings(max_examples=40, deadline=None)
def test_what_is_written_as_csv_is_read_back(rows):
    columns = [Column("text"), Column("amount", "money", "currency"), Column("currency")]

    read = list(read_rows(written("csv", [(text, minor, "EUR") for text, minor in rows], columns), name="t.csv"))

    assert [row.cells[1] for row in read[1:]] == [f"{Decimal(minor).scaleb(-2):f}" for _, minor in rows]


def test_workbook_says_when_it_was_made_if_told():
    out = io.BytesIO()

    write_xlsx([], [Column("a")], out, made_at=datetime(2026, 3, 31, tzinfo=UTC))

    assert b"2026-03-31" in zipfile.ZipFile(out).read("docProps/core.xml")
