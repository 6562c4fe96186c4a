"""Approvals, roles and the settings of rights in a real browser: accessible, on phones, by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from duly.access.actions import create_user, grant_role, sign_waiver
from duly.access.models import Proposal
from duly.access.queries import proposals
from duly.invoicing.actions.credit import credit_invoice
from duly.kernel.refusals import Proposed
from tests.desk.browser.conftest import check_looks
from tests.desk.scenario_desk import Busy
from tests.desk.test_frame import toast, until
from tests.invoicing.scenario_invoicing import charge, issue
from tests.scenario import Office, account


def asked(office: Office, name: str, today: date) -> Proposal:
    """What a specialist asks for: 800.00 off an invoice."""
    ann = account(office, name=name)
    charge(office, ann, 900_00)
    [invoice] = issue(office, ann).document_ids
    with pytest.raises(Proposed):
        credit_invoice(invoice, amount_minor=800_00, reason="wrong price", today=today, by=office.specialist)
    return max(proposals(office.entity_id), key=lambda row: row.id)


@pytest.fixture(scope="module")
def waiting(made: Busy) -> Proposal:
    """One proposal, one trainee, one waiver with a week that is due."""
    office, monday = made.office, made.today - timedelta(days=made.today.weekday() + 7)
    trainee = create_user("trainee@example.com", "Trainee")
    grant_role(trainee, "specialist", is_trainee=True, by=office.system)
    until_on = made.today + timedelta(days=90)
    sign_waiver(trainee, reason="Two of us work here", from_on=monday, until_on=until_on, by=office.owner)
    return asked(office, "Large Machines", made.today)


@pytest.mark.parametrize(
    "path",
    [
        "/approvals",
        "/approvals?view=decided",
        "/roles",
        "/settings/rights",
        "/settings/rights/level",
        "/settings/gates",
        "/settings/small-office",
        "/settings/people",
    ],
)
def test_a_page(look: Callable[..., Any], made: Busy, waiting: Proposal, path: str) -> None:
    actor = made.office.coordinator if path.startswith("/approvals") else made.office.owner
    check_looks(look, path, actor, f"approvals{path}")


@pytest.mark.parametrize("path", ["", "/edit"])
def test_a_proposal(look: Callable[..., Any], made: Busy, waiting: Proposal, path: str) -> None:
    check_looks(look, f"/approvals/{waiting.id}{path}", made.office.coordinator, f"proposal{path}")


def test_a_week_to_look_through(look: Callable[..., Any], made: Busy, waiting: Proposal) -> None:
    page = look("/settings/small-office", made.office.owner)
    where = page.locator("a[data-row]").first.get_attribute("href")

    check_looks(look, where, made.office.auditor, "review")


def test_a_coordinator_decides_by_keyboard(look: Callable[..., Any], made: Busy) -> None:
    first = asked(made.office, "By keyboard", made.today)
    page = look(f"/approvals/{first.id}", made.office.coordinator)

    page.keyboard.press("a")

    until(page, "document.querySelector('#toasts').innerText.includes('Accepted')")
    assert "Credited 800.00 EUR" in toast(page)


def test_no_is_said_by_keyboard_with_a_reason(look: Callable[..., Any], made: Busy) -> None:
    second = asked(made.office, "Refused", made.today)
    page = look(f"/approvals/{second.id}", made.office.coordinator)

    page.keyboard.press("r")
    page.fill("#refuse input[name=reason]", "the price was right")
    page.click("#refuse .pop-b .danger")

    until(page, "document.querySelector('#toasts').innerText.includes('Refused')")
