"""The periods of the books: open or closed, and the checklist before one closes."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponseBase

from duly.desk.web.acting import acted, day_of
from duly.desk.web.frame import signed_in
from duly.desk.web.page import page, see_other
from duly.desk.web.render import render
from duly.desk.web.sentences import SENTENCES
from duly.desk.web.settings_tabs import settings_tabs
from duly.kernel.refusals import NotFound
from duly.ledger.actions import close_period, reopen_period
from duly.ledger.closing import checklist
from duly.ledger.queries import period, period_of, periods

SENTENCES.update(
    {
        "ledger.period_not_over": "{period} is not over yet: it ends on {ends_on}.",
        "ledger.period_does_not_tie": "{period} cannot close: not everything on its checklist ties.",
        "ledger.period_changed_meanwhile": "Somebody else changed this period meanwhile.",
        "ledger.closer_cannot_reopen": "{closed_by} closed it, so a second person has to open it again.",
        "ledger.later_period_is_closed": "{period} is closed too: open the latest one first.",
        "ledger.reason_missing": "Say why it is opened again.",
        "ledger.unknown_period": "There is no such period in these books.",
    }
)


@page("GET", right="books.view")
def show_periods(request: HttpRequest) -> HttpResponseBase:
    """Show the periods of a year, this one unless the address names another."""
    actor = signed_in(request)
    today = day_of(actor)
    found = periods(actor.entity_id)
    years = sorted({row.starts_on.year for row in found})
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdigit() else today.year
    context = {
        "periods": [row for row in found if row.starts_on.year == year],
        "years": years,
        "year": year,
        "today": today,
        "tabs": settings_tabs("/settings/periods", actor),
    }
    return render(request, "settings/periods.html", context)


@page("GET", right="books.view")
def show_month(request: HttpRequest, year: int, month: int) -> HttpResponseBase:
    """Lead from a month, as documents and reports name it, to its period."""
    try:
        first = date(year, month, 1)
    except ValueError as error:
        raise NotFound("ledger.unknown_period", period=f"{year}-{month}") from error
    return see_other(f"/settings/periods/{period_of(signed_in(request).entity_id, first).id}")


@page("GET", right="books.view")
def show_period(request: HttpRequest, period_id: int) -> HttpResponseBase:
    """Show a period with its checklist."""
    actor = signed_in(request)
    found = period(actor.entity_id, period_id)
    items = checklist(actor.entity_id, found) if found.state == "open" else []
    context = {
        "period": found,
        "checks": [
            {
                "ok": item.ties,
                "label": item.title,
                "text": "; ".join(item.open[:3]),
                "href": "" if item.ties else item.href,
            }
            for item in items
        ],
        "ties": all(item.ties for item in items),
        "is_over": found.ends_on < day_of(actor),
        "tabs": settings_tabs("/settings/periods", actor),
    }
    return render(request, "settings/period.html", context)


@page("POST", right="ledger.close")
def close(request: HttpRequest, period_id: int) -> HttpResponseBase:
    """Close a period once everything ties."""
    actor = signed_in(request)
    close_period(period_id, today=day_of(actor), by=actor)
    return acted(request, f"/settings/periods/{period_id}", "The period is closed. Its figures are sealed.")


@page("POST", right="ledger.reopen")
def reopen(request: HttpRequest, period_id: int) -> HttpResponseBase:
    """Open a closed period again; another person does it than the one who closed it."""
    actor = signed_in(request)
    reopen_period(period_id, reason=request.POST.get("reason", ""), by=actor)
    return acted(request, f"/settings/periods/{period_id}", "The period is open again.")
