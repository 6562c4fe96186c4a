"""Tables of any origin arrive as numbered rows of plain text; what is no table is refused."""

from __future__ import annotations

import io
import random
import zipfile

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from duly.formats.errors import FormatError
from duly.formats.tabular.guard import guarded, unguarded
from duly.formats.tabular.read import detect_dialect, read_rows


def workbook(rows: list[list[object]]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            if hasattr(value, "year"):
                sheet.write_datetime(at, column, value, day)
            else:
                sheet.write(at, column, value)
    book.close()
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_csv_is_read_in_its_own_encoding_and_delimiter(encoding, delimiter):
    text = f"name{delimiter}amount\r\nMüller & Söhne{delimiter}12.50\r\n"

    rows = list(read_rows(text.encode(encoding), name="t.csv"))

    assert [row.cells for row in rows] == [("name", "amount"), ("Müller & Söhne", "12.50")]


def test_rows_carry_the_line_they_begin_in_and_blank_ones_are_left_out():
    data = b'a,b\n\n"two\nlines",1\n,\nlast,2\n'

    assert [(row.line, row.cells[0]) for row in read_rows(data, name="t.csv")] == [
        (1, "a"),
        (3, "two\nlines"),
        (6, "last"),
    ]


def test_hint_of_a_spreadsheet_names_the_delimiter():
    assert [row.cells for row in read_rows(b"sep=;\na;b,c\n", name="t.csv")] == [("a", "b,c")]


def test_workbook_gives_numbers_with_a_point_dates_in_iso_and_its_own_row_numbers():
    from datetime import datetime

    data = workbook([["n", "d", "b"], [], [19.99, datetime(2026, 3, 31), True], [1e21, 0.1, -5]])  # noqa: DTZ001

    rows = list(read_rows(data, name="t.xlsx"))

    assert [(row.line, row.cells) for row in rows] == [
        (1, ("n", "d", "b")),
        (3, ("19.99", "2026-03-31", "true")),
        (4, ("1000000000000000000000", "0.1", "-5")),
    ]
    assert rows[0].typed


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for _ in range(600):
                part.write(b"0" * 1_000_000)
    return out.getvalue()


def lying(data: bytes) -> bytes:
    """State a smaller size of a part in the directory than it unpacks to."""
    at = data.index(b"PK\x01\x02")
    return data[: at + 24] + (1).to_bytes(4, "little") + data[at + 28 :]


SHEET = workbook([["a", 1]])


def sparse() -> bytes:
    """A workbook of two cells, one of them in the last row and column there is."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write(0, 0, "a")
    sheet.write(1_048_575, 16_383, "b")
    book.close()
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"a,b\n1,\x002\n", id="a NUL"),
        pytest.param(b"a,b\n" + b"x" * 1_200_000, id="an endless line"),
        pytest.param(b'a,b\n"x,1\n2,3\n', id="an open quote"),
        pytest.param(b'a,b\n"x"y,1\n', id="text behind a quote"),
        pytest.param("a,b\n1,2".encode("utf-16-le"), id="UTF-16 without a mark"),
        pytest.param(b"\xd0\xcf\x11\xe0" + b"x" * 600, id="an old workbook"),
        pytest.param(SHEET[:-200], id="a workbook cut off"),
        pytest.param(SHEET[:300] + b"\xff" * 40 + SHEET[340:], id="a damaged workbook"),
        pytest.param(lying(SHEET), id="a workbook that lies about its size"),
        pytest.param(bomb(), id="a bomb"),
        pytest.param(sparse(), id="two cells at the far ends of a sheet"),
    ],
)
def test_what_is_no_table_is_refused(data):
    with pytest.raises(FormatError) as refused:
        list(read_rows(data, name="t.csv"))

    assert refused.value.file == "t.csv"


def test_damaged_workbook_is_refused_or_read():
    draw = random.Random(20260331)
    data = workbook([["name", "amount"], ["a", 1.5], ["b", 2]])

    for _ in range(400):
        at = draw.randrange(len(data))
        damaged = data[:at] + draw.randbytes(1) + data[at + 1 :]
        try:
            rows = list(read_rows(damaged, name="t.xlsx"))
        except FormatError:
            continue
        assert all(len(row.cells) <= 3 for row in rows)


def test_zip_of_something_else_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("readme.txt", "hello")

    with pytest.raises(FormatError, match="a zip file"):
        list(read_rows(out.getvalue(), name="t.zip"))


def test_detection_leaves_the_stream_at_its_beginning():
    stream = io.BytesIO("ä;b\n".encode("cp1252"))

    assert detect_dialect(stream, "t.csv").encoding == "cp1252"
    assert stream.tell() == 0


@given(st.text(max_size=30))
def test_guard_is_undone_on_the_way_in(text):
    text = text.replace("\0", "")

    assert unguarded(guarded(text)) == text or text.startswith("'")
