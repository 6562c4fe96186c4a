"""Keyset paging: the next page starts after the last row shown, found by index; never OFFSET.

A list sorts by one indexed column and then by id. The cursor is that pair, signed, in the address. A query
takes `after` and `after_id` (None on the first page) and asks for `LIMIT` rows, one more than a page shows:

    where (%(after_id)s::bigint is null or (due_on, id) > (%(after)s, %(after_id)s))
    order by due_on, id limit %(limit)s
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Generic, TypeVar

from django.core import signing
from django.http import HttpRequest, QueryDict

from duly.kernel.refusals import BadInput

PAGE_SIZE = 50
LIMIT = PAGE_SIZE + 1
SALT = "duly.desk.paging"
Row = TypeVar("Row")
Key = str | int | date | datetime | Decimal | None
_WRITE: dict[type, str] = {
    bool: "i",
    int: "i",
    str: "s",
    Decimal: "n",
    date: "d",
    datetime: "t",
    type(None): "0",
}
_READ: dict[str, Callable[[str], Key]] = {
    "i": int,
    "s": str,
    "n": Decimal,
    "d": date.fromisoformat,
    "t": datetime.fromisoformat,
    "0": lambda _: None,
}


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page starts: after this sort key and this id; both None at the beginning."""

    after: Key = None
    after_id: int | None = None


@dataclass(frozen=True, slots=True)
class Sort:
    """The order of a list: a column name the query knows, and its direction."""

    column: str
    descending: bool = False

    def __str__(self) -> str:
        return f"-{self.column}" if self.descending else self.column


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """One page of a list: its rows and the address of the rest."""

    rows: Sequence[Row]
    sort: Sort
    more_url: str = ""
    first_url: str = ""
    query: str = ""

    @property
    def more(self) -> bool:
        """Whether more rows follow."""
        return bool(self.more_url)

    def sort_url(self, column: str) -> str:
        """Return the address that sorts by a column, turning the direction when it already does."""
        query = QueryDict(self.query, mutable=True)
        query.pop("after", None)
        query["sort"] = str(Sort(column, column == self.sort.column and not self.sort.descending))
        return f"?{query.urlencode()}"


def sort_of(request: HttpRequest, allowed: Sequence[str], *, default: str) -> Sort:
    """Read `?sort=`; anything that is no indexed column of the list falls back to the default ('-due_on')."""
    asked = request.GET.get("sort", default)
    if asked.lstrip("-") not in allowed:
        asked = default
    return Sort(asked.lstrip("-"), asked.startswith("-"))


def cursor_of(request: HttpRequest, sort: Sort) -> Cursor:
    """Read `?after=`. A cursor of another order or a forged one is refused."""
    text = request.GET.get("after")
    if not text:
        return Cursor()
    try:
        order, kind, key, row_id = signing.loads(text, salt=SALT)
    except signing.BadSignature as error:
        raise BadInput("desk.bad_cursor", remedy="Open the list again from its beginning") from error
    if order != str(sort):
        return Cursor()
    return Cursor(_READ[kind](key), row_id)


def cursor_text(sort: Sort, key: Key, row_id: int) -> str:
    """Write the signed cursor after one row."""
    shown = key.isoformat() if isinstance(key, date | datetime) else str(key)
    return signing.dumps([str(sort), _WRITE[type(key)], shown, row_id], salt=SALT)


def page_of(
    request: HttpRequest,
    rows: Sequence[Row],
    sort: Sort,
    *,
    key: Callable[[Row], Key],
    row_id: Callable[[Row], int],
) -> Page[Row]:
    """Cut the rows fetched with `LIMIT` to one page and name the address of the next."""
    shown = rows[:PAGE_SIZE]
    query = request.GET.copy()
    started = query.pop("after", None)
    more_url = ""
    if len(rows) > PAGE_SIZE:
        following: Any = query.copy()
        following["after"] = cursor_text(sort, key(shown[-1]), row_id(shown[-1]))
        more_url = f"?{following.urlencode()}"
    return Page(shown, sort, more_url, f"?{query.urlencode()}" if started else "", query.urlencode())


def found_text(count: int, cap: int = 10_000) -> str:
    """Say how many were found, from a count capped at `cap + 1`: '10,000+ found'."""
    return f"{cap:,}+ found" if count > cap else f"{count:,} found"
