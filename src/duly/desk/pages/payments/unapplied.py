"""Money nobody's document has: whose it is, since when, and who looks after it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponseBase

from duly.desk.pages.payments.bank import tabs_of
from duly.desk.web.acting import day_of
from duly.desk.web.export import kind_asked, table_file
from duly.desk.web.filters import Filter, narrow
from duly.desk.web.finding import names_of, pages_of
from duly.desk.web.frame import signed_in
from duly.desk.web.page import page
from duly.desk.web.paging import LIMIT, Sort, cursor_of, page_of
from duly.desk.web.render import render
from duly.formats.tabular.write import Column
from duly.kernel.actor import Actor
from duly.payments.models import UnappliedCash
from duly.payments.queries import unapplied_cash

FILTERS = (Filter("mine", "Mine only", "flag", chip="Mine"),)
VIEWS = [("Everybody’s", ""), ("Mine", "mine=1")]
COLUMNS = (
    Column("Receipt"),
    Column("Account"),
    Column("Name"),
    Column("Received", "date"),
    Column("Days", "int"),
    Column("Amount", "money", "Currency"),
    Column("Not applied", "money", "Currency"),
    Column("Account owes", "money", "Currency"),
    Column("Currency"),
    Column("Owner"),
)


@page("GET", right="books.view")
def show(request: HttpRequest) -> HttpResponseBase:
    """Show money not applied, oldest first."""
    actor = signed_in(request)
    today = day_of(actor)
    narrowed = narrow(request, FILTERS, actor, views=VIEWS)
    owner = actor.user_id if narrowed.values["mine"] else None
    people = names_of(actor.entity_id, today)
    if kind_asked(request):
        return table_file(request, "not-applied", COLUMNS, file_rows(actor, owner, today, people))
    sort = Sort("received_on")
    cursor = cursor_of(request, sort)
    after = (cursor.after, cursor.after_id) if isinstance(cursor.after, date) and cursor.after_id is not None else None
    rows = unapplied_cash(actor.entity_id, as_of=today, owner_id=owner, after=after, limit=LIMIT)
    listed = page_of(request, rows, sort, key=lambda row: row.received_on, row_id=lambda row: row.item_id)
    context = {"narrowed": narrowed, "page": listed, "people": people, "tabs": tabs_of("unapplied")}
    return render(request, "payments/unapplied.html", context)


def file_rows(actor: Actor, owner: int | None, today: date, people: dict[int, str]) -> Iterator[tuple[Any, ...]]:
    """Yield all money not applied, for a file."""

    def fetch(after: tuple[date, int] | None) -> list[UnappliedCash]:
        return unapplied_cash(actor.entity_id, as_of=today, owner_id=owner, after=after, limit=2000)

    for row in pages_of(fetch, lambda last: (last.received_on, last.item_id)):
        yield (
            *(row.number or "", row.account_number, row.account_name, row.received_on, row.days_old),
            *(row.amount_minor * -1, -row.open_minor, row.owed_minor, row.currency),
            people.get(row.owner_id or 0, ""),
        )
