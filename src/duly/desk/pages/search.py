"""One search over everything people look for; a single hit is opened at once."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.urls import path

from duly.desk.queries.search import search
from duly.desk.web.frame import signed_in
from duly.desk.web.page import page, see_other
from duly.desk.web.render import render

KINDS = {
    "invoice": "Invoice",
    "credit_note": "Credit note",
    "receipt": "Payment",
    "payment": "Payment",
    "opening": "Opening balance",
    "late_charge": "Late charge",
    "transfer": "Transfer",
    "refund": "Refund",
    "write_off": "Write-off",
    "other": "Other",
}


@page("GET", right="books.view")
def show(request: HttpRequest) -> HttpResponseBase:
    """Show what was found, by group, or go straight to the only hit."""
    found = search(signed_in(request), request.GET.get("q", ""))
    hits = found.hrefs()
    if len(hits) == 1:
        return see_other(hits[0])
    return render(request, "search/search.html", {"found": found, "hits": len(hits), "kinds": KINDS})


urlpatterns = [path("search", show, name="search")]
