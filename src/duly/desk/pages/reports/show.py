"""Every report the same way: parameters in the address, chart and table, totals, proof, export."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from tempfile import SpooledTemporaryFile
from typing import Any

from django.core import signing
from django.db import transaction
from django.http import FileResponse, HttpRequest, HttpResponseBase

from duly.desk.web.acting import day_of
from duly.desk.web.export import IN_MEMORY_BYTES, KINDS, kind_asked
from duly.desk.web.forms import Form
from duly.desk.web.frame import signed_in
from duly.desk.web.notation import parse_date
from duly.desk.web.page import page
from duly.desk.web.paging import PAGE_SIZE
from duly.desk.web.render import render
from duly.desk.web.sentences import SENTENCES
from duly.desk.web.svg import Series
from duly.kernel.actor import Actor
from duly.kernel.refusals import BadInput
from duly.reports.exports import write_report
from duly.reports.models import Chart, Cursor, Report, ReportColumn, Row
from duly.reports.queries import KINDS as REPORTS
from duly.reports.queries import report

SENTENCES.update(
    {
        "reports.unknown": "There is no such report.",
        "reports.parameter_unreadable": "The report cannot be asked like this: {problem}.",
        "receivables.unknown_account": "There is no account of this number.",
        "ledger.unknown_account": "The chart has no such account.",
    }
)
SALT = "duly.desk.reports"
GROUPS = {
    "receivables": ("Receivables", "accounts"),
    "cash": ("Money in", "payments"),
    "collecting": ("Getting paid", "collections"),
    "control": ("Control", "shield"),
    "revenue": ("Revenue and tax", "chart"),
    "books": ("Books", "ledger"),
    "lists": ("Whole lists", "table"),
}


FITTING: dict[str, tuple[type, ...]] = {"money": (int,), "int": (int,), "date": (date,), "decimal": (Decimal, int)}


@page("GET", right="books.view")
def show_all(request: HttpRequest) -> HttpResponseBase:
    """Show which reports there are, by what they are about."""
    groups = [
        (title, icon, [kind for kind in REPORTS if kind.group == group]) for group, (title, icon) in GROUPS.items()
    ]
    return render(request, "reports/list.html", {"groups": groups})


@page("GET", right="books.view")
def show_one(request: HttpRequest, name: str) -> HttpResponseBase:
    """Show a report, or give it as a file."""
    actor = signed_in(request)
    if name == "statement" and not request.GET.get("account", "").strip():
        return render(request, "reports/statement.html", {"form": Form(None, actor)})
    found = report(actor.entity_id, name, today=day_of(actor), values=values_of(request, actor))
    if kind := kind_asked(request):
        actor.require("exports.run")
        return file_of(found, kind)
    after = cursor_of(request, found)
    # Rows stream through a server-side cursor, which lives in a transaction.
    with transaction.atomic():
        part = found.page(after, PAGE_SIZE)
    shown = [column for column in found.columns if not column.hidden]
    context = {
        "report": found,
        "columns": shown,
        "rows": [cells_of(found, row) for row in part.rows],
        "totals": [cells_of(found, row, linked=False) for row in found.totals],
        "charts": charts_of(found.chart),
        "more_url": address(request, after=signing.dumps([found.name, *part.next], salt=SALT)) if part.next else "",
        "first_url": address(request, after="") if after else "",
        "full": len(part.rows) == PAGE_SIZE and part.next is None and found.page_of is None,
        "kept": {name: value for name, value in request.GET.items() if name not in ("after", "as")},
    }
    return render(request, "reports/report.html", context)


def values_of(request: HttpRequest, actor: Actor) -> dict[str, str]:
    """Return the address's parameters; days may be written as the reader writes them."""
    values = {name: str(value) for name, value in request.GET.items() if name not in ("after", "as")}
    for name in ("as_of", "from", "to"):
        if values.get(name):
            try:
                values[name] = parse_date(values[name], actor.language).isoformat()
            except ValueError as error:
                raise BadInput("reports.parameter_unreadable", problem=str(error)) from error
    return values


def cursor_of(request: HttpRequest, found: Report) -> Cursor | None:
    """Read where the page starts; a cursor of another report or a forged one is refused."""
    text = request.GET.get("after")
    if not text:
        return None
    try:
        name, *key = signing.loads(text, salt=SALT)
    except signing.BadSignature as error:
        raise BadInput("desk.bad_cursor", remedy="Open the report again from its beginning") from error
    return tuple(str(part) for part in key) if name == found.name else None


def address(request: HttpRequest, **changes: str) -> str:
    """Return the report's own address with some parameters changed."""
    query = request.GET.copy()
    query.pop("as", None)
    for name, value in changes.items():
        query.pop(name, None)
        if value:
            query[name] = value
    return f"?{query.urlencode()}"


def file_of(found: Report, kind: str) -> FileResponse:
    """Give a report as a typed file; written to disk on the way, so any number of rows passes."""
    out: Any = SpooledTemporaryFile(max_size=IN_MEMORY_BYTES)  # noqa: SIM115  closed by the response
    write_report(found, out, ending=kind)
    out.seek(0)
    name = f"{found.name}-{found.as_of}.{kind}"
    return FileResponse(out, as_attachment=True, filename=name, content_type=KINDS[kind])


def cells_of(found: Report, row: Row, *, linked: bool = True) -> list[dict[str, Any]]:
    """Return the shown cells of a row: column, value, currency of an amount, address; a total leads nowhere."""
    links = found.links(row) if linked else {}
    values = dict(zip((column.name for column in found.columns), row, strict=True))
    return [
        {
            "column": column,
            "kind": kind_of(column, values[column.name]),
            "value": values[column.name],
            "currency": values.get(column.currency_field or "", ""),
            "href": links.get(column.name, ""),
        }
        for column in found.columns
        if not column.hidden
    ]


def kind_of(column: ReportColumn, value: object) -> str:
    """Return how a cell is written: by its column, and as text where the value is of another kind."""
    if value is None or value == "":
        return "none"
    fits = FITTING.get(column.kind)
    return column.kind if fits is None or isinstance(value, fits) else "text"


def charts_of(chart: Chart | None) -> Sequence[dict[str, Any]]:
    """Return one drawing a currency: bars on one scale, or columns side by side."""
    if chart is None:
        return []
    drawn = []
    for currency in dict.fromkeys(series.currency for series in chart.series):
        own = [series for series in chart.series if series.currency == currency]
        begun = [at for at in range(len(chart.labels)) if any(series.values[at] for series in own)]
        if not begun:
            continue
        # Months before the first figure say nothing, and on a phone they are all that would be seen.
        first = begun[0] if chart.kind == "columns" else 0
        drawn.append(
            {
                "kind": chart.kind,
                "currency": currency,
                "unit": chart.unit,
                "labels": chart.labels[first:],
                "bars": list(zip(chart.labels, own[0].values, strict=True)),
                "series": [Series(series.name, series.values[first:], i % 6 + 1) for i, series in enumerate(own)],
            }
        )
    return drawn
