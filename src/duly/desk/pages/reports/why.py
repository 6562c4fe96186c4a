"""`/why/...`: any number in any screen, explained down to the rows it rests on."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase

from duly.desk.web.acting import day_of
from duly.desk.web.frame import signed_in
from duly.desk.web.notation import parse_date
from duly.desk.web.page import page
from duly.desk.web.render import render
from duly.desk.web.sentences import SENTENCES
from duly.kernel.refusals import BadInput
from duly.reports.why import why

SENTENCES.update(
    {
        "ledger.unknown_entry": "The books have no such entry.",
        "ledger.no_period": "The books have no such month.",
        "why.subject_unknown": "Nothing here goes by “{subject}”.",
    }
)


@page("GET", right="books.view")
def show(request: HttpRequest, subject: str) -> HttpResponseBase:
    """Explain what a number, code, month, line, run or entry is and why, as of a day."""
    actor = signed_in(request)
    as_of = day_of(actor)
    if typed := request.GET.get("as_of", "").strip():
        try:
            as_of = parse_date(typed, actor.language)
        except ValueError as error:
            raise BadInput("reports.parameter_unreadable", problem=str(error)) from error
    told = why(actor.entity_id, subject, as_of=as_of)
    context = {"subject": subject, "told": told, "as_of": as_of, "own_page": not told.href.startswith("/why/")}
    return render(request, "reports/why.html", context)
