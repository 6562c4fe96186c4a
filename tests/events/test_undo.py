"""One act leaves one event; undo reverses it whole, once, by the right of what it does."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from duly.events.actions import undo
from duly.events.queries import events_about, events_of_account, recent_events
from duly.kernel.refusals import NotAllowed, NotFound, Refused
from duly.receivables.actions.accounts import NewHold, change_account, hold_accounts, release_holds
from tests.scenario import Office, account, open_office

TODAY = date(2026, 1, 31)


def value(query: str, *params: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(query, params)
        return cursor.fetchone()[0]


def test_an_act_leaves_one_event_on_the_account_s_timeline(office: Office) -> None:
    ann = account(office)

    change_account(ann, {"terms_days": 14}, version=1, by=office.specialist)

    latest = events_of_account(office.entity_id, ann)[0]
    assert (latest.action, latest.actor, latest.summary) == ("accounts.change", "Specialist", "Changed terms days")
    assert latest.facts["before"] == {"terms_days": 30}
    assert [event.id for event in events_about(office.entity_id, "account", ann)][-1] == latest.id


def test_undo_brings_back_what_was(office: Office) -> None:
    ann = account(office)
    change_account(ann, {"terms_days": 14}, version=1, by=office.specialist)
    done = recent_events(office.entity_id)[0]

    undo(done.id, by=office.specialist, today=TODAY)

    assert value("select terms_days from receivables_account where id = %s", ann) == 30
    undone = recent_events(office.entity_id)[0]
    assert (undone.undo_of, undone.summary) == (done.id, "Undone: Changed terms days")


def test_nothing_is_undone_twice(office: Office) -> None:
    ann = account(office)
    hold_accounts([NewHold(ann, "billing", "address unclear", TODAY)], by=office.specialist)
    done = recent_events(office.entity_id)[0]
    undo(done.id, by=office.specialist)

    with pytest.raises(Refused, match=r"events\.undone_already"):
        undo(done.id, by=office.specialist)

    assert value("select count(*) from receivables_hold where released_at is null") == 0


def test_undo_asks_for_the_right_of_what_it_does(office: Office) -> None:
    ann = account(office)
    hold_accounts([NewHold(ann, "billing", "address unclear", TODAY)], by=office.specialist)
    done = recent_events(office.entity_id)[0]

    with pytest.raises(NotAllowed, match=r"access\.right_missing"):
        undo(done.id, by=office.accountant)

    assert value("select count(*) from receivables_hold where released_at is null") == 1


def test_another_tenant_s_event_is_not_there(office: Office) -> None:
    other = open_office()
    ann = account(office)
    hold_accounts([NewHold(ann, "billing", "address unclear", TODAY)], by=office.specialist)
    done = recent_events(office.entity_id)[0]

    with pytest.raises(NotFound):
        undo(done.id, by=other.specialist)


def test_a_change_that_somebody_else_made_meanwhile_is_not_overwritten(office: Office) -> None:
    ann = account(office)
    change_account(ann, {"terms_days": 14}, version=1, by=office.specialist)

    with pytest.raises(Refused, match=r"accounts\.changed_meanwhile"):
        change_account(ann, {"terms_days": 60}, version=1, by=office.coordinator)


def test_releasing_twice_releases_once(office: Office) -> None:
    ann = account(office)
    ids = hold_accounts([NewHold(ann, "billing", "address unclear", TODAY)], by=office.specialist)

    assert release_holds(ids, by=office.specialist) == 1
    assert release_holds(ids, by=office.specialist) == 0


@pytest.mark.parametrize("statement", ["update events_event set summary = 'x'", "delete from events_event"])
def test_what_happened_cannot_be_changed_afterwards(office: Office, statement: str) -> None:
    account(office)

    with pytest.raises(DatabaseError, match="never changed or deleted"), transaction.atomic():
        value(f"{statement} returning id")
