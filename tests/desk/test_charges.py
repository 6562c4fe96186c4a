"""Charge review on the screen: each question with its comparison, answered by one form, undone by one."""

from __future__ import annotations

import csv
import io

import pytest
from django.test import Client

from duly.desk.queries.charges import SurpriseFilter, surprises
from duly.desk.web.paging import Cursor
from duly.events.queries import recent_events
from duly.invoicing.actions.charges import draft
from duly.invoicing.queries.charges import DraftFilter, drafts_page
from duly.kernel.refusals import NotFound
from tests.desk.scenario_billing import NORTHWIND, MonthEnd, follow, message, month_end, page, refused, undo
from tests.desk.scenario_desk import busy, client_of
from tests.scenario import Office


@pytest.fixture
def desk(office: Office) -> tuple[Client, MonthEnd]:
    return client_of(office.specialist), month_end(busy(office))


def doubled(made: MonthEnd) -> tuple[int, int]:
    """The question about the training day billed twice: its id and the charge's."""
    [found] = [s for s in surprises(made.entity_id, "open", SurpriseFilter(kind="doubled"), cursor=Cursor(), limit=9)]
    assert found.charge_id is not None
    return found.id, found.charge_id


def test_a_question_stands_beside_draft_agreement_and_last_invoice(desk: tuple[Client, MonthEnd]) -> None:
    client, made = desk
    asked, _ = doubled(made)

    shown = page(client, f"/charges?at={asked}")

    assert "Training day of" in shown
    assert "is there 2 times at 400.00 EUR" in shown
    assert "Draft, agreement, last invoice" in shown
    assert "Both are right" in shown
    assert "Remove one" in shown


def test_accepting_a_question_goes_on_to_the_next_and_undo_asks_again(desk: tuple[Client, MonthEnd]) -> None:
    client, made = desk
    asked, _ = doubled(made)
    before = len(surprises(made.entity_id, "open", SurpriseFilter(), cursor=Cursor(), limit=99))

    shown = follow(client, "/charges/decide", {"pick": asked, "decision": "accepted", "view": ""})

    assert message(shown).startswith("Accepted once: Northwind Trading Co.")
    assert len(surprises(made.entity_id, "open", SurpriseFilter(), cursor=Cursor(), limit=99)) == before - 1
    undo(client, shown)
    assert doubled(made)[0] == asked


@pytest.mark.parametrize(("decision", "tab", "word"), [("held", "held", "Held"), ("always", "decided", "For good")])
def test_a_decided_question_moves_to_its_tab(desk: tuple[Client, MonthEnd], decision: str, tab: str, word: str) -> None:
    client, made = desk
    asked, _ = doubled(made)

    follow(client, "/charges/decide", {"pick": asked, "decision": decision})

    shown = page(client, f"/charges?show={tab}")
    assert "Training day" in shown
    assert word in shown


def test_removing_the_double_takes_it_out_of_billing_and_answers_the_question(desk: tuple[Client, MonthEnd]) -> None:
    client, made = desk
    asked, charge = doubled(made)

    shown = follow(client, "/charges/dismiss", {"pick": charge, "surprise": asked, "note": "twice", "next": "/charges"})

    assert "taken out of billing" in message(shown)
    assert draft(made.entity_id, charge).dismissed_by == "Specialist"
    assert "twice" in page(client, "/charges/drafts?out=1")


def test_putting_a_draft_right_is_one_step_and_undo_asks_the_question_again(desk: tuple[Client, MonthEnd]) -> None:
    client, made = desk
    asked, charge = doubled(made)
    before = len(recent_events(made.entity_id, limit=500))
    form = {"pick": charge, "surprise": asked, "note": "twice", "next": "/charges"}

    shown = follow(client, "/charges/dismiss", form)

    assert len(recent_events(made.entity_id, limit=500)) == before + 1
    undo(client, shown)
    assert draft(made.entity_id, charge).dismissed_by is None
    assert doubled(made) == (asked, charge)


