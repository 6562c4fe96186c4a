"""Bank CSV is read by a mapping; a mapping is guessed, and where two readings fit a person chooses."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duly.formats.bank.csv_guess import guess_csv_mapping
from duly.formats.bank.csv_mapping import CsvMapping, signed_number
from duly.formats.bank.read import read_statements
from duly.formats.bank.statement import check_chain
from duly.formats.errors import FormatError, Place
from duly.kernel.money import format_minor

GERMAN = """"Konto";"DE89370400440532013000"

"Buchungstag";"Valutadatum";"Auftraggeber";"Kontonummer/IBAN";"Verwendungszweck";"Betrag (€)";"Saldo"
"13.02.2026";"14.02.2026";"Müller AG";"DE02120300000000202051";"RE 4711";"1.234,50";"2.234,50"
"14.02.2026";"14.02.2026";"Strom";"";"Abschlag";"-34,50";"2.200,00"
""".encode("cp1252")
AMERICAN = b"""Date,Description,Debit,Credit,Balance
02/03/2026,Rent,"1,200.00",,800.00
01/03/2026,Pay,,500.00,2000.00
"""
AT = Place("bank.csv", 1)


def test_german_export_is_recognised_whole():
    [guess] = guess_csv_mapping(GERMAN)

    [statement] = read_statements(GERMAN, name="bank.csv", csv_mapping=guess.mapping)

    assert [line.amount_minor for line in statement.lines] == [1234_50, -34_50]
    assert [line.file_line for line in statement.lines] == [4, 5]
    assert (statement.lines[0].payer_name, statement.lines[0].payer_iban) == (
        "Müller AG",
        "DE02120300000000202051",
    )
    assert check_chain(statement) == 0  # 1,000.00 + 1,234.50 - 34.50 = 2,200.00


def test_only_mapping_that_fits_is_used_without_asking():
    [statement] = read_statements(GERMAN, name="bank.csv")

    assert statement.currency == "EUR"


def test_two_readings_that_give_other_days_force_a_choice():
    guesses = guess_csv_mapping(AMERICAN)

    assert {guess.mapping.date_format for guess in guesses} == {"%d/%m/%Y", "%m/%d/%Y"}
    assert {guess.confidence for guess in guesses} == {0.5}
    with pytest.raises(FormatError, match="2 ways"):
        read_statements(AMERICAN, name="bank.csv")


def test_debit_and_credit_columns_and_newest_first_still_prove_themselves():
    [guess, _] = guess_csv_mapping(AMERICAN)
    mapping = replace(guess.mapping, currency="USD", account="1234")

    [statement] = read_statements(AMERICAN, name="bank.csv", csv_mapping=mapping)

    assert [line.amount_minor for line in statement.lines] == [-1200_00, 500_00]
    assert (statement.opening_minor, statement.closing_minor) == (1500_00, 800_00)
    assert check_chain(statement) == 0


def test_balance_column_that_does_not_follow_is_remarked():
    [statement] = read_statements(GERMAN.replace(b"2.200,00", b"2.201,00"), name="bank.csv")

    assert statement.remarks
    assert statement.closing_minor is None


def test_direction_column_gives_the_sign():
    data = b"Datum;Bedrag;Af Bij;Munt\n20260213;12,50;Af;EUR\n20260214;7,00;Bij;EUR\n"

    [statement] = read_statements(data, name="bank.csv")

    assert [line.amount_minor for line in statement.lines] == [-12_50, 7_00]


def test_two_accounts_in_a_file_are_two_statements():
    data = b"account,date,amount,ccy\nA1,2026-02-03,1.00,EUR\nA1,2026-02-03,2.00,EUR\nB2,2026-02-03,3.00,USD\n"

    statements = read_statements(data, name="bank.csv")

    assert [(each.account_other, each.currency, len(each.lines)) for each in statements] == [
        ("A1", "EUR", 2),
        ("B2", "USD", 1),
    ]


def test_mapping_is_remembered_as_plain_json():
    [guess] = guess_csv_mapping(GERMAN)

    again = CsvMapping.from_dict(json.loads(json.dumps(guess.mapping.as_dict())))

    assert again == guess.mapping


POINT = CsvMapping(columns={"booked_on": ("date",), "amount": ("amount",)}, currency="EUR")


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("1,234.50", 1234_50),
        ("-12.5", -12_50),
        ("12.50-", -12_50),
        ("(12.50)", -12_50),
        ("− 12.50", -12_50),
        ("EUR 12.50", 12_50),
        ("12.50 €", 12_50),
        ("1234567.89", 1234567_89),
    ],
)
def test_amount_is_read_however_its_sign_is_printed(text, minor):
    assert signed_number(text, POINT, "EUR", AT) == minor


@pytest.mark.parametrize(
    "text",
    [
        "1.234,50",
        "12,50",
        "1 234.50",
        "12.505",
        "--1.00",
        "(1.00",
        "1.00 USD",
        "",
        "NaN",
        "1e5",
        "12,34.00",
        "-",
    ],
)
def test_amount_that_the_mapping_does_not_explain_is_refused(text):
    with pytest.raises(FormatError):
        signed_number(text, POINT, "EUR", AT)


@pytest.mark.parametrize(("mark", "group"), [(".", ","), (",", "."), (".", "'"), (",", " ")])
@given(minor=st.integers(-(10**15), 10**15), grouped=st.booleans())
def test_printed_amount_comes_back_exactly(mark, group, minor, grouped):
    printed = format_minor(minor, "EUR", grouping=grouped).translate(str.maketrans({",": group, ".": mark}))
    mapping = replace(POINT, decimal_mark=mark, thousands_mark=group)

    assert signed_number(printed, mapping, "EUR", AT) == minor


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(GERMAN.replace(b"1.234,50", b"1.23x,50"), id="no number"),
        pytest.param(GERMAN.replace(b"14.02.2026", b"31.02.2026"), id="no day"),
        pytest.param(GERMAN.replace(b'"2.200,00"', b'"2.200,00'), id="an open quote"),
        pytest.param(GERMAN.replace(b'"Abschlag";', b""), id="a column missing in a row"),
        pytest.param(GERMAN.replace(b"Betrag", b"Menge"), id="no amount column"),
        pytest.param(b"a,b\n1,2\n", id="no bank file"),
        pytest.param(b"date,amount\n2026-01-01,1.00\n", id="no currency"),
    ],
)
def test_file_that_does_not_fit_its_mapping_is_refused(data):
    with pytest.raises(FormatError):
        read_statements(data, name="bank.csv")
