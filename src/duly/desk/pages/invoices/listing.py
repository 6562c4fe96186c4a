"""All invoices and credit notes, narrowed by what people ask for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponseBase

from duly.desk.queries import invoices as queries
from duly.desk.web.acting import day_of
from duly.desk.web.export import kind_asked, table_file
from duly.desk.web.filters import Filter, Narrowed, narrow
from duly.desk.web.finding import account_filter, pages_of
from duly.desk.web.frame import signed_in
from duly.desk.web.notation import money_text
from duly.desk.web.page import page
from duly.desk.web.paging import LIMIT, Cursor, Sort, cursor_of, found_text, page_of
from duly.desk.web.render import render
from duly.formats.tabular.write import Column
from duly.invoicing.queries.documents import DocumentFilter
from duly.invoicing.queries.runs import run
from duly.kernel.actor import Actor

STATES = {
    "open": "Open",
    "overdue": "Overdue",
    "settled": "Settled",
    "voided": "Voided",
    "undelivered": "Not delivered",
}
KINDS = {"invoice": "Invoices", "credit_note": "Credit notes"}
FILTERS = (
    Filter("state", "State", "choice", STATES, chip="%s"),
    Filter("kind", "Kind", "choice", KINDS, chip="%s"),
    Filter("account", "Account number", chip="Account %s"),
    Filter("run", "Bill run", chip="Run %s"),
    Filter("from", "Dated from", "date", chip="From %s"),
    Filter("to", "Dated to", "date", chip="To %s"),
)
VIEWS = [
    ("Everything", ""),
    ("Open", "state=open"),
    ("Overdue", "state=overdue"),
    ("Credit notes", "kind=credit_note"),
    ("Not delivered", "state=undelivered"),
]
COLUMNS = (
    Column("Number"),
    Column("Kind"),
    Column("Account"),
    Column("Name"),
    Column("Dated", "date"),
    Column("Due", "date"),
    Column("Net", "money", "Currency"),
    Column("Tax", "money", "Currency"),
    Column("Total", "money", "Currency"),
    Column("Open", "money", "Currency"),
    Column("Currency"),
    Column("Order number"),
    Column("Delivery"),
)


@page("GET", right="books.view")
def show(request: HttpRequest) -> HttpResponseBase:
    """Show the documents, newest first; what is open by its due day."""
    actor = signed_in(request)
    today = day_of(actor)
    narrowed = narrow(request, FILTERS, actor, views=VIEWS)
    wanted = filter_of(narrowed, actor)
    if kind_asked(request):
        return table_file(request, "invoices", COLUMNS, file_rows(actor, wanted, today))
    sort = Sort("due_on") if queries.by_due(wanted) else Sort("issued_on", descending=True)
    rows = queries.invoices(actor.entity_id, wanted, today=today, cursor=cursor_of(request, sort), limit=LIMIT)
    listed = page_of(request, rows, sort, key=lambda row: getattr(row, sort.column), row_id=lambda row: row.id)
    count = queries.count_invoices(actor.entity_id, wanted, today=today)
    return render(
        request,
        "invoices/list.html",
        {
            "narrowed": narrowed,
            "page": listed,
            "today": today,
            "found": "" if count is None else found_text(count),
            "sums": sums_of(listed.rows, actor.language),
        },
    )


def filter_of(narrowed: Narrowed, actor: Actor) -> DocumentFilter:
    wanted = DocumentFilter(
        account_id=account_filter(narrowed, actor.entity_id),
        kind=narrowed.values["kind"],
        state=narrowed.values["state"],
        from_on=narrowed.values["from"],
        to_on=narrowed.values["to"],
    )
    text = str(narrowed.values["run"] or "")
    if not (text.isascii() and text.isdigit()):
        return wanted
    # All documents of a run are of one day, and the day has the index.
    issued_on = run(actor.entity_id, int(text)).issued_on
    return replace(wanted, run_id=int(text), from_on=issued_on, to_on=issued_on)


def sums_of(rows: Any, language: str) -> str:
    """Say what is open of the lines shown, a currency at a time."""
    sums: dict[str, int] = {}
    for row in rows:
        sums[row.currency] = sums.get(row.currency, 0) + (row.open_minor or 0)
    shown = ", ".join(money_text(minor, currency, language) for currency, minor in sums.items())
    return f"Open of these: {shown}" if shown else ""


def file_rows(actor: Actor, wanted: DocumentFilter, today: date) -> Iterator[tuple[Any, ...]]:
    """Yield every document that fits, for a file."""
    column = "due_on" if queries.by_due(wanted) else "issued_on"

    def fetch(after: Cursor | None) -> Any:
        return queries.invoices(actor.entity_id, wanted, today=today, cursor=after or Cursor(), limit=2000)

    for row in pages_of(fetch, lambda last: Cursor(getattr(last, column), last.id)):
        yield (
            *(row.number, KINDS[row.kind][:-1], row.account_number, row.account_name, row.issued_on, row.due_on),
            *(row.net_minor, row.tax_minor, row.total_minor, row.open_minor or 0, row.currency, row.po_number),
            row.delivery_state or row.delivery,
        )
