"""Journals by hand on the screen: who may decide them, and how one comes to them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from duly.access.actions import NewLimit, set_limit
from duly.kernel.clock import today_in
from duly.ledger.actions import post_journal
from duly.ledger.models import Journal
from duly.ledger.queries import balance_minor, gl_account_id, journal, period_of
from duly.ledger.rules import JournalLine
from tests.desk.scenario_desk import client_of
from tests.desk.test_accounts import follow, page, undo
from tests.scenario import Office

TODAY = today_in("Europe/Berlin")


def waiting_journal(office: Office, minor: int = 250_00, *, on: date = TODAY) -> Journal:
    """The accountant's limit is 100.00, so this one waits."""
    maker = replace(office.accountant, limits={("ledger.post", "EUR"): 100_00})
    lines = [JournalLine("6100", "EUR", minor), JournalLine("1100", "EUR", -minor)]
    return post_journal(lines, effective_on=on, memo="Charges of the quarter", by=maker)


def charges(office: Office) -> int:
    return balance_minor(office.entity_id, gl_account_id(office.entity_id, "6100"), "EUR", TODAY)


def test_a_second_person_posts_a_waiting_journal_and_takes_it_back(office: Office) -> None:
    waiting = waiting_journal(office)
    client = client_of(office.owner)
    asked = page(client, "/reports/journals/waiting")

    shown = follow(client, f"/reports/journals/{waiting.id}/accept", {"next": "/reports/journals/waiting"})

    assert "Charges of the quarter" in asked
    assert f"Journal {waiting.id} is posted" in shown
    assert charges(office) == 250_00
    undo(client, shown)
    assert charges(office) == 0
    assert journal(office.entity_id, waiting.id).state == "reversed"


def test_the_maker_may_withdraw_but_not_post_their_own(office: Office) -> None:
    waiting = waiting_journal(office)
    client = client_of(office.accountant)

    shown = page(client, "/reports/journals/waiting")
    posted = client.post(f"/reports/journals/{waiting.id}/accept")
    refused = follow(client, f"/reports/journals/{waiting.id}/refuse", {})

    assert "You wrote it." in shown
    assert f"/reports/journals/{waiting.id}/accept" not in shown
    assert posted.status_code == 403
    assert "nothing was posted" in refused
    assert charges(office) == 0


def test_who_may_not_decide_sees_no_buttons(office: Office) -> None:
    waiting = waiting_journal(office)

    shown = page(client_of(office.auditor), "/reports/journals/waiting")

    assert "Charges of the quarter" in shown
    assert f"/reports/journals/{waiting.id}/" not in shown
    assert client_of(office.specialist).post(f"/reports/journals/{waiting.id}/refuse").status_code == 403


def test_above_ones_own_limit_somebody_else_is_asked(office: Office) -> None:
    waiting = waiting_journal(office)
    set_limit(NewLimit("owner", "ledger.post", "EUR", 200_00, TODAY), by=office.system)

    shown = page(client_of(office.owner), "/reports/journals/waiting")

    assert "It is above your limit." in shown
    assert f"/reports/journals/{waiting.id}/accept" not in shown


def test_the_checklist_and_todays_work_lead_to_the_waiting_journals(office: Office) -> None:
    waiting_journal(office)
    client = client_of(office.accountant)
    this_month = period_of(office.entity_id, TODAY)

    checklist = page(client, f"/settings/periods/{this_month.id}")
    owner = client_of(office.owner)
    queue = page(owner, "/queue?show=all&kind=journal")
    [work] = set(re.findall(r"/queue/(\d+)/start", queue))
    started = owner.post(f"/queue/{work}/start", {"pick": re.findall(rf"{work}:\d+", queue)[0]})

    assert 'href="/reports/journals/waiting"' in checklist
    assert 'href="/settings/periods"' in checklist
    assert started.headers["Location"].endswith("/reports/journals/waiting")
    assert "/reports/periods" not in checklist + page(client, f"/why/{TODAY:%Y-%m}")
