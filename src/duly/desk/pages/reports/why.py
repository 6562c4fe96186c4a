"""`/why/...`: from any number a report shows to the page that explains it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase

from duly.desk.queries import reports as queries
from duly.desk.queries.reports import EntryLine
from duly.desk.web.frame import signed_in
from duly.desk.web.page import page, see_other
from duly.desk.web.render import render
from duly.desk.web.sentences import SENTENCES
from duly.kernel.actor import Actor
from duly.kernel.refusals import NotFound
from duly.receivables.queries import account_by_number

SENTENCES.update(
    {
        "ledger.unknown_entry": "The books have no such entry.",
        "why.unknown": "Nothing here has the number “{subject}”.",
    }
)
PLACES = {"invoice": "/invoices/{number}", "credit_note": "/invoices/{number}", "receipt": "/payments/receipts/{id}"}
SOURCES = {"invoice": ["invoice", "credit_note"], "credit_note": ["credit_note"], "receipt": ["receipt"]}


@page("GET", right="books.view")
def show(request: HttpRequest, subject: str) -> HttpResponseBase:
    """Lead to what a number, an account or an entry is."""
    actor = signed_in(request)
    if subject.startswith("entry-") and subject[6:].isascii() and subject[6:].isdigit():
        lines = queries.entry(actor.entity_id, int(subject[6:]))
        return render(request, "reports/entry.html", {"lines": lines, "source": source_of(actor, lines[0])})
    found = queries.document_named(actor.entity_id, subject)
    if found is not None and found.document_kind in PLACES:
        return see_other(PLACES[found.document_kind].format(number=found.number, id=found.document_id))
    if found is not None and found.document_kind == "agreement":
        return see_other(f"/agreements/{found.number}")
    try:
        return see_other(f"/accounts/{account_by_number(actor.entity_id, subject).number}")
    except NotFound as error:
        raise NotFound("why.unknown", subject=subject) from error


def source_of(actor: Actor, line: EntryLine) -> tuple[str, str] | None:
    """Return the document an entry was made by: its number and address; None where it has no page."""
    kinds = SOURCES.get(line.source_kind.removesuffix("_undone"))
    number = queries.number_of(actor.entity_id, kinds, line.source_id) if kinds else None
    return (number, f"/why/{number}") if number else None
