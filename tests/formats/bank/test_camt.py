"""camt: the entry is what was booked; its payments explain it."""

from __future__ import annotations

from datetime import date

import pytest

from duly.formats.bank.read import iter_lines, read_statements
from duly.formats.bank.statement import check_chain, details_difference
from duly.formats.errors import FormatError
from tests.formats.samples import balance, camt, entry

PAYER = """<RltdPties><Dbtr><Pty><Nm>Muster AG</Nm></Pty></Dbtr><DbtrAcct><Id>
<IBAN>DE02120300000000202051</IBAN></Id></DbtrAcct><Cdtr><Pty><Nm>Us</Nm></Pty></Cdtr><CdtrAcct><Id>
<IBAN>DE89370400440532013000</IBAN></Id></CdtrAcct></RltdPties>"""


def payment(amount: str = "", *, text: str = "RE 1", more: str = "") -> str:
    stated = f'<Amt Ccy="EUR">{amount}</Amt>' if amount else ""
    told = f"<RmtInf><Ustrd>{text}</Ustrd></RmtInf>{more}"
    return f"<TxDtls><Refs><EndToEndId>E1</EndToEndId></Refs>{stated}{PAYER}{told}</TxDtls>"


def test_statement_proves_itself_when_opening_and_lines_make_the_closing_balance():
    data = camt(
        entry("119.00", more=f"<NtryDtls>{payment()}</NtryDtls>") + entry("19.00", sign="DBIT"),
        balances=balance("OPBD", "1000.00") + balance("CLBD", "1100.00"),
    )

    [statement] = read_statements(data, name="bank.xml")

    assert check_chain(statement) == 0  # 1000.00 + 119.00 - 19.00 = 1100.00
    assert [line.amount_minor for line in statement.lines] == [119_00, -19_00]
    line = statement.lines[0]
    assert (line.payer_name, line.payer_iban, line.end_to_end_id) == (
        "Muster AG",
        "DE02120300000000202051",
        "E1",
    )
    assert (line.booked_on, line.value_on, line.text) == (date(2026, 3, 31), date(2026, 4, 1), "RE 1")
    assert statement.account_iban == "DE89370400440532013000"


@pytest.mark.parametrize(
    "version", ["053.001.02", "053.001.03", "053.001.04", "053.001.06", "053.001.08", "053.001.13"]
)
def test_every_version_of_the_message_is_read(version):
    data = camt(entry("5.00"), version=version)

    [statement] = read_statements(data, name="bank.xml")

    assert [line.amount_minor for line in statement.lines] == [5_00]


def test_pending_entries_are_counted_and_left_out():
    data = camt(entry("5.00", status="PDNG") + entry("6.00"))

    [statement] = read_statements(data, name="bank.xml")

    assert [line.amount_minor for line in statement.lines] == [6_00]
    assert statement.not_booked == 1


def test_batch_keeps_its_total_and_lists_its_payments():
    data = camt(entry("30.00", more=f"<NtryDtls>{payment('10.00')}{payment('20.00')}</NtryDtls>"))

    [line] = read_statements(data, name="bank.xml")[0].lines

    assert line.amount_minor == 30_00
    assert [detail.amount_minor for detail in line.details] == [10_00, 20_00]
    assert details_difference(line) == 0


def test_batch_total_repeated_on_each_payment_is_nobodys_amount():
    data = camt(entry("30.00", more=f"<NtryDtls>{payment('30.00')}{payment('30.00')}</NtryDtls>"))

    [line] = read_statements(data, name="bank.xml")[0].lines

    assert line.amount_minor == 30_00
    assert [detail.amount_minor for detail in line.details] == [None, None]


def test_charges_kept_by_the_bank_show_as_difference_of_the_payment_and_never_change_the_line():
    kept = '<Chrgs><Rcrd><Amt Ccy="EUR">1.50</Amt><CdtDbtInd>DBIT</CdtDbtInd></Rcrd></Chrgs>'
    data = camt(entry("98.50", more=f"<NtryDtls>{payment('100.00', more=kept)}</NtryDtls>"))

    [line] = read_statements(data, name="bank.xml")[0].lines

    assert (line.amount_minor, line.charges_minor) == (98_50, 1_50)
    assert details_difference(line) == -1_50


def test_returned_direct_debit_names_the_debtor_as_the_other_side_and_its_reason():
    back = "<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>"
    data = camt(entry("19.00", sign="DBIT", more=f"<NtryDtls>{payment(more=back)}</NtryDtls>"))

    [line] = read_statements(data, name="bank.xml")[0].lines

    assert (line.amount_minor, line.is_return, line.return_reason) == (-19_00, True, "AC04")
    assert line.payer_name == "Muster AG"


