"""Reports say what the books say; charts, pages, totals and files all say the same."""

from __future__ import annotations

import io
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from python_calamine import CalamineWorkbook

from duly.invoicing.actions import NewCharge, add_charges, issue_invoices
from duly.kernel.refusals import BadInput, NotFound
from duly.payments.actions import ReceiptRow, record, reverse
from duly.reports.exports import write_journal, write_report
from duly.reports.models import Report
from duly.reports.queries import KINDS, report
from tests import scenario
from tests.ledger.scenario_ledger import journal
from tests.receivables.scenario_receivables import account, credit, invoice, pay, settle
from tests.scenario import Office

JAN5, JAN31, FEB10, FEB28 = date(2026, 1, 5), date(2026, 1, 31), date(2026, 2, 10), date(2026, 2, 28)


def built(office: Office, name: str, **values: str) -> Report:
    return report(office.entity_id, name, today=FEB28, values=values)


@pytest.fixture
def busy(office: Office) -> Office:
    """Two accounts in euro, one in yen: billed, paid, credited, one receipt bounced."""
    ann, bob = account(office, name="Ann"), account(office, name="Bob")
    kei = account(office, name="Kei", currency="JPY")
    bill = invoice(office, ann, 100_00, on=JAN5, terms=10)
    invoice(office, bob, 40_00, on=FEB10)
    invoice(office, kei, 900, on=JAN31)
    settle(office, bill, pay(office, ann, 60_00, on=JAN31), 60_00, on=JAN31)
    credit(office, bob, 5_00, on=FEB28)
    cheque = record(ReceiptRow(bob, "EUR", 10_00, FEB10, source_key="cheque"), by=office.system)
    reverse([cheque], reason="bounced", today=FEB28, by=office.system)
    return office


def rows(of: Report) -> list[tuple[object, ...]]:
    return list(of.rows())


@pytest.mark.parametrize("name", [kind.name for kind in KINDS if kind.name != "statement"])
def test_every_report_has_rows_as_wide_as_its_columns_and_can_be_written_in_every_format(
    busy: Office, name: str
) -> None:
    asked = built(busy, name)

    for row in [*rows(asked), *asked.totals]:
        assert len(row) == len(asked.columns)
        assert asked.links(row) is not None
    for ending in ("csv", "xlsx", "parquet"):
        out = io.BytesIO()
        assert write_report(asked, out, ending=ending) == len(rows(asked))
        assert out.getvalue()


@pytest.mark.parametrize("name", [kind.name for kind in KINDS if kind.name != "statement"])
def test_pages_of_two_give_every_row_once(busy: Office, name: str) -> None:
    asked = built(busy, name)
    if asked.page_of is None:
        return

    seen, page = [], asked.page(None, 2)
    seen += page.rows
    while page.next:
        page = asked.page(page.next, 2)
        seen += page.rows

    assert sorted(map(repr, seen)) == sorted(map(repr, rows(asked)))


@pytest.mark.parametrize("name", ["aging", "open-items", "trial-balance", "tax"])
@pytest.mark.parametrize("as_of", ["2026-01-05", "2026-01-31", "2026-02-28"])
def test_what_can_be_proved_against_the_ledger_ties_on_every_day(busy: Office, name: str, as_of: str) -> None:
    asked = built(busy, name, as_of=as_of, to=as_of)

    assert [proof for proof in asked.proofs if proof.difference_minor] == []
    assert asked.proofs or name in ("tax", "open-items")


def test_todays_list_of_open_items_totals_what_its_rows_add_up_to(busy: Office) -> None:
    asked = built(busy, "open-items")

    added = {
        currency: sum(int(str(row[10])) for row in rows(asked) if row[5] == currency) for currency in ("EUR", "JPY")
    }

    assert {row[5]: row[10] for row in asked.totals} == added == {"EUR": 75_00, "JPY": 900}


def test_aging_chart_and_totals_are_the_same_figures(busy: Office) -> None:
    asked = built(busy, "aging")

    # Ann: 40.00 left, due Jan 15, 44 days late. Bob: 40.00 due Mar 12; credit of 5.00 apart.
    assert asked.totals[0][5:] == (40_00, 0, 40_00, 0, 0, -5_00, 75_00)
    assert asked.chart is not None
    assert {series.currency: series.values for series in asked.chart.series} == {
        "EUR": (40_00, 0, 40_00, 0, 0),
        "JPY": (900, 0, 0, 0, 0),
    }
    assert asked.sentence.startswith("50% of what is owed in EUR is late")


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("month", [("2026-01", 60_00, 0), ("2026-02", 10_00, 10_00)]),
        ("day", [("2026-01-31", 60_00, 0), ("2026-02-10", 10_00, 0), ("2026-02-28", 0, 10_00)]),
        ("method", [("cheque", 70_00, 10_00)]),
    ],
)
def test_cash_received_shows_what_came_and_what_went_back(
    busy: Office, by: str, expected: list[tuple[object, ...]]
) -> None:
    asked = built(busy, "cash-received", by=by)

    assert [(row[0], row[4], row[5]) for row in rows(asked)] == expected
    assert asked.totals == (("", "", "EUR", 2, 70_00, 10_00, 60_00),)


