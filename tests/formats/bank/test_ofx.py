"""OFX in both of its spellings; what is no bank or card statement is refused."""

from __future__ import annotations

from datetime import date

import pytest

from duly.formats.bank.read import read_statements
from duly.formats.errors import FormatError
from tests.formats.samples import SHARED, needs_shared_data

SGML = b"""OFXHEADER:100
DATA:OFXSGML
CHARSET:1252

<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>USD
<BANKACCTFROM><BANKID>121<ACCTID>9988<ACCTTYPE>CHECKING</BANKACCTFROM>
<BANKTRANLIST><DTSTART>20260301<DTEND>20260331
<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20260331120000.000[-5:EST]<TRNAMT>119.00<FITID>F1<NAME>Smith &amp; Co
<MEMO>INVOICE 4711
</STMTTRN>
<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20260331<TRNAMT>-19.5<FITID>F2<NAME>FEE</STMTTRN>
</BANKTRANLIST><LEDGERBAL><BALAMT>1100.00<DTASOF>20260331</LEDGERBAL><AVAILBAL><BALAMT>5.00<DTASOF>20260331</AVAILBAL>
</STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>
"""
XML = b"""<?xml version="1.0"?><?OFX OFXHEADER="200"?>
<OFX><CREDITCARDMSGSRSV1><CCSTMTTRNRS><CCSTMTRS><CURDEF>EUR</CURDEF><CCACCTFROM><ACCTID>4111</ACCTID></CCACCTFROM>
<BANKTRANLIST><STMTTRN><TRNTYPE>DEBIT</TRNTYPE><DTPOSTED>20260331</DTPOSTED><TRNAMT>-1.00</TRNAMT><FITID>1</FITID>
<NAME><![CDATA[A <b> & C]]></NAME></STMTTRN></BANKTRANLIST></CCSTMTRS></CCSTMTTRNRS></CREDITCARDMSGSRSV1></OFX>"""


def test_open_tags_give_lines_account_and_ledger_balance():
    [statement] = read_statements(SGML, name="bank.ofx")

    assert (statement.account_other, statement.currency, statement.closing_minor) == ("121/9988", "USD", 1100_00)
    assert [line.amount_minor for line in statement.lines] == [119_00, -19_50]
    line = statement.lines[0]
    assert (line.booked_on, line.payer_name, line.text, line.bank_reference) == (
        date(2026, 3, 31),
        "Smith & Co",
        "INVOICE 4711",
        "F1",
    )


def test_closed_tags_and_card_accounts_are_read_alike():
    [statement] = read_statements(XML, name="bank.ofx")

    assert (statement.account_other, statement.currency, statement.closing_minor) == ("4111", "EUR", None)
    assert statement.lines[0].payer_name == "A <b> & C"


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(SGML[:-20], id="cut off"),
        pytest.param(SGML + SGML, id="twice in one file"),
        pytest.param(SGML.replace(b"119.00", b"$119"), id="no amount"),
        pytest.param(SGML.replace(b"119.00", b"1,190"), id="a comma that could group"),
        pytest.param(SGML.replace(b"119.00", b"119.005"), id="more decimals than the dollar has"),
        pytest.param(SGML.replace(b"20260331120000", b"20260231120000"), id="a day that is none"),
        pytest.param(SGML.replace(b"<DTPOSTED>20260331<", b"<DTPOSTED><"), id="no day"),
        pytest.param(SGML.replace(b"<CURDEF>USD", b"<CURDEF>"), id="no currency"),
        pytest.param(SGML.replace(b"<ACCTID>9988", b""), id="no account"),
        pytest.param(SGML.replace(b"</STMTTRN>", b"", 1), id="a transaction left open"),
        pytest.param(SGML.replace(b"<STMTTRN>", b"<STMT>", 1), id="a transaction that does not begin"),
        pytest.param(SGML.replace(b"<OFX>", b"<!DOCTYPE x><OFX>"), id="a DOCTYPE"),
    ],
)
def test_damaged_file_is_refused(data):
    with pytest.raises(FormatError):
        read_statements(data, name="bank.ofx")


@needs_shared_data
@pytest.mark.parametrize(
    ("file", "lines"),
    [
        ("anzcc", [1]),
        ("bank_medium", [3]),
        ("checking", [3]),
        ("fail_nice__empty_balance", [1]),
        ("multiple_accounts", [0, 0]),
        ("ofx-v102-empty-tags", [1]),
        ("suncorp", [1]),
    ],
)
def test_sample_has_the_transactions_it_states(file, lines):
    data = (SHARED / "bank" / "pypi__ofxparse" / f"tests__fixtures__{file}.ofx").read_bytes()

    statements = read_statements(data, name=file)

    assert [len(each.lines) for each in statements] == lines


@needs_shared_data
@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("fail_nice__date_missing", "line 38"),
        ("fail_nice__decimal_error", "calendar"),
        ("error_message", "error 2000 General Server Error"),
        ("signon_fail", "error 15500"),
        ("investment_401k", "no statement of a bank"),
    ],
)
def test_sample_without_a_right_statement_is_refused_with_its_reason(file, said):
    data = (SHARED / "bank" / "pypi__ofxparse" / f"tests__fixtures__{file}.ofx").read_bytes()

    with pytest.raises(FormatError, match=said):
        read_statements(data, name=file)