def test_editing_a_draft_for_its_question_is_one_step_too(desk: tuple[Client, MonthEnd]) -> None:
    client, made = desk
    asked, charge = doubled(made)
    was = draft(made.entity_id, charge)
    before = len(recent_events(made.entity_id, limit=500))
    form = {"description": "Training day two", "quantity": "1", "unit_price": "", "net": "125.00", "surprise": asked,
            "bill_on": was.bill_on, "note": "it was two days", "next": "/charges"}  # fmt: skip

    shown = follow(client, f"/charges/{charge}", form)

    assert len(recent_events(made.entity_id, limit=500)) == before + 1
    assert draft(made.entity_id, charge).description == "Training day two"
    undo(client, shown)
    assert draft(made.entity_id, charge).description == was.description
    assert doubled(made) == (asked, charge)


def test_taking_out_needs_a_reason(desk: tuple[Client, MonthEnd]) -> None:
    client, made = desk

    shown = refused(client, "/charges/dismiss", {"pick": doubled(made)[1]})

    assert "Say in a few words why this is not billed" in shown


def test_a_draft_is_changed_with_a_reason_and_keeps_what_was_agreed(desk: tuple[Client, MonthEnd]) -> None:
    client, made = desk
    _, charge = doubled(made)
    form = {"description": "Training day", "quantity": "1", "unit_price": "350", "net": "400.00", "note": "as promised"}

    shown = follow(client, f"/charges/{charge}", form | {"bill_on": draft(made.entity_id, charge).bill_on.isoformat()})

    assert draft(made.entity_id, charge).net_minor == 350_00
    undo(client, shown)
    assert draft(made.entity_id, charge).net_minor == 400_00


def test_a_wrong_change_keeps_what_was_typed(desk: tuple[Client, MonthEnd]) -> None:
    client, made = desk
    _, charge = doubled(made)

    shown = refused(client, f"/charges/{charge}", {"description": "Half a thou", "quantity": "many", "net": "1"})

    assert "Write a number like 12.5" in shown
    assert "Half a thou" in shown


def test_a_charge_by_hand_waits_as_a_draft_and_can_be_billed_at_once(desk: tuple[Client, MonthEnd]) -> None:
    client, made = desk
    number = made.busy.number(NORTHWIND)
    form = {"account": number, "item": "SEAT", "quantity": "3", "unit_price": "12", "bill_on": made.busy.today}

    shown = follow(client, "/charges/new", form)

    assert "waits for the next run" in message(shown)
    account_id = made.busy.accounts[NORTHWIND]
    newest = max(row.id for row in drafts_page(made.entity_id, DraftFilter(account_id=account_id)))
    assert draft(made.entity_id, newest).net_minor == 36_00


def test_an_account_may_be_named_by_its_beginning_and_doubt_is_said(desk: tuple[Client, MonthEnd]) -> None:
    client, made = desk
    form = {"item": "SEAT", "quantity": "1", "unit_price": "1", "bill_on": made.busy.today}

    assert "waits" in message(follow(client, "/charges/new", form | {"account": "northwind"}))
    assert "No account has this number" in refused(client, "/charges/new", form | {"account": "Nobody"})


def test_the_export_holds_exactly_the_questions_shown(desk: tuple[Client, MonthEnd]) -> None:
    client, _ = desk

    answer = client.get("/charges?kind=doubled&as=csv")

    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert [row[0] for row in rows[1:]] == ["Looks double"]
    assert rows[1][4] == "400.00"


def test_the_auditor_looks_and_does_not_decide(office: Office, desk: tuple[Client, MonthEnd]) -> None:
    _, made = desk
    auditor = client_of(office.auditor)

    assert "Training day" in page(auditor, "/charges")
    shown = refused(auditor, "/charges/decide", {"pick": doubled(made)[0], "decision": "accepted"})

    assert "Specialist" in shown


def test_a_draft_of_another_office_is_not_found(desk: tuple[Client, MonthEnd]) -> None:
    client, made = desk

    page(client, "/charges/999999", 404)
    with pytest.raises(NotFound):
        draft(made.entity_id + 1, doubled(made)[1])
