"""Accounts: one by number or id, and the list with what each owes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from duly.kernel.refusals import NotFound
from duly.kernel.sql import fetch_one, fetch_sql
from duly.receivables.models import Account, Hold

HERE = "duly.receivables"


@dataclass(frozen=True, slots=True)
class AccountRow:
    """A line of the account list; amounts are minor units of the account's currency."""

    id: int
    number: str
    name: str
    sort_key: str
    currency: str
    state: str
    owner_id: int | None
    balance_minor: int
    past_due_minor: int
    oldest_due_on: date | None
    open_items: int
    held: bool


@dataclass(frozen=True, slots=True)
class AccountFilter:
    """What the account list is narrowed to; `begins` finds names (or numbers, when sorted by number) by
    beginning."""

    begins: str = ""
    state: str | None = None
    owner_id: int | None = None
    past_due_only: bool = False
    held_only: bool = False


def accounts_page(
    entity_id: int,
    today: date,
    *,
    where: AccountFilter | None = None,
    sort: str = "name",
    after: tuple[str, int] | None = None,
    limit: int = 50,
) -> list[AccountRow]:
    """Return the next accounts in order of `sort` (name or number) after a (sort_key, id)."""
    assert sort in ("name", "number")
    where = where or AccountFilter()
    begins = where.begins.strip().lower() if sort == "name" else where.begins.strip()
    return fetch_sql(
        HERE,
        f"read/accounts_by_{sort}.sql",
        AccountRow,
        entity=entity_id,
        today=today,
        prefix=_like(begins) if begins else None,
        state=where.state,
        owner=where.owner_id,
        past_due_only=where.past_due_only,
        held_only=where.held_only,
        after_key=after[0] if after else None,
        after_id=after[1] if after else None,
        limit=limit,
    )


def _like(begins: str) -> str:
    return begins.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_") + "%"


def account(entity_id: int, account_id: int) -> Account:
    """Return one account; NotFound when the entity has none of that id."""
    found = fetch_one(HERE, "read/account.sql", Account, entity=entity_id, id=account_id, number=None)
    if found is None:
        raise NotFound("receivables.unknown_account", account=account_id)
    return found


def account_by_number(entity_id: int, number: str) -> Account:
    """Return one account by its number; NotFound when there is none."""
    found = fetch_one(HERE, "read/account.sql", Account, entity=entity_id, id=None, number=number)
    if found is None:
        raise NotFound("receivables.unknown_account", number=number)
    return found


def holds_of(entity_id: int, account_id: int, *, current_only: bool = True) -> list[Hold]:
    """Return the account's holds, newest first."""
    return fetch_sql(HERE, "read/holds.sql", Hold, entity=entity_id, account=account_id, current_only=current_only)
