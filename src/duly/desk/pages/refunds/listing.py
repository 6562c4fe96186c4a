"""Refunds as a list: what waits for whom; the payment file; what the bank has shown."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from duly.banking.actions.refunds import release_refunds
from duly.banking.queries import bank_accounts
from duly.desk.pages.refunds.words import STATES, TABS
from duly.desk.web.acting import acted, day_of
from duly.desk.web.frame import signed_in
from duly.desk.web.page import page
from duly.desk.web.paging import LIMIT, Sort, cursor_of, page_of
from duly.desk.web.render import render
from duly.kernel.refusals import BadInput, Refused
from duly.matching.actions.refunds import match_refunds
from duly.payments.actions.refunds import cancel_file
from duly.payments.actions.refunds_seen import close_refunds
from duly.payments.queries.refunds import file_content, refund_file, refund_files, refund_tabs, refunds

NEWEST = Sort("id", descending=True)
CONTENT_TYPES = {"pain.001.001.09": ("application/xml", "xml"), "nacha": ("text/plain", "ach")}


@page("GET", right="books.view")
def show(request: HttpRequest) -> HttpResponseBase:
    """Show refunds of one tab, newest first, and the files made of them."""
    actor = signed_in(request)
    chosen = next((tab for tab in TABS if tab[0] == request.GET.get("show")), TABS[0])
    counts: dict[str, int] = {}
    for row in refund_tabs(actor.entity_id):
        counts[row.state] = counts.get(row.state, 0) + row.refunds
    rows = refunds(actor.entity_id, states=chosen[2], before=cursor_of(request, NEWEST).after_id, limit=LIMIT)
    listed = page_of(request, rows, NEWEST, key=lambda row: row.id, row_id=lambda row: row.id)
    context = {
        "page": listed,
        "tab": chosen[0],
        "tabs": [
            (title, sum(counts.get(state, 0) for state in states), f"/refunds?show={name}", name == chosen[0])
            for name, title, states in TABS
        ],
        "states": STATES,
        "banks": [(str(bank.id), f"{bank.name} ({bank.currency})") for bank in bank_accounts(actor.entity_id)],
        "files": refund_files(actor.entity_id, limit=10),
        "today": day_of(actor),
    }
    return render(request, "refunds/list.html", context)


@page("POST", right="refunds.release")
def release(request: HttpRequest) -> HttpResponseBase:
    """Put the ticked refunds into one payment file."""
    actor = signed_in(request)
    ids = [int(text) for text in request.POST.getlist("pick") if text.isdigit()]
    bank = request.POST.get("bank_account", "")
    if not ids or not bank.isdigit():
        raise BadInput("refunds.nothing_ticked", remedy="tick refunds and choose the bank account that pays")
    file_id = release_refunds(ids, bank_account_id=int(bank), today=day_of(actor), by=actor)
    made = refund_file(actor.entity_id, file_id)
    said = f"File {made.message_id} is made: {made.refunds} refund{'' if made.refunds == 1 else 's'}."
    return acted(request, "/refunds?show=way", said, note="Download it below and hand it to the bank.")


@page("POST", right="refunds.release")
def close(request: HttpRequest) -> HttpResponseBase:
    """Look for refunds on open bank lines, and close what the bank has shown."""
    actor = signed_in(request)
    today = day_of(actor)
    found = (
        match_refunds(today=today, by=actor) if actor.may_do("matching.match") or actor.may_do("bank.place") else None
    )
    ids = [one.id for one in refunds(actor.entity_id, states=["seen"], limit=500)]
    closed = close_refunds(ids, today=today, by=actor) if ids else 0
    seen = f"{found.seen} seen in the bank, {found.returned} came back, " if found else ""
    return acted(request, "/refunds?show=way", f"{seen}{closed} closed.")


@page("GET", right="refunds.release")
def file(request: HttpRequest, file_id: int) -> HttpResponseBase:
    """Hand over a payment file as it was made."""
    actor = signed_in(request)
    made = refund_file(actor.entity_id, file_id)
    if made.state == "cancelled":
        raise Refused("refunds.file_is_cancelled", file=file_id)
    kind, ending = CONTENT_TYPES[made.format]
    response = HttpResponse(file_content(actor.entity_id, file_id), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{made.message_id}.{ending}"'
    response["Cache-Control"] = "no-store"
    return response


@page("POST", right="refunds.release")
def cancel(request: HttpRequest, file_id: int) -> HttpResponseBase:
    """Take a file back that the bank did not carry out."""
    actor = signed_in(request)
    count = cancel_file(file_id, today=day_of(actor), by=actor)
    return acted(request, "/refunds?show=pay", f"The file is cancelled; {count} refunds wait to be paid.")
