"""Charge review: what differs from agreement and history is asked about in one sentence; the rest is billed."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from duly.invoicing.actions import NewCharge, add_charges
from duly.invoicing.actions.review import decide_surprises
from tests.commercial.scenario_commercial import agreed, bill, term
from tests.invoicing.scenario_invoicing import charge, issue, papers, rows
from tests.scenario import Office, account

MONTHS = [date(2025, 9, 30), date(2025, 10, 31), date(2025, 11, 30), date(2025, 12, 31)]


def seats(office: Office, ann: int, day: date, quantity: int, **more: Any) -> int:
    """Enter a month of seats at 12.00."""
    wanted = {
        "item_code": "SEAT",
        "quantity": Decimal(quantity),
        "unit_price": Decimal(12),
        "period_from": day.replace(day=1),
        "period_to": day + timedelta(days=1),
        "bill_on": day,
        **more,
    }
    [charge_id] = add_charges([NewCharge(account_id=ann, **wanted)], by=office.specialist)
    return charge_id


def with_history(office: Office, *quantities: int) -> int:
    """An account billed for so many seats in each of the months before January."""
    ann = account(office)
    for day, quantity in zip(MONTHS, quantities, strict=False):
        seats(office, ann, day, quantity)
        assert issue(office, ann, on=day).documents == 1
    return ann


def surprises(office: Office, ann: int) -> list[tuple[str, str]]:
    return [
        (kind, sentence)
        for kind, sentence in rows(
            "select kind, sentence from invoicing_surprise where account_id = %s and state = 'open' order by kind",
            ann,
        )
    ]


def test_a_usual_bill_surprises_nobody(office: Office) -> None:
    ann = with_history(office, 10, 10, 11, 10)
    seats(office, ann, date(2026, 1, 31), 11)

    assert issue(office, ann).documents == 1
    assert surprises(office, ann) == []


def test_ten_times_the_seats_are_asked_about_and_held(office: Office) -> None:
    ann = with_history(office, 10, 10, 11, 10)
    seats(office, ann, date(2026, 1, 31), 100)

    issued = issue(office, ann)

    assert (issued.documents, issued.held) == (0, 1)
    assert surprises(office, ann) == [
        ("quantity_out_of_pattern", "Seat: 100 seat, usually about 10 (10 to 11 on the last 4 invoices).")
    ]


def test_what_was_accepted_once_is_billed_and_asked_again_next_time(office: Office) -> None:
    ann = with_history(office, 10, 10, 11, 10)
    seats(office, ann, date(2026, 1, 31), 100)
    issue(office, ann)
    [(surprise,)] = rows("select id from invoicing_surprise where account_id = %s", ann)

    decide_surprises([surprise], decision="accepted", by=office.coordinator)

    assert issue(office, ann).documents == 1
    seats(office, ann, date(2026, 2, 28), 500)
    assert issue(office, ann, on=date(2026, 2, 28)).held == 1


def test_what_is_accepted_always_is_not_asked_again(office: Office) -> None:
    ann = with_history(office, 10, 10, 11, 10)
    seats(office, ann, date(2026, 1, 31), 100)
    issue(office, ann)
    [(surprise,)] = rows("select id from invoicing_surprise where account_id = %s", ann)

    decide_surprises([surprise], decision="always", by=office.coordinator)

    issue(office, ann)
    seats(office, ann, date(2026, 2, 28), 5000)
    assert issue(office, ann, on=date(2026, 2, 28)).documents == 1


def test_the_same_thing_twice_looks_double(office: Office) -> None:
    ann = account(office)
    seats(office, ann, date(2026, 1, 31), 10)
    seats(office, ann, date(2026, 1, 31), 10)

    assert issue(office, ann).held == 1
    assert surprises(office, ann) == [("doubled", "Seat for Jan 1 to Jan 31, 2026 is there 2 times at 120.00 EUR.")]


def test_a_period_billed_already_under_another_key_looks_double(office: Office) -> None:
    ann = with_history(office, 10, 10)
    seats(office, ann, MONTHS[1], 10)

    assert issue(office, ann).held == 1
    assert surprises(office, ann) == [
        ("doubled", "Seat for Oct 1 to Oct 31, 2025 at 120.00 EUR was billed on Oct 31, 2025 already.")
    ]


def test_a_charge_on_every_bill_and_not_on_this_one_is_missed(office: Office) -> None:
    ann = account(office)
    for day in MONTHS[:2]:
        seats(office, ann, day, 10)
        charge(office, ann, 29_00, bill_on=day, description="Platform")
        issue(office, ann, on=day)
    seats(office, ann, MONTHS[2], 10)

    assert issue(office, ann, on=MONTHS[2]).held == 1
    assert surprises(office, ann) == [
        ("missing_charge", "Platform (29.00 EUR) was on the last two invoices and is not on this one.")
    ]


def test_a_changed_tax_is_asked_about(office: Office) -> None:
    ann = with_history(office, 10, 10)
    seats(office, ann, MONTHS[2], 10, tax_code="DE-R")

    assert issue(office, ann, on=MONTHS[2]).held == 1
    assert surprises(office, ann) == [("tax_changed", "Seat was taxed DE-S on the last invoice and is taxed DE-R now.")]


@pytest.mark.parametrize("months", [1, 2])
def test_catching_up_over_months_is_no_surprise(office: Office, months: int) -> None:
    ann = with_history(office, 10, 10, 10, 10)
    for day in [date(2026, 1, 31), date(2026, 2, 28)][:months]:
        seats(office, ann, day, 10)

    assert issue(office, ann, on=date(2026, 2, 28)).documents == 1
    assert len(papers(office, ann)) == 5


def test_a_yearly_charge_of_an_agreement_is_no_surprise(office: Office) -> None:
    monthly = term("SEAT", "10.00", model="per_unit", quantity="5")
    yearly = term("SUPPORT", "1200.00", interval_unit="month", interval_count=12)
    agreement = agreed(office, "2025-09-15", monthly, yearly)
    for month in ("2025-09-30", "2025-10-31", "2025-11-30", "2025-12-31"):
        bill(office, month)

    billed = bill(office, "2026-01-31")

    assert agreement > 0
    assert sum(billed) > 1200_00
    assert rows("select kind from invoicing_surprise") == []
