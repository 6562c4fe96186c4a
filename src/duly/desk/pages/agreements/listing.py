"""The list of agreements, newest first."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.http import HttpRequest, HttpResponseBase

from duly.commercial.queries import LAST, AgreementRow
from duly.desk.queries.agreements import AgreementFilter, find_agreements
from duly.desk.web.acting import day_of
from duly.desk.web.export import kind_asked, table_file
from duly.desk.web.filters import Filter, Narrowed, narrow
from duly.desk.web.frame import signed_in
from duly.desk.web.page import page
from duly.desk.web.paging import LIMIT, Sort, cursor_of, found_text, page_of
from duly.desk.web.render import render
from duly.formats.tabular.write import Column
from duly.receivables.queries import account_by_number

STANDINGS = {"in_force": "In force", "to_come": "Not begun yet", "ended": "Ended"}
FILTERS = (
    Filter("q", "Number, or how the customer’s name begins", chip="“%s”"),
    Filter("account", "Account number", chip="Account %s"),
    Filter("words", "Words of its name", chip="Name: %s"),
    Filter("state", "How it stands", "choice", STANDINGS, chip="%s"),
)
NEWEST = Sort("id", descending=True)
EXPORT_STEP = 2000
COLUMNS = (
    Column("Number"),
    Column("Name"),
    Column("Account"),
    Column("Customer"),
    Column("Currency"),
    Column("Since", "date"),
    Column("Until", "date"),
    Column("Bills"),
    Column("Lines", "int"),
    Column("Billed to", "date"),
)


def rhythm(unit: str, count: int) -> str:
    """Say how often something is billed."""
    if unit == "once":
        return "once"
    if (unit, count) == ("month", 12):
        return "every year"
    if (unit, count) == ("month", 3):
        return "every quarter"
    return f"every {unit}" if count == 1 else f"every {count} {unit}s"


def filter_of(narrowed: Narrowed, entity_id: int) -> AgreementFilter:
    """Return what the address narrows the list to."""
    number = narrowed.values["account"]
    return AgreementFilter(
        q=narrowed.values["q"] or "",
        account_id=account_by_number(entity_id, number).id if number else None,
        words=narrowed.values["words"] or "",
        standing=narrowed.values["state"],
    )


@page("GET", right="books.view")
def show_list(request: HttpRequest) -> HttpResponseBase:
    """Show agreements 50 at a time, or give the list as a file."""
    actor = signed_in(request)
    narrowed = narrow(request, FILTERS, actor)
    where = filter_of(narrowed, actor.entity_id)
    today = day_of(actor)

    def rows_before(before: int, limit: int) -> list[AgreementRow]:
        return find_agreements(actor.entity_id, where, today, before=before, limit=limit)

    if kind_asked(request):
        actor.require("exports.run")
        return table_file(request, f"agreements-{day_of(actor)}", COLUMNS, file_rows(rows_before))
    cursor = cursor_of(request, NEWEST)
    rows = rows_before(cursor.after_id or LAST, LIMIT)
    shown = page_of(request, rows, NEWEST, key=lambda row: row.id, row_id=lambda row: row.id)
    found = "" if shown.more or shown.first_url else found_text(len(shown.rows))
    context = {"page": shown, "narrowed": narrowed, "found": found, "today": day_of(actor), "rhythm": rhythm}
    return render(request, "agreements/list.html", context)


def file_rows(rows_before: Callable[[int, int], list[AgreementRow]]) -> Iterator[tuple[object, ...]]:
    """Yield the whole list as rows of a file."""

    before = LAST
    while rows := rows_before(before, EXPORT_STEP):
        for row in rows:
            yield (
                row.number, row.name, row.account_number, row.account_name, row.currency, row.starts_on, row.ends_on,
                rhythm(row.interval_unit, row.interval_count), row.lines, row.billed_to,
            )  # fmt: skip
        before = rows[-1].id
