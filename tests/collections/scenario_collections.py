"""The words of collections for tests: who owes since when, what a run does about it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection

from duly.collections.actions.plan_run import plan_dunning
from duly.collections.jobs import release_dunning, work_dunning
from duly.collections.models import Run
from duly.collections.queries.runs import LeftOut, Letter, left_out_of, letters_of
from duly.parties.actions import NewParty, create_parties
from duly.receivables.actions.accounts import NewAccount, open_accounts
from tests.payments.scenario_money import owe
from tests.scenario import BOOKS_OPEN, Office

__all__ = ["at_clock", "customer", "dun", "left_out", "letters", "owe", "rows", "value"]


def customer(office: Office, name: str = "Ann", **more: Any) -> int:
    """A customer with one account; a person in Germany unless said otherwise. Returns the account's id."""
    party = {"kind": "business", "country": "DE", "region": "", "phone": "", **more}
    email = party.pop("email", f"{name.lower().replace(' ', '.')}@example.com")
    terms = {key: party.pop(key) for key in ("delivery", "language", "currency") if key in party}
    party_id = party.pop("party_id", None)
    if party_id is None:
        wanted = NewParty(name=name, email=email, street="Main St 1", postal_code="10115", city="Berlin", **party)
        [party_id] = create_parties([wanted], by=office.system)
    account = NewAccount(
        party_id=party_id,
        name=name,
        billing_email=email,
        opened_on=BOOKS_OPEN,
        **{"currency": "EUR", **terms},
    )
    return open_accounts([account], by=office.system)[0]


def dun(office: Office, through: date, *, release: bool = True, accounts: list[int] | None = None) -> Run:
    """Plan a run through a day, which is today, and unless told not to, release it."""
    run_id = plan_dunning(through, today=through, by=office.system, account_ids=accounts)
    run = work_dunning(run_id, today=through, by=office.system)
    assert run.state == "planned"
    return release_dunning(run_id, today=through, by=office.system) if release else run


def letters(office: Office, run: Run) -> list[Letter]:
    """The letters of a run."""
    return letters_of(office.entity_id, run.id, limit=None)


def left_out(office: Office, run: Run) -> list[LeftOut]:
    """Who a run left out."""
    return left_out_of(office.entity_id, run.id, limit=None)


@contextmanager
def at_clock(moment: datetime) -> Iterator[None]:
    """Let the office's clock stand at a moment."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DULY_NOW", moment.isoformat())
        yield


def rows(statement: str, *params: Any) -> list[tuple[Any, ...]]:
    """Read rows, for assertions."""
    with connection.cursor() as cursor:
        cursor.execute(statement, list(params))
        return list(cursor.fetchall())


def value(statement: str, *params: Any) -> Any:
    """Read one value, for assertions."""
    [[found]] = rows(statement, *params)
    return found
