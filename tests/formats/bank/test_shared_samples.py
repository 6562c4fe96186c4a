"""Files of other projects and of two labelled months: each is read as stated, or refused with a reason."""

from __future__ import annotations

import csv
import logging
import re
from decimal import Decimal

import mt940
import pyarrow.parquet as pq
import pytest

from duly.formats.bank.read import read_statements
from duly.formats.bank.statement import Statement, check_chain
from duly.formats.errors import FormatError
from duly.kernel.money import to_major
from tests.formats.samples import SHARED, needs_shared_data

INDEX = SHARED / "bank" / "INDEX.tsv"
ROWS = list(csv.DictReader(INDEX.open(encoding="utf-8"), delimiter="\t")) if INDEX.exists() else []
CAMT = [row for row in ROWS if row["format"].startswith("camt") or row["file"].endswith("wrong.xml")]
MT940 = [row for row in ROWS if row["format"].startswith("MT94") or row["file"].startswith("wolph")]

REFUSED_CAMT = {"test__data__camt053.v2.wrong.xml": "no statement"}
# Fragments of one field, and files whose authors cut off an end.
REFUSED_MT940 = {
    "betterplace__amount_formats": "no :20:",
    "betterplace__currency_in_25": "no :20:",
    "betterplace__empty_86": "no :20:",
    "betterplace__empty_entry_date": "no :20:",
    "betterplace__empty_line": "no balance",
    "betterplace__missing_crlf_at_end": "no :20:",
    "cmxl__account_balance_credit": "no :20:",
    "cmxl__account_balance_debit": "no :20:",
    "cmxl__account_identification_iban": "no :20:",
    "cmxl__account_identification_legacy": "no :20:",
    "cmxl__available_balance": "no :20:",
    "cmxl__closing_balance": "no :20:",
    "cmxl__reference": "no balance",
    "cmxl__statement_details": "no :20:",
    "cmxl__statement_line": "no :20:",
    "cmxl__statement_number": "no :20:",
    "self-provided__account_identification": "no balance",
    "self-provided__empty_non_swift": "no :20:",
    "self-provided__gv_codes": "no closing balance",
    "self-provided__invalid_statement": "no statement",
    "self-provided__multiline": "a line after the end",
    "self-provided__raphaelm": "a balance without currency",
    "self-provided__sparkassen": "no :20:",
}


def stated(row: dict[str, str], name: str) -> int:
    match = re.search(rf"\b{name}=(\d+)", row["file_states"])
    return int(match[1]) if match else 0


def balances(row: dict[str, str], *names: str) -> list[tuple[str, str]]:
    found = re.findall(rf"\b(?:{'|'.join(names)})=(-?[0-9.]+?)([A-Z]{{3}})", row["file_states"])
    return [(str(Decimal(amount.rstrip(".") or "0").normalize()), currency) for amount, currency in found]


def shown(minor: int, currency: str) -> str:
    return str(to_major(minor, currency).normalize())


@needs_shared_data
@pytest.mark.parametrize("row", CAMT, ids=lambda row: row["file"])
def test_camt_sample_has_the_statements_entries_and_balances_it_states(row):
    data = (SHARED / "bank" / row["file"]).read_bytes()
    name = row["file"].rpartition("/")[2]
    if name in REFUSED_CAMT:
        with pytest.raises(FormatError):
            read_statements(data, name=name)
        return

    statements = read_statements(data, name=name)

    assert len(statements) == stated(row, "statements")
    assert sum(len(each.lines) + each.not_booked for each in statements) == stated(row, "entries")
    for each in statements:
        for minor, codes in ((each.opening_minor, ("OPBD", "PRCD")), (each.closing_minor, ("CLBD", "ITBD"))):
            if minor is not None:
                assert (shown(minor, each.currency), each.currency) in balances(row, *codes)
        assert each.format == row["format"]


