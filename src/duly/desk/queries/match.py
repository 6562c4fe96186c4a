"""The match desk's numbers, its list, and finding what a line may pay."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from duly.desk.web.paging import Cursor
from duly.kernel.sql import fetch_sql, fetch_value
from duly.matching.models import DeskRow
from duly.matching.queries import desk
from duly.receivables.queries import OpenItem

HERE = "duly.desk"


@dataclass(frozen=True, slots=True)
class Standing:
    """Lines of one state, method and currency: how many, how much, since when."""

    state: str
    method: str
    currency: str
    lines: int
    amount_minor: int
    oldest_on: date


def standing(entity_id: int, since: date) -> list[Standing]:
    """Return what waits in each state, and what was done of the lines booked since a day."""
    return fetch_sql(HERE, "match/standing.sql", Standing, entity=entity_id, since=since)


@dataclass(frozen=True, slots=True)
class Ready:
    """The exact lines of one currency."""

    currency: str
    lines: int
    amount_minor: int
    ids: list[int]


def ready(entity_id: int, limit: int) -> list[Ready]:
    """Return the exact lines, as many as one act takes."""
    return fetch_sql(HERE, "match/ready.sql", Ready, entity=entity_id, limit=limit)


def rows(entity_id: int, state: str, *, cursor: Cursor, query: str | None, limit: int) -> list[DeskRow]:
    """Return a page of lines: done ones newest first, all others oldest first."""
    after = (cursor.after, cursor.after_id) if isinstance(cursor.after, date) and cursor.after_id is not None else None
    if state != "done":
        return desk(entity_id, state, after=after, limit=limit, query=query)
    day, last_id = after or (None, None)
    return fetch_sql(
        HERE,
        "match/done.sql",
        DeskRow,
        entity=entity_id,
        day=day,
        last_id=last_id,
        query=f"%{query}%" if query else None,
        limit=limit,
    )


def pays_after(entity_id: int, account_id: int) -> int | None:
    """Return after how many days the account usually pays; None while too little is known."""
    days = fetch_value(HERE, "match/pays_after.sql", entity=entity_id, account=account_id)
    return None if days is None else int(days)


def find_items(entity_id: int, text: str, currency: str, *, amount_minor: int | None) -> list[OpenItem]:
    """Return open items by document number or payment reference, by amount, or by how the account's name begins."""
    bare = text.strip()
    like = bare.lower().replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_") + "%"
    return fetch_sql(
        HERE,
        "match/find.sql",
        OpenItem,
        entity=entity_id,
        text=bare.upper(),
        reference="".join(bare.split()).upper(),
        begins=like if len(bare) >= 2 else None,
        amount=amount_minor,
        currency=currency,
    )
