"""Naming an account in a field: its number, or the beginning of its name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from duly.access.queries import members
from duly.desk.web.filters import Narrowed
from duly.desk.web.forms import Form
from duly.kernel.actor import Actor
from duly.kernel.refusals import NotFound
from duly.receivables.models import Account
from duly.receivables.queries import AccountFilter, account, account_by_number, accounts_page

MOST_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Found:
    """What a typed name stands for: one account, or several to choose from, or nothing."""

    account: Account | None
    others: Sequence[str] = ()


def find_account(entity_id: int, text: str, today: date) -> Found:
    """Look an account up by its number, else by the beginning of its name."""
    number = text.split(" · ")[0].strip()
    try:
        return Found(account_by_number(entity_id, number))
    except NotFound:
        pass
    rows = accounts_page(entity_id, today, where=AccountFilter(begins=text.strip()), limit=MOST_SHOWN + 1)
    if len(rows) == 1:
        return Found(account(entity_id, rows[0].id))
    return Found(None, [f"{row.number} · {row.name}" for row in rows[:MOST_SHOWN]])


def account_in(form: Form, actor: Actor, today: date, name: str = "account", label: str = "Account") -> Account | None:
    """Read the account a form names; what is unclear is said beside the field, with the candidates."""
    text = form.text(name, label)
    if not text:
        return None
    found = find_account(actor.entity_id, text, today)
    if found.account is None and found.others:
        form.blame(name, label, "Several begin like this, write the number of one: " + "; ".join(found.others))
    elif found.account is None:
        form.blame(name, label, "No account has this number, and no name begins like this")
    return found.account


def account_filter(narrowed: Narrowed, entity_id: int, name: str = "account") -> int | None:
    """Return the id of the account a filter names by number; one that does not exist is noted as wrong."""
    number: Any = narrowed.values.get(name)
    if not number:
        return None
    try:
        return account_by_number(entity_id, str(number).strip()).id
    except NotFound:
        errors: Any = narrowed.errors
        errors[name] = "There is no account with this number"
        return -1


def names_of(entity_id: int, today: date) -> dict[int, str]:
    """Return who works here, by id: for showing who owns what."""
    return {member.user_id: member.name for member in members(entity_id)}


def pages_of(fetch: Any, key: Any) -> Iterator[Any]:
    """Yield every row of a list for an export: `fetch(after)` gives the next rows, `key(row)` where to go on."""
    after = None
    while rows := fetch(after):
        yield from rows
        after = key(rows[-1])