@needs_shared_data
@pytest.mark.parametrize("row", MT940, ids=lambda row: row["file"])
def test_mt940_sample_has_the_lines_and_balances_it_states(row):
    data = (SHARED / "bank" / row["file"]).read_bytes()
    name = row["file"].rpartition("mt940_tests__")[2]
    if name.rpartition(".")[0] in REFUSED_MT940:
        with pytest.raises(FormatError):
            read_statements(data, name=name)
        return

    statements = read_statements(data, name=name)

    assert len(statements) == stated(row, "statements")
    assert sum(len(each.lines) + each.not_booked for each in statements) == stated(row, "tag61")
    opened = {(shown(each.opening_minor or 0, each.currency), each.currency) for each in statements}
    assert set(balances(row, "open")) <= opened
    closed = {(shown(each.closing_minor or 0, each.currency), each.currency) for each in statements}
    assert set(balances(row, "close")) <= closed


@needs_shared_data
@pytest.mark.parametrize("row", MT940, ids=lambda row: row["file"])
def test_mt940_sample_has_the_amounts_that_an_independent_reader_finds(row, caplog):
    caplog.set_level(logging.CRITICAL, logger="mt940")
    data = (SHARED / "bank" / row["file"]).read_bytes()
    try:
        ours = read_statements(data, name=row["file"])
        theirs = mt940.parse_statements(data, options=mt940.Options.all())
    except (FormatError, RuntimeError, ValueError) as error:
        pytest.skip(f"not read by both: {type(error).__name__}")

    found = [to_major(line.amount_minor, line.currency) for each in ours for line in each.lines]
    expected = [line.data["amount"].amount for each in theirs for line in each]

    if len(found) == len(expected):
        assert found == expected


def month(kind: str) -> list[Statement]:
    files = sorted((SHARED / "cash-application" / "medium" / "input" / kind).iterdir())
    return [each for file in files for each in read_statements(file.read_bytes(), name=file.name)]


@needs_shared_data
@pytest.mark.parametrize("kind", ["camt053", "mt940"])
def test_month_of_statements_is_read_whole_and_every_statement_proves_itself(kind):
    table = pq.read_table(SHARED / "cash-application" / "medium" / "input" / "bank_lines.parquet").to_pylist()
    truth = {row["line_id"]: row for row in table}

    statements = month(kind)

    assert {check_chain(each) for each in statements} == {0}
    lines = {line.bank_reference: line for each in statements for line in each.lines}
    assert lines.keys() == truth.keys()
    for name, row in truth.items():
        line = lines[name]
        assert (line.amount_minor, line.currency, line.booked_on) == (
            row["amount_minor"],
            row["currency"],
            row["booking_date"],
        )
        assert (line.payer_iban or line.payer_account_other) == row["payer_account"]
        assert line.end_to_end_id == row["end_to_end_id"].replace("NOTPROVIDED", "")
        if row["structured_ref"]:
            assert line.structured_reference == row["structured_ref"]


@needs_shared_data
def test_camt_gives_names_texts_charges_and_ordered_amounts_as_they_were_sent():
    table = pq.read_table(SHARED / "cash-application" / "medium" / "input" / "bank_lines.parquet").to_pylist()
    truth = {row["line_id"]: row for row in table}

    lines = [line for each in month("camt053") for line in each.lines]

    for line in lines:
        row = truth[line.bank_reference]
        assert line.payer_name == " ".join(row["payer_name"].split())
        assert line.text == " ".join(row["remittance_text"].split())
        assert line.charges_minor == row["charges_minor"]
        assert line.instructed_minor == row["instructed_minor"]


@needs_shared_data
@pytest.mark.parametrize("kind", ["camt053", "mt940"])
def test_statements_of_an_account_follow_each_other(kind):
    last: dict[str, int | None] = {}

    for each in sorted(month(kind), key=lambda statement: str(statement.to_on)):
        account = each.account_iban or each.account_other
        assert last.setdefault(account, each.opening_minor) == each.opening_minor
        last[account] = each.closing_minor
