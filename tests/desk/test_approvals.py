"""Approvals on the screen: sent by the edge of any page, seen with their evidence, decided by another."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from duly.access.actions import create_user, grant_role
from duly.access.queries import actor_of, proposals
from duly.invoicing.queries.documents import document_by_number
from tests.desk.scenario_billing import follow, message, page, refused
from tests.desk.scenario_desk import client_of
from tests.scenario import Office, open_office
from tests.scenario import account as opened


@pytest.fixture
def number(office: Office) -> str:
    """The number of an invoice of 900.00 and its tax."""
    opened(office, name="Large")
    form = {"account": "Large", "issued_on": "2026-11-02", "description_1": "Machine", "price_1": "900"}
    shown = follow(client_of(office.coordinator), "/invoices/new", form)
    [found] = set(re.findall(r"<h1>(INV-[0-9-]+)</h1>", shown))
    return found


@pytest.fixture
def asked(office: Office, number: str) -> int:
    """The id of what a specialist asked for: 800.00 off."""
    form = {"how": "amount", "amount": "800.00", "reason": "wrong price"}
    client_of(office.specialist).post(f"/invoices/{number}/credit", form)
    [found] = proposals(office.entity_id)
    return found.id


def test_every_edge_says_to_whom_it_was_sent(office: Office, number: str) -> None:
    clerk = client_of(office.specialist)

    shown = follow(clerk, f"/invoices/{number}/credit", {"how": "full", "reason": "wrong price"})

    assert message(shown).startswith("Sent for approval to Accountant or Coordinator or Owner.")
    assert "€1,071.00 is above your limit of €500.00" in shown
    assert "Balance before" in shown
    assert "Accept with changes" not in shown
    assert "Withdraw" in shown


def test_who_may_decide_finds_it_and_accepts(office: Office, number: str, asked: int) -> None:
    boss = client_of(office.coordinator)

    listed = page(boss, "/approvals")
    shown = follow(boss, f"/approvals/{asked}/accept")

    assert "wrong price" in listed
    assert "Accepted: Credited 800.00 EUR" in message(shown)
    assert document_by_number(office.entity_id, number).open_minor == 271_00
    assert "Nothing waits for you" in shown
    assert "Credited 800.00 EUR" in page(boss, "/approvals?view=decided")


def test_what_is_accepted_may_differ_and_both_are_shown(office: Office, number: str, asked: int) -> None:
    boss = client_of(office.coordinator)
    form = page(boss, f"/approvals/{asked}/edit")
    assert 'name="at-amount_minor"' in form
    assert "invoice_id" not in form

    shown = follow(boss, f"/approvals/{asked}/edit", {"at-amount_minor": "600.00", "at-reason": "partly right"})

    assert "Accepted with changes" in message(shown)
    assert document_by_number(office.entity_id, number).open_minor == 471_00
    told = page(boss, f"/approvals/{asked}")
    assert "What was accepted instead" in told
    assert "€600.00" in told


def test_no_comes_with_a_reason_its_maker_reads(office: Office, asked: int) -> None:
    boss = client_of(office.coordinator)
    assert "Say why" in refused(boss, f"/approvals/{asked}/refuse", {"reason": ""})

    follow(boss, f"/approvals/{asked}/refuse", {"reason": "the price was right"})

    assert "the price was right" in page(client_of(office.specialist), f"/approvals/{asked}")


def test_who_asked_takes_it_back(office: Office, asked: int) -> None:
    shown = follow(client_of(office.specialist), f"/approvals/{asked}/withdraw")

    assert "Withdrawn" in message(shown)
    assert proposals(office.entity_id) == []


def test_who_asked_does_not_decide(office: Office, asked: int) -> None:
    shown = refused(client_of(office.specialist), f"/approvals/{asked}/accept")

    assert "Somebody else must decide" in shown
    assert "Coordinator" in shown


def test_another_office_finds_nothing_there(asked: int) -> None:
    stranger: Client = client_of(open_office().coordinator)

    assert stranger.get(f"/approvals/{asked}").status_code == 404
    assert stranger.post(f"/approvals/{asked}/accept").status_code == 404


def test_what_a_page_does_in_several_steps_is_kept_too(office: Office) -> None:
    user_id = create_user(f"new{office.entity_id}@example.com", "Newcomer")
    grant_role(user_id, "specialist", is_trainee=True, by=office.system)
    opened(office, name="Large")
    form = {"account": "Large", "issued_on": "2026-11-02", "description_1": "Machine", "price_1": "90"}

    shown = follow(client_of(actor_of(user_id, office.entity_id)), "/invoices/new", form)

    assert message(shown).startswith("Sent for approval to")
    assert [row.made_by_name for row in proposals(office.entity_id)] == ["Newcomer"]
