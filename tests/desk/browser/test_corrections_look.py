"""Corrections, refunds and bank details as people see them, and the keys they press."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from duly.banking.actions.refunds import release_refunds
from duly.parties.actions.bank_changes import call_back
from duly.payments.actions.refunds import approve_refund
from duly.payments.queries import receipts
from duly.payments.queries.refunds import refund, refund_by_number
from tests.desk.browser.conftest import check_looks, keep_picture
from tests.desk.scenario_desk import Busy
from tests.desk.test_frame import is_wider_than_screen, toast, until, wrong_by_axe
from tests.parties.scenario_bank_change import asked, contact, party_of
from tests.payments.scenario_refunds import bank, paid_by_bank, requested

NORTHWIND, ALPINA = "Northwind Trading Co.", "Alpina Bäckerei GmbH"


@pytest.fixture(scope="module")
def back(made: Busy) -> dict[str, str]:
    """Two refunds (one to approve, one on its way) and a change of bank details that waits for a call."""
    office, alpina = made.office, made.accounts[ALPINA]
    ours = bank(office)
    detail = paid_by_bank(office, alpina, 500_00)
    first, second = requested(office, alpina, 120_00, detail), requested(office, alpina, 80_00, detail)
    approve_refund(second, today=made.today, by=office.coordinator)
    release_refunds([second], bank_account_id=ours, today=made.today, by=office.accountant)
    party_id = party_of(office, made.accounts[NORTHWIND])
    whom = contact(office, party_id)
    change = asked(office, party_id, on=made.today)
    other = party_of(office, made.accounts["Redwood Analytics"])
    called = asked(office, other, on=made.today, account="021000021 123456789")
    call_back(
        called, contact(office, other), said_yes=True, note="it is theirs", today=made.today, by=office.coordinator
    )
    return {
        "first": refund(office.entity_id, first).number or "",
        "second": refund(office.entity_id, second).number or "",
        "change": str(change),
        "called": str(called),
        "whom": str(whom),
    }


@pytest.mark.parametrize("part", ["corrections", "move", "write-off", "on-account", "refund", "bank-details"])
def test_the_corrections_of_an_account(look: Callable[..., Any], made: Busy, part: str) -> None:
    path = f"/accounts/{made.number(NORTHWIND)}/{part}"
    check_looks(look, path, made.office.specialist, f"correct-{part}")


@pytest.mark.parametrize("part", ["", "/correct", "/move"])
def test_the_corrections_of_a_payment(look: Callable[..., Any], made: Busy, part: str) -> None:
    [row, *_] = receipts(made.office.entity_id, account_id=made.accounts[NORTHWIND])
    check_looks(look, f"/payments/receipts/{row.id}{part}", made.office.coordinator, f"payment{part.replace('/', '-')}")


@pytest.mark.parametrize("show", ["open", "way", "all"])
def test_the_refunds(look: Callable[..., Any], made: Busy, back: dict[str, str], show: str) -> None:
    check_looks(look, f"/refunds?show={show}", made.office.accountant, f"refunds-{show}")


@pytest.mark.parametrize("which", ["first", "second"])
def test_a_refund(look: Callable[..., Any], made: Busy, back: dict[str, str], which: str) -> None:
    check_looks(look, f"/refunds/{back[which]}", made.office.accountant, f"refund-{which}")


def test_the_changes_of_bank_details(look: Callable[..., Any], made: Busy, back: dict[str, str]) -> None:
    check_looks(look, "/bank-details", made.office.coordinator, "bank-changes")
    check_looks(look, f"/bank-details/{back['change']}", made.office.coordinator, "bank-change")
    check_looks(look, f"/bank-details/{back['called']}", made.office.accountant, "bank-change-called")


@pytest.mark.parametrize(("path", "name"), [("/write-offs", "write-offs"), ("/remit-to", "remit-to")])
def test_lists_and_our_own_details(look: Callable[..., Any], made: Busy, path: str, name: str) -> None:
    check_looks(look, path, made.office.owner, name)


def test_an_effect_is_seen_done_and_undone_by_keys(look: Callable[..., Any], made: Busy) -> None:
    page = look(f"/accounts/{made.number('Blue Harbor Logistics')}/move", made.office.coordinator)
    page.select_option("#in-item", index=1)
    page.fill("#in-to", made.number("Redwood Analytics"))
    page.fill("#in-reason", "billed to the wrong company")
    page.click("h1")

    page.keyboard.press("v")
    page.wait_for_selector("#effect")
    keep_picture(page, "correct-effect")
    assert wrong_by_axe(page) == []
    page.set_viewport_size({"width": 390, "height": 900})
    assert not is_wider_than_screen(page)
    page.set_viewport_size({"width": 1440, "height": 900})
    assert page.input_value("#in-reason") == "billed to the wrong company"
    page.click("button:has-text('Move it')")

    assert "moved to Redwood Analytics" in toast(page)
    page.keyboard.press("u")
    until(page, "document.querySelector('#toasts').innerText.includes('Undone')")


def test_a_second_person_approves_with_a_key(look: Callable[..., Any], made: Busy, back: dict[str, str]) -> None:
    page = look(f"/refunds/{back['first']}", made.office.coordinator)

    page.keyboard.press("a")

    assert "is approved" in toast(page)
    assert refund_by_number(made.office.entity_id, back["first"]).state == "approved"


def test_a_write_off_works_without_script(look: Callable[..., Any], made: Busy) -> None:
    page = look(f"/accounts/{made.number('Redwood Analytics')}/write-off", made.office.coordinator, script=False)
    page.select_option("#in-item", index=1)
    page.select_option("#in-reason", "small_difference")
    page.click("button:has-text('Write it off')")

    assert "count as small" in page.inner_text("main")
