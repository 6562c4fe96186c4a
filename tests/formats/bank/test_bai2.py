"""BAI2: signs come from type codes, and the bank's control totals are checked."""

from __future__ import annotations

from datetime import date

import pytest

from duly.formats.bank.read import read_statements
from duly.formats.bank.statement import check_chain
from duly.formats.errors import FormatError
from tests.formats.samples import SHARED, needs_shared_data

# 1000.00 + 119.00 - 19.00 = 1100.00; control 100000 + 110000 + 11900 + 1900 = 223800
BAI2 = b"""01,BANK,US,260331,2200,1,,,2/
02,US,BANK,1,260331,2359,USD,2/
03,123456,,010,100000,,,015/
88,110000,,/
16,195,11900,V,260401,,B1,E1,INVOICE 4711, SECOND PART/
88,AND MORE/
16,557,1900,,B2,,RETURNED ITEM/
49,+223800,6/
98,+223800,1,8/
99,+223800,1,10/
"""


def test_statement_proves_itself_by_its_balances():
    [statement] = read_statements(BAI2.replace(b"16,557", b"16,495"), name="bank.bai")

    assert [line.amount_minor for line in statement.lines] == [119_00, -19_00]
    assert (statement.opening_minor, statement.closing_minor) == (1000_00, 1100_00)
    assert check_chain(statement) == 0
    assert statement.remarks == ()


def test_line_has_text_over_continuations_references_and_value_day():
    [line, back] = read_statements(BAI2, name="bank.bai")[0].lines

    assert line.text == "INVOICE 4711, SECOND PART AND MORE"
    assert (line.bank_reference, line.end_to_end_id, line.value_on) == ("B1", "E1", date(2026, 4, 1))
    assert (back.bank_reference, back.is_return) == ("B2", True)


def test_control_total_that_does_not_fit_is_remarked():
    [statement] = read_statements(BAI2.replace(b"16,195,11900", b"16,195,11901"), name="bank.bai")

    assert len(statement.remarks) == 1


def test_currency_decides_where_the_point_stands():
    data = BAI2.replace(b"2359,USD", b"2359,JPY")

    [statement] = read_statements(data, name="bank.bai")

    assert (statement.currency, statement.opening_minor) == ("JPY", 100000)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(BAI2[: BAI2.index(b"99,")], id="cut off at the end"),
        pytest.param(BAI2[: BAI2.index(b"49,")], id="cut off in an account"),
        pytest.param(BAI2.replace(b"03,123456,,010", b"03,,,010"), id="no account"),
        pytest.param(BAI2.replace(b"16,195", b"16,777"), id="a code that is neither credit nor debit"),
        pytest.param(BAI2.replace(b",11900,", b",119.00,"), id="a decimal point"),
        pytest.param(BAI2.replace(b"US,BANK,1", b"US,BANK,4"), id="a test transmission"),
        pytest.param(BAI2.replace(b"16,195", b"17,195"), id="an unknown record"),
        pytest.param(BAI2.replace(b"11900,V", b"11900,Q"), id="an unknown funds type"),
        pytest.param(BAI2.replace(b"1,260331,2359", b"1,260231,2359"), id="a day that is none"),
    ],
)
def test_damaged_file_is_refused(data):
    with pytest.raises(FormatError):
        read_statements(data, name="bank.bai")


@needs_shared_data
@pytest.mark.parametrize(
    ("file", "lines"),
    [
        ("moov-io__bai2/test__testdata__sample1.txt", 17),
        ("moov-io__bai2/test__testdata__sample2.txt", 4),
        ("moov-io__bai2/test__testdata__sample4-continuations-newline-delimited.txt", 17),
        ("pypi__bai2/tests__data__account_trailer_amount_blank_example.bai2", 0),
        ("pypi__bai2/tests__data__citi_example.bai2", 1),
        ("pypi__bai2/tests__data__nwb_example.bai2", 5),
        ("pypi__bai2/tests__data__svb_us_example.bai2", 2),
        ("moov-io__bai2/test__testdata__sample3.txt", None),
        ("moov-io__bai2/test__testdata__sample5-issue113.txt", None),
        ("moov-io__bai2/test__testdata__errors__sample-parseError.txt", None),
    ],
)
def test_sample_has_the_transactions_it_states_or_is_refused(file, lines):
    data = (SHARED / "bank" / file).read_bytes()
    if lines is None:
        with pytest.raises(FormatError):
            read_statements(data, name=file)
        return

    statements = read_statements(data, name=file)

    assert sum(len(each.lines) for each in statements) == lines
