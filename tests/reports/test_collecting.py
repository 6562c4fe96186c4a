"""How well the office is paid: each figure computed by hand beside it, and equal to the ledger."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from duly.kernel.money import Money
from duly.payments.actions import apply
from duly.payments.rules import Application
from duly.receivables.queries import items_of_account
from duly.reports.actions import set_cost_rate
from duly.reports.models import Report
from duly.reports.queries import report
from tests.invoicing.scenario_invoicing import charge, issue
from tests.payments.scenario_money import item_of, paid, rows
from tests.scenario import Office, account

JAN1, FEB10, FEB20, FEB28 = date(2026, 1, 1), date(2026, 2, 10), date(2026, 2, 20), date(2026, 2, 28)


def built(office: Office, name: str, *, today: date = FEB28, **values: str) -> Report:
    return report(office.entity_id, name, today=today, values=values)


def row_of(of: Report, first: str) -> dict[str, object]:
    names = [column.name for column in of.columns]
    return next(dict(zip(names, row, strict=True)) for row in of.rows() if row[0] == first)


@pytest.fixture
def two_bills(office: Office) -> Office:
    """119.00 billed on Jan 1 (due Jan 31) and on Feb 10 (due Mar 12); 59.50 of the first paid on Feb 20."""
    ann = account(office)
    for day in (JAN1, FEB10):
        charge(office, ann, 100_00, bill_on=day)
        issue(office, ann, on=day)
    first = items_of_account(office.entity_id, ann)[0]
    cheque = paid(office, ann, 59_50, on=FEB20)
    settles = Application(item_of(office, cheque), first.id, 59_50)
    apply([settles], today=FEB20, by=office.specialist)
    return office


def test_dso_is_what_is_owed_over_the_sales_of_ninety_days(two_bills: Office) -> None:
    # Owed 59.50 + 119.00 = 178.50; billed from Dec 1 to Feb 28: 238.00; 178.50 x 90 / 238.00 = 67.5 days.
    # Not due: 119.00; 119.00 x 90 / 238.00 = 45.0 days; 22.5 days by lateness.
    found = row_of(built(two_bills, "dso"), "2026-02")

    assert (found["owed"], found["sales"]) == (178_50, 238_00)
    assert (found["dso"], found["best"], found["late"]) == (Decimal("67.5"), Decimal("45.0"), Decimal("22.5"))


def test_dso_of_a_month_is_as_it_was_then(two_bills: Office) -> None:
    # On Jan 31 119.00 was owed and billed: 90 days.
    assert row_of(built(two_bills, "dso"), "2026-01")["dso"] == Decimal("90.0")
    assert row_of(built(two_bills, "dso", as_of="2026-01-31"), "2026-01")["dso"] == Decimal("90.0")


def test_collection_effectiveness_is_what_could_be_collected_and_was(two_bills: Office) -> None:
    # (119.00 + 119.00 - 178.50) / (119.00 + 119.00 - 119.00) = 59.50 / 119.00 = 50.0 %.
    found = row_of(built(two_bills, "collection-effectiveness"), "2026-02")

    assert (found["begin"], found["sales"], found["total"], found["current"]) == (119_00, 119_00, 178_50, 119_00)
    assert found["index"] == Decimal("50.0")


def test_aging_over_time_is_each_month_end_as_it_stood(two_bills: Office) -> None:
    # Jan 31: 119.00 is due that day, not late. Feb 28: 59.50 is 28 days late, 119.00 not due.
    trend = built(two_bills, "aging-trend")

    january, february = row_of(trend, "2026-01"), row_of(trend, "2026-02")
    assert (january["not_due"], january["late_1_30"]) == (119_00, 0)
    assert (february["not_due"], february["late_1_30"]) == (119_00, 59_50)
    # 59.50 / 178.50 = 33.3 %.
    assert february["late"] == Decimal("33.3")
    assert trend.chart is not None
    assert trend.chart.series[1].values[-1] == 59_50


@pytest.mark.parametrize("name", ["dso", "collection-effectiveness", "aging-trend"])
def test_the_last_month_end_is_what_the_ledger_says(two_bills: Office, name: str) -> None:
    [proof] = built(two_bills, name).proofs

    assert (proof.report_minor, proof.difference_minor) == (178_50, 0)


def test_promises_are_counted_by_the_month_they_were_for(office: Office) -> None:
    # Three for February: one kept, one broken, one open: 1 of 2 kept is 50.0 %.
    ann = account(office)
    for state, minor in (("kept", 100_00), ("broken", 50_00), ("open", 25_00)):
        rows(
            "insert into collections_promise (entity_id, account_id, amount_minor, currency, promised_on, made_on,"
            " state, made_by, made_at) values (%s, %s, %s, 'EUR', '2026-02-15', '2026-02-01', %s, 'test', now())",
            *(office.entity_id, ann, minor, state),
        )

    found = row_of(built(office, "promises"), "2026-02")

    assert (found["made"], found["kept"], found["broken"], found["open"]) == (3, 1, 1, 1)
    assert (found["promised"], found["kept_minor"], found["kept_percent"]) == (175_00, 100_00, Decimal("50.0"))
    assert len(list(built(office, "promises", by="rows").rows())) == 3


def test_collecting_costs_the_time_between_acts_at_the_rate_of_the_day(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Three acts, 10 minutes apart, then one after two hours: 2 + 10 + 10 + 2 = 24 minutes = 0.40 h at 30.00: 12.00.
    set_cost_rate(Money(30_00, "EUR"), user_id=None, valid_from=JAN1, by=office.system)
    ann = account(office)
    for minute in ("10:00", "10:10", "10:20", "12:20"):
        monkeypatch.setenv("DULY_NOW", f"2026-02-20T{minute}:00+00:00")
        paid(office, ann, 150_00, on=FEB20)

    cost = built(office, "cost-to-collect", **{"from": "2026-02-01", "to": "2026-02-28"})

    found = row_of(cost, "Specialist")
    assert (found["acts"], found["hours"], found["cost"]) == (4, Decimal("0.40"), 12_00)
    # 12.00 of 600.00 = 2.0 for each 100.
    assert "2.0 for each 100" in cost.sentence


def test_money_not_applied_stands_with_its_owner(office: Office) -> None:
    ann = account(office)
    rows("update receivables_account set owner_id = %s where id = %s", office.specialist.user_id, ann)
    paid(office, ann, 10_00, on=FEB20)

    [row] = list(built(office, "unapplied").rows())

    assert (row[-2], row[-1]) == (10_00, "Specialist")
