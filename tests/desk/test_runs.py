"""Bill runs on the screen: set up, looked at, approved by who may, issued, proved."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from duly.invoicing.jobs import work_run
from duly.invoicing.queries.runs import held_page, run, runs
from duly.receivables.actions.accounts import NewHold, hold_accounts
from duly.receivables.queries import account
from tests.desk.scenario_billing import HARBOR, NORTHWIND, MonthEnd, follow, message, month_end, page, refused, undo
from tests.desk.scenario_desk import busy, client_of
from tests.scenario import Office


@pytest.fixture
def desk(office: Office) -> tuple[Client, MonthEnd]:
    return client_of(office.coordinator), month_end(busy(office))


def test_a_run_is_set_up_from_two_days_and_follows_by_itself(desk: tuple[Client, MonthEnd]) -> None:
    client, made = desk
    today = made.busy.today

    shown = follow(client, "/runs/new", {"through_on": today.isoformat(), "issued_on": today.isoformat(), "note": "x"})

    assert "its charges are being collected" in message(shown)
    assert 'hx-trigger="every 2s"' in shown
    assert "Look again" in shown
    [newest, *_] = runs(made.entity_id)
    work_run(newest.id, by=made.busy.office.system, workers=1)
    assert "To approve" in page(client, f"/runs/{newest.id}")


def test_a_day_in_closed_books_is_refused_beside_its_field(desk: tuple[Client, MonthEnd]) -> None:
    client, _ = desk

    shown = refused(client, "/runs/new", {"through_on": "2031-01-31", "issued_on": "2031-01-31"})

    assert "The books of 2031-01-31 are closed" in shown
    assert 'value="2031-01-31"' in shown


def test_the_preview_counts_compares_and_names_what_is_held(desk: tuple[Client, MonthEnd]) -> None:
    client, made = desk

    shown = page(client, f"/runs/{made.run_id}")

    assert "Biggest changes" in shown
    assert "To decide" in shown
    assert NORTHWIND in shown
    assert "Approve and issue" in shown


def test_a_held_account_is_handed_over_and_released(desk: tuple[Client, MonthEnd]) -> None:
    client, made = desk
    office, harbor = made.busy.office, made.busy.accounts[HARBOR]
    hold_accounts([NewHold(harbor, "billing", "wrong address", made.busy.today)], by=office.specialist)
    follow(client, "/runs/new", {"through_on": made.busy.today, "issued_on": made.busy.today})
    [newest, *_] = runs(made.entity_id)
    work_run(newest.id, by=office.system, workers=1)

    owner = office.specialist.user_id
    north = made.busy.accounts[NORTHWIND]
    keeps = account(made.entity_id, north).owner_id
    by_when = made.busy.today + timedelta(days=3)
    handed = {"account": north, "owner": owner, "deadline_on": by_when}
    shown = follow(client, f"/runs/{made.run_id}/assign", handed)
    [row] = [row for row in held_page(made.entity_id, made.run_id) if row.account_id == north]
    assert "for Specialist to decide by" in message(shown)
    assert (row.owner_id, row.deadline_on) == (owner, by_when)
    assert account(made.entity_id, north).owner_id == keeps
    undo(client, shown)
    [row] = [row for row in held_page(made.entity_id, made.run_id) if row.account_id == north]
    assert row.deadline_on != by_when
    assert "day" in refused(client, f"/runs/{made.run_id}/assign", handed | {"deadline_on": "2020-01-01"}).lower()
    shown = follow(client, f"/runs/{made.run_id}/release", {"account": harbor})

    assert "is released" in message(shown)
    assert "Northwind" in page(client, f"/runs/{made.run_id}/held")


def test_only_who_may_approves_and_the_run_ends_with_its_certificate(
    office: Office, desk: tuple[Client, MonthEnd]
) -> None:
    client, made = desk
    assert "You do not have the right" in refused(client_of(office.specialist), f"/runs/{made.run_id}/approve")

    shown = follow(client, f"/runs/{made.run_id}/approve")

    assert "the invoices are being issued" in message(shown)
    work_run(made.run_id, by=office.system, workers=1)
    shown = page(client, f"/runs/{made.run_id}")
    assert "Certificate of completeness" in shown
    assert "Adds up" in shown
    assert run(made.entity_id, made.run_id).documents > 0
    assert "How this is proved" in page(client, f"/runs/{made.run_id}/certificate")


def test_a_cancelled_run_bills_nothing(desk: tuple[Client, MonthEnd]) -> None:
    client, made = desk

    follow(client, f"/runs/{made.run_id}/cancel")

    assert run(made.entity_id, made.run_id).state == "cancelled"
    assert "cannot be approved now: it is cancelled" in refused(client, f"/runs/{made.run_id}/approve")


def test_the_list_the_changes_and_the_export_of_what_is_held(desk: tuple[Client, MonthEnd]) -> None:
    client, made = desk

    assert "To approve" in page(client, "/runs")
    assert "What changes" in page(client, f"/runs/{made.run_id}/changes")
    answer = client.get(f"/runs/{made.run_id}/held?as=csv")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + len(held_page(made.entity_id, made.run_id))
