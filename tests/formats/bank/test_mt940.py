"""MT940: signs, balances and the dialects of its details."""

from __future__ import annotations

from datetime import date

import pytest

from duly.formats.bank.read import read_statements
from duly.formats.bank.statement import check_chain
from duly.formats.errors import FormatError
from tests.formats.samples import MT940


def line_of(entry: str, details: str = "", *, currency: str = "EUR"):
    text = f":20:A\n:25:123\n:28C:1\n:60F:C260330{currency}0,\n:61:{entry}\n{details}:62F:C260331{currency}0,\n"
    [line] = read_statements(text.encode(), name="bank.sta")[0].lines
    return line


def test_statement_proves_itself_with_a_reversal_of_credit_counted_as_money_going_out():
    [statement] = read_statements(MT940, name="bank.sta")

    assert [line.amount_minor for line in statement.lines] == [119_00, -19_00, -10_00]
    assert check_chain(statement) == 0  # 1000 + 119 - 19 - 10 = 1090
    assert (statement.account_iban, statement.sequence) == ("DE89370400440532013000", "00007/001")


def test_german_sub_fields_give_payer_account_reference_and_text():
    [line, back, fee] = read_statements(MT940, name="bank.sta")[0].lines

    assert (line.payer_name, line.payer_iban) == ("MUELLER UND SOEHNE GMBH", "DE02120300000000202051")
    assert (line.end_to_end_id, line.bank_reference) == ("E1", "B1")
    assert (line.text, line.structured_reference) == ("RE 4711 RF18539007547034", "RF18539007547034")
    assert (back.is_return, back.return_reason, back.mandate_id) == (True, "902", "M7")
    assert (fee.text, fee.booked_on, fee.value_on) == ("GEBUEHR", date(2026, 4, 1), date(2026, 3, 31))


@pytest.mark.parametrize(
    ("mark", "amount_minor"),
    [("C", 1_50), ("D", -1_50), ("RC", -1_50), ("RD", 1_50), ("CR", 1_50), ("DR", -1_50), ("CF", 1_50)],
)
def test_mark_gives_the_sign_and_a_funds_code_behind_it_does_not(mark, amount_minor):
    line = line_of(f"260331{mark}1,5NTRFX")

    assert line.amount_minor == amount_minor


@pytest.mark.parametrize(
    ("value", "entered", "booked_on"),
    [
        ("261231", "0102", date(2027, 1, 2)),
        ("270102", "1231", date(2026, 12, 31)),
        ("280229", "0229", date(2028, 2, 29)),
        ("260228", "0230", date(2026, 2, 28)),
        ("260331", "", date(2026, 3, 31)),
        ("260331", "    ", date(2026, 3, 31)),
    ],
)
def test_booking_day_lies_in_the_year_nearest_to_the_value_day(value, entered, booked_on):
    assert line_of(f"{value}{entered}C1,NTRFX").booked_on == booked_on


def test_dutch_codes_give_name_account_and_remittance():
    details = ":86:/TRTP/SEPA/IBAN/NL91ABNA0417164300/BIC/ABNANL2A/NAME/J JANSEN/REMI/FACTUUR 42/EREF/E9\n"

    line = line_of("2603310331C1,NTRFEREF//B7", details)

    assert (line.payer_name, line.payer_iban, line.text, line.end_to_end_id) == (
        "J JANSEN",
        "NL91ABNA0417164300",
        "FACTUUR 42",
        "E9",
    )


def test_full_line_of_free_text_runs_on_without_a_space():
    first = "BETALINGSKENM. " + "1" * 50

    line = line_of("260331C1,NTRFX", f":86:{first}\n23 REST\n")

    assert line.text == "BETALINGSKENM. " + "1" * 50 + "23 REST"


def test_words_before_the_first_keyword_stay_in_the_text():
    line = line_of("260331C1,NTRFX", ":86:166?00X?20RECHNUNG 4711 EREF+E1 SVWZ+DANKE\n")

    assert (line.text, line.end_to_end_id) == ("RECHNUNG 4711 DANKE", "E1")


@pytest.mark.parametrize(("currency", "amount", "minor"), [("JPY", "1500,", 1500), ("KWD", "1,5", 1500)])
def test_currency_decides_how_many_digits_an_amount_has(currency, amount, minor):
    assert line_of(f"260331C{amount}NTRFX", currency=currency).amount_minor == minor


def test_two_statements_of_a_file_stay_two():
    second = MT940.replace(b":60F:C260330EUR1000,00", b":60F:C260331EUR1090,00").replace(
        b"EUR1090,00\n-", b"EUR1180,00\n-"
    )

    statements = read_statements(MT940 + second, name="bank.sta")

    assert [check_chain(statement) for statement in statements] == [0, 0]


CLOSING = b":62F:C260331EUR1090,00"


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(MT940 + MT940, id="twice in one file"),
        pytest.param(MT940[: MT940.index(b":62F:")], id="cut off"),
        pytest.param(MT940.replace(b":60F:C260330EUR1000,00\n", b""), id="no opening balance"),
        pytest.param(MT940.replace(b":20:STMT1\n", b""), id="no beginning"),
        pytest.param(MT940.replace(b":25:DE89370400440532013000\n", b""), id="no account"),
        pytest.param(MT940.replace(CLOSING, b":62F:C260331USD1090,00"), id="closes in another currency"),
        pytest.param(MT940.replace(CLOSING, CLOSING + b"\n" + CLOSING), id="two closing balances"),
        pytest.param(MT940.replace(b"C119,00N", b"C1.119,00N"), id="a grouped amount"),
        pytest.param(MT940.replace(b"C119,00N", b"C119,001N"), id="more decimals than the euro has"),
        pytest.param(MT940.replace(b"C119,00N", b"C1234567890123456,00N"), id="more digits than the field has"),
        pytest.param(MT940.replace(b"C119,00N", b"C11,9,00N"), id="two commas"),
        pytest.param(MT940.replace(b"C119,00N", b"X119,00N"), id="an unknown mark"),
        pytest.param(MT940.replace(b"2603310331C1", b"2613310331C1"), id="a month that is none"),
        pytest.param(MT940.replace(b"GEBUEHR", b"GEB\0UEHR"), id="binary"),
        pytest.param(MT940.decode().encode("utf-16"), id="UTF-16"),
        pytest.param(MT940.replace(b"GEBUEHR", b"G" * 200_000), id="an endless line"),
        pytest.param(b":20:A\n", id="nothing else"),
    ],
)
def test_damaged_file_is_refused(data):
    with pytest.raises(FormatError):
        read_statements(data, name="bank.sta")


def test_refusal_names_the_line():
    with pytest.raises(FormatError) as refused:
        read_statements(MT940.replace(b"C119,00N", b"C1.119,00N"), name="bank.sta")

    assert (refused.value.file, refused.value.line) == ("bank.sta", 5)


def test_interim_report_is_not_booked_money():
    data = b":20:A\n:25:123\n:28C:1\n:34F:EURD0,\n:13D:2603311200+0100\n:61:2603310331C5,NTRFX\n:90C:1EUR5,\n"

    [statement] = read_statements(data, name="bank.sta")

    assert (statement.kind, statement.opening_minor, len(statement.lines)) == ("intraday", None, 1)