def test_revenue_by_month_is_what_the_income_accounts_took_in(busy: Office) -> None:
    journal(busy, "6100", "4000", 1_00, on=FEB28)

    asked = built(busy, "revenue", **{"from": "2026-01-01"})

    assert [(row[0], row[1], row[3], row[4]) for row in rows(asked)] == [
        ("2026-01", "4000", "EUR", 100_00),
        ("2026-01", "4000", "JPY", 900),
        ("2026-02", "4000", "EUR", 36_00),
    ]
    assert asked.chart is not None
    assert asked.chart.labels == ("2026-01", "2026-02")


def test_tax_is_shown_by_rate_and_each_figure_leads_to_its_documents(office: Office) -> None:
    ann = scenario.account(office, delivery="none")
    for code, net_minor in (("SUPPORT", 100_00), ("SUPPORT", 50_00)):
        add_charges([NewCharge(account_id=ann, net_minor=net_minor, bill_on=FEB10, item_code=code)], by=office.system)
    issue_invoices([ann], through_on=FEB10, issued_on=FEB10, today=FEB10, by=office.system)

    [line] = rows(built(office, "tax"))
    asked = built(office, "tax")
    [document] = rows(built(office, "tax-documents", rate=str(line[5]), currency="EUR"))

    # 19 % of 150.00 = 28.50
    assert line[1:5] == ("DE-S", "VAT", "S", Decimal("19.000000"))
    assert (line[8], line[9]) == (document[8], document[9]) == (150_00, 28_50)
    assert "rate=" + str(line[5]) in asked.links(line)["code"]
    assert [proof.difference_minor for proof in asked.proofs] == [0]


def test_a_trial_balance_line_leads_to_the_postings_that_make_it(busy: Office) -> None:
    line = next(row for row in rows(built(busy, "trial-balance")) if row[0] == "1200" and row[3] == "EUR")

    page = built(busy, "ledger-account", code="1200", currency="EUR")

    assert len(rows(page)) == line[4]
    assert rows(page)[-1][-1] == line[7]


def test_a_statement_report_ties_to_the_open_items(busy: Office) -> None:
    [number] = {str(row[1]) for row in rows(built(busy, "aging")) if row[2] == "Ann"}

    paper = built(busy, "statement", account=number)

    assert [row[7] for row in rows(paper)] == [0, 100_00, 40_00]
    assert paper.totals[0][7] == 40_00
    assert [proof.difference_minor for proof in paper.proofs] == [0]


def test_a_spreadsheet_has_numbers_days_and_no_formula(busy: Office) -> None:
    account(busy, name="=HYPERLINK(1)")
    invoice(busy, account(busy, name="=SUM(A1)"), 7_00, on=JAN5)
    out = io.BytesIO()

    write_report(built(busy, "open-items"), out, ending="xlsx")

    out.seek(0)
    sheet = CalamineWorkbook.from_filelike(out).get_sheet_by_index(0).to_python()
    line = next(row for row in sheet if "SUM" in str(row[2]))
    assert str(line[2]).startswith("'=") or not str(line[2]).startswith("=")
    assert line[6] == JAN5
    assert line[10] == 7.0


def test_parquet_keeps_money_exact_with_the_digits_of_its_currency(busy: Office) -> None:
    out = io.BytesIO()
    write_report(built(busy, "aging"), out, ending="parquet")

    out.seek(0)
    table = pq.read_table(out).to_pylist()

    assert {row["name"]: row["total"] for row in table} == {
        "Ann": Decimal("40.00"),
        "Bob": Decimal("35.00"),
        "Kei": Decimal("900"),
    }


def test_an_unknown_report_and_an_unreadable_day_are_refused_with_a_remedy(busy: Office) -> None:
    with pytest.raises(NotFound):
        built(busy, "nonsense")
    with pytest.raises(BadInput, match="unreadable"):
        built(busy, "aging", as_of="31.1.2026")


def test_the_journal_exported_again_is_the_same_file(busy: Office) -> None:
    first, again, later = io.BytesIO(), io.BytesIO(), io.BytesIO()

    one = write_journal(busy.entity_id, JAN5, FEB28, first, ending="csv")
    journal(busy, "6100", "1100", 1, on=date(2026, 3, 1))
    two = write_journal(busy.entity_id, JAN5, FEB28, again, ending="csv")
    three = write_journal(busy.entity_id, JAN5, date(2026, 3, 1), later, ending="csv")

    assert one == two
    assert first.getvalue() == again.getvalue()
    assert three.sha256 != one.sha256


def test_bean_check_accepts_the_exported_journal(busy: Office, tmp_path: Path) -> None:
    file = tmp_path / "journal.beancount"
    with file.open("wb") as out:
        written = write_journal(busy.entity_id, date(2026, 1, 1), FEB28, out, ending="beancount")

    checked = subprocess.run(
        [sys.executable, "-m", "beancount.scripts.check", str(file)], capture_output=True, text=True, check=False
    )

    assert written.rows > 5
    assert (checked.returncode, checked.stdout + checked.stderr) == (0, "")
