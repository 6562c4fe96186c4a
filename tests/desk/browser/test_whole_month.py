"""One month of the office through the screens only, with scripts and without."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from tests.desk.browser import scenario_month as story
from tests.desk.browser.scenario_clerk import Clerk
from tests.desk.browser.scenario_month import Month
from tests.scenario import open_office

LOOK = Callable[..., Any]


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Sets the office's clock."""

    def set_now(moment: str) -> None:
        monkeypatch.setenv("DULY_NOW", f"{moment}+02:00" if moment > "2026-03-29" else f"{moment}+01:00")

    return set_now


@pytest.mark.parametrize("scripted", [True, False], ids=["with scripts", "without scripts"])
def test_a_month_is_lived_through_the_screens(
    look: LOOK, place: str, at: Callable[[str], None], scripted: bool
) -> None:
    at("2026-03-02T08:00")
    office = open_office()
    month = Month(office, place, look, at, scripted)
    specialist, coordinator = month.arrives(office.specialist), month.arrives(office.coordinator)
    accountant = month.arrives(office.accountant)

    story.set_up(accountant, specialist)
    story.enter_training(specialist)
    run = story.plan(month, specialist)
    story.decide(specialist, run)
    story.issue(month, coordinator, run)
    story.bill_by_hand(specialist)
    [fjord] = month.invoices()[story.FJORD]
    story.look_at_paper(specialist, fjord.number)
    story.credit(specialist, fjord.number)

    at("2026-03-31T09:00")
    specialist, accountant = month.arrives(office.specialist), month.arrives(office.accountant)
    story.take_in_bank_file(month, specialist)
    story.match(specialist)
    story.receive_cheque(specialist, fjord.number)
    story.post_opening(accountant)
    # 275.00 - 12.50 = 262.50 of two lines are not placed yet.
    story.reconcile(accountant, difference="262.50")

    at("2026-04-01T09:00")
    specialist, accountant = month.arrives(office.specialist), month.arrives(office.accountant)
    story.open_march(month, accountant, ties=False)
    story.place_the_rest(specialist)
    story.reconcile(accountant, difference="Everything ties")
    story.open_march(month, accountant, ties=True)
    story.close(accountant)
    assert_the_figures(month, accountant)


def assert_the_figures(month: Month, accountant: Clerk) -> None:
    """Who owes what at the end of March, the books that say the same, and why."""
    aging = story.sheets(accountant, "aging?as_of=2026-03-31")
    # Cobalt's 8.50 were due on March 16, all else on April 1; 595.00 - 59.50 = 535.50; 8.50 + 119.00 + 435.50 = 563.00
    assert {row["name"]: (row["not_due"], row["late_1_30"], row["unapplied"], row["total"]) for row in aging} == {
        story.COBALT: ("0.00", "8.50", "0.00", "8.50"),
        story.DELTA: ("119.00", "0.00", "0.00", "119.00"),
        story.FJORD: ("535.50", "0.00", "-100.00", "435.50"),
    }

    balances = {
        row["code"]: Decimal(row["debit_balance"]) - Decimal(row["credit_balance"])
        for row in story.sheets(accountant, "trial-balance?as_of=2026-03-31")
    }
    assert {code: str(balance) for code, balance in balances.items() if balance} == {
        "1050": "100.00",  # the cheque is on its way to the bank
        "1100": "2027.50",  # as the statement says
        "1200": "663.00",  # 1,487.50 billed - 59.50 credited - 765.00 paid
        "2150": "-100.00",  # the cheque settles nothing yet; 663.00 - 100.00 = 563.00, the aging
        "2160": "-275.00",  # Q Holding
        "2200": "-228.00",  # 19 % of 1,200.00
        "3000": "-1000.00",  # what the bank held before
        "4000": "-1100.00",  # 120 + 100 + 150 + 200 + 80 + 500 - 50
        "4100": "-100.00",  # 2,000 calls
        "6100": "12.50",  # the fee
    }
    assert sum(balances.values()) == 0

    number = month.invoices()[story.COBALT][0].account_number
    statement = story.sheets(accountant, f"statement?account={number}&from=2026-03-01&to=2026-03-31")
    assert [(row["kind"], row["amount"], row["balance"]) for row in statement] == [
        ("opening", "0.00", "0.00"),
        ("invoice", "178.50", "178.50"),
        ("payment", "-170.00", "8.50"),
    ]

    accountant.go(f"/accounts/{number}?tab=why", key_page=True)
    accountant.reads("Why the balance is €8.50")
    accountant.go(f"/why/{number}", key_page=True)
    accountant.reads("8.50")
