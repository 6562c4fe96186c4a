"""Work is what is held, once, in the order in which it should be done; whoever does it is never overwritten."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from duly.kernel.refusals import NotAllowed, Refused
from duly.office.actions import claim, finish, hand_over, pend, sync_work
from duly.office.models import Pick, Work
from duly.office.queries import Asked, queue_page, work
from duly.office.rules import KINDS
from duly.receivables.actions.accounts import NewHold, hold_accounts, release_holds
from tests.scenario import Office, account

DAY = date(2026, 11, 23)


def held(office: Office, until: date = DAY, *, reason: str = "They say the price is wrong", name: str = "Ann") -> Work:
    account_id = account(office, name=name)
    hold_accounts([NewHold(account_id, "all", reason, until, owner_id=office.specialist.user_id)], by=office.specialist)
    return next(one for one in waiting(office) if one.account_id == account_id)


def waiting(office: Office) -> list[Work]:
    return queue_page(office.entity_id, Asked(list(KINDS)), limit=50)


def pick(one: Work) -> list[Pick]:
    return [Pick(one.id, one.version)]


def test_a_hold_is_work_of_its_owner_as_soon_as_it_is_placed(office: Office) -> None:
    one = held(office)

    assert (one.kind, one.who, one.reason) == ("hold", "Ann", "They say the price is wrong")
    assert (one.owner_id, one.deadline_on, one.state) == (office.specialist.user_id, DAY, "open")


def test_releasing_the_hold_ends_the_work_and_names_who_did_it(office: Office) -> None:
    one = held(office)

    release_holds([one.subject_id], by=office.specialist)

    done = work(office.entity_id, one.id)
    assert (done.state, done.done_by_name) == ("done", "Specialist")
    assert waiting(office) == []