def test_amount_ordered_in_another_currency_stands_beside_the_booked_one():
    ordered = '<AmtDtls><InstdAmt><Amt Ccy="USD">120.00</Amt></InstdAmt></AmtDtls>'
    data = camt(entry("110.00", more=f"<NtryDtls>{payment(more=ordered)}</NtryDtls>"))

    [line] = read_statements(data, name="bank.xml")[0].lines

    assert (line.amount_minor, line.instructed_minor, line.instructed_currency) == (110_00, 120_00, "USD")


def test_balance_in_another_currency_than_the_account_is_remarked_and_not_used():
    data = camt(entry("5.00"), balances=balance("OPBD", "1.00") + balance("CLBD", "6.00", currency="SEK"))

    [statement] = read_statements(data, name="bank.xml")

    assert statement.closing_minor is None
    assert statement.remarks == ("balance CLBD is in SEK, the account in EUR",)


def test_control_totals_that_do_not_fit_are_remarked():
    summary = "<TxsSummry><TtlNtries><NbOfNtries>2</NbOfNtries><Sum>9.00</Sum></TtlNtries></TxsSummry>"
    data = camt(summary + entry("5.00"))

    [statement] = read_statements(data, name="bank.xml")

    assert len(statement.remarks) == 2


BILLION = b"""<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "1111111111"><!ENTITY b "&a;&a;&a;&a;&a;">]>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>
<Stmt><Id>&b;</Id></Stmt></BkToCstmrStmt></Document>"""
OUTSIDE = BILLION.replace(b'<!ENTITY a "1111111111">', b'<!ENTITY a SYSTEM "file:///etc/hostname">')
GOOD = camt(entry("5.00"))


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(BILLION, id="entities that multiply"),
        pytest.param(OUTSIDE, id="an entity from a file"),
        pytest.param(BILLION.decode().encode("utf-16"), id="the same in UTF-16"),
        pytest.param(GOOD[:-40], id="cut off"),
        pytest.param(GOOD + GOOD, id="twice in one file"),
        pytest.param(b"<a/>", id="other XML"),
        pytest.param(b"", id="empty"),
        pytest.param(b"PK\x03\x04rest", id="an archive"),
        pytest.param(b"\x00\x01\x02" * 50, id="binary"),
        pytest.param(camt(entry("NaN")), id="NaN"),
        pytest.param(camt(entry("1e3")), id="an exponent"),
        pytest.param(camt(entry("1,50")), id="a decimal comma"),
        pytest.param(camt(entry("-1.50")), id="a sign in the amount"),
        pytest.param(camt(entry("1.505")), id="more decimals than the euro has"),
        pytest.param(camt(entry("9" * 40)), id="an amount beyond all books"),
        pytest.param(camt(entry("٣.00")), id="digits of another script"),
        pytest.param(camt(entry("5.00", sign="CREDIT")), id="an unknown sign"),
        pytest.param(camt(entry("5.00", currency="USD")), id="an entry in another currency"),
        pytest.param(camt(entry("5.00", currency="€")), id="no currency code"),
        pytest.param(camt(entry("5.00").replace("2026-03-31", "2026-02-30")), id="a day that is none"),
        pytest.param(camt(entry("5.00").replace("</Ntry>", '<Amt Ccy="EUR">7.00</Amt></Ntry>')), id="two amounts"),
        pytest.param(camt("<a>" * 3000 + "</a>" * 3000), id="too deep"),
        pytest.param(camt(f"<AddtlStmtInf>{'x' * 11_000_000}</AddtlStmtInf>"), id="a text of 11 MB"),
    ],
)
def test_hostile_or_damaged_file_is_refused_with_its_name(data):
    with pytest.raises(FormatError) as refused:
        read_statements(data, name="bank.xml")

    assert refused.value.file == "bank.xml"


def test_comment_inside_an_amount_does_not_shorten_it():
    data = camt(entry("1<!-- -->00.00"))

    [line] = read_statements(data, name="bank.xml")[0].lines

    assert line.amount_minor == 100_00


def test_refusal_names_line_and_remedy():
    data = camt("\n\n" + entry("1.505"))

    with pytest.raises(FormatError) as refused:
        read_statements(data, name="bank.xml")

    assert refused.value.line == 6
    assert refused.value.remedy


def test_lines_can_be_taken_one_by_one_with_their_statement():
    data = camt(entry("5.00") * 3)

    pairs = list(iter_lines(data, name="bank.xml"))

    assert [(head.sequence, line.amount_minor) for head, line in pairs] == [("7", 5_00)] * 3
