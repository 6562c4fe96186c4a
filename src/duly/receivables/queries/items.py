"""Open items and what settles them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from duly.kernel.refusals import NotFound
from duly.kernel.sql import fetch_one, fetch_sql, stream_sql

HERE = "duly.receivables"


@dataclass(frozen=True, slots=True)
class OpenItem:
    """A document of an account with what is open of it; owed to us positive, minor units."""

    id: int
    account_id: int
    account_number: str
    account_name: str
    kind: str
    document_id: int
    number: str
    currency: str
    issued_on: date
    due_on: date
    amount_minor: int
    open_minor: int
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class Settlement:
    """One allocation as seen from an item: which other item, how much, when, why; a mirror has
    `reverses_id`."""

    allocation_id: int
    item_id: int
    other_item_id: int
    other_kind: str
    other_document_id: int
    other_number: str
    amount_minor: int
    currency: str
    effective_on: date
    reason: str
    reverses_id: int | None
    taken_back: bool


def open_items_page(
    entity_id: int,
    *,
    past_due_on: date | None = None,
    kinds: list[str] | None = None,
    after: tuple[date, int] | None = None,
    limit: int = 50,
) -> list[OpenItem]:
    """Return the next open items in order of due day and id; with `past_due_on`, only those due before that
    day."""
    return fetch_sql(
        HERE,
        "read/open_items_page.sql",
        OpenItem,
        entity=entity_id,
        past_due_on=past_due_on,
        kinds=kinds,
        after_due=after[0] if after else None,
        after_id=after[1] if after else None,
        limit=limit,
    )


def stream_open_items(entity_id: int, as_of: date) -> Iterator[OpenItem]:
    """Yield every item open at the end of a day with what was open then, in order of account; needs a
    transaction."""
    return stream_sql(HERE, "read/open_items_as_of.sql", OpenItem, entity=entity_id, as_of=as_of)


def items_of_account(entity_id: int, account_id: int, *, open_only: bool = True) -> list[OpenItem]:
    """Return the account's items, oldest first; open ones only unless asked."""
    return fetch_sql(
        HERE, "read/items_of_account.sql", OpenItem, entity=entity_id, account=account_id, open_only=open_only
    )


def item_of_document(entity_id: int, kind: str, document_id: int) -> OpenItem:
    """Return the item a document became; NotFound when it never became one (a zero invoice)."""
    found = fetch_one(HERE, "read/item_of_document.sql", OpenItem, entity=entity_id, kind=kind, document_id=document_id)
    if found is None:
        raise NotFound("receivables.unknown_item", kind=kind, document=document_id)
    return found


def settlements_of(entity_id: int, item_ids: list[int]) -> list[Settlement]:
    """Return what settles these items, in the order it happened, mirrors included."""
    return fetch_sql(HERE, "read/settlements.sql", Settlement, entity=entity_id, ids=item_ids)
