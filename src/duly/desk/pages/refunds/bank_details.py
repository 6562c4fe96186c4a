"""Changes of customers' bank details: asked for, called back at an older number, confirmed, cooling."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase

from duly.desk.pages.refunds.words import CHANGE_STATES
from duly.desk.web.acting import acted, day_of, refusals_in
from duly.desk.web.forms import Form
from duly.desk.web.frame import signed_in
from duly.desk.web.page import page
from duly.desk.web.render import render
from duly.kernel.refusals import BadInput
from duly.parties.actions.bank_changes import (
    NewDetails,
    call_back,
    confirm_bank_change,
    refuse_bank_change,
    request_bank_change,
    withdraw_bank_change,
)
from duly.parties.queries import bank_change, bank_changes, bank_details_of, older_contacts, party
from duly.parties.rules import CAME_BY
from duly.receivables.queries import account_by_number


@page("GET", right="books.view")
def show_all(request: HttpRequest) -> HttpResponseBase:
    """Show the changes on their way, then those that ended."""
    actor = signed_in(request)
    context = {"changes": bank_changes(actor.entity_id), "states": CHANGE_STATES, "came_by": CAME_BY}
    return render(request, "refunds/bank_changes.html", context)


@page("GET", right="bank_details.request")
def ask_form(request: HttpRequest, number: str) -> HttpResponseBase:
    """Ask for a customer's new bank account."""
    actor = signed_in(request)
    found = account_by_number(actor.entity_id, number)
    context = {
        "account": found,
        "form": Form(None, actor),
        "came_by": list(CAME_BY.items()),
        "known": bank_details_of(actor.entity_id, found.party_id),
    }
    return render(request, "refunds/bank_change_new.html", context)


@page("POST", right="bank_details.request")
def ask_for(request: HttpRequest, number: str) -> HttpResponseBase:
    """Start the change; nothing is in force by it."""
    actor, form = signed_in(request), Form(request, signed_in(request))
    found = account_by_number(actor.entity_id, number)
    wanted = NewDetails(
        found.party_id,
        form.text("account_number", "Bank account", at_most=60),
        form.text("reason", "Why", at_most=200),
        form.choice("came_by", "Came by", CAME_BY),
        form.text("holder", "Account holder", required=False, at_most=140),
    )
    change_id = 0
    if not form.wrong:
        with refusals_in(form, actor):
            change_id = request_bank_change(wanted, today=day_of(actor), by=actor)
    if form.wrong:
        known = bank_details_of(actor.entity_id, found.party_id)
        context = {"account": found, "form": form, "came_by": list(CAME_BY.items()), "known": known}
        return render(request, "refunds/bank_change_new.html", context, status=422)
    return acted(request, f"/bank-details/{change_id}", "Asked for. Somebody else now calls them back.")


@page("GET", right="books.view")
def show(request: HttpRequest, change_id: int) -> HttpResponseBase:
    """Show one change: who asked, whom to call, what comes next."""
    actor = signed_in(request)
    found = bank_change(actor.entity_id, change_id)
    context = {
        "change": found,
        "customer": party(actor.entity_id, found.party_id),
        "contacts": older_contacts(actor.entity_id, change_id),
        "known": bank_details_of(actor.entity_id, found.party_id),
        "states": CHANGE_STATES,
        "came_by": CAME_BY,
        "is_mine": found.requested_by is not None and found.requested_by == actor.user_id,
    }
    return render(request, "refunds/bank_change.html", context)


@page("POST", right="bank_details.confirm")
def call(request: HttpRequest, change_id: int) -> HttpResponseBase:
    """Note the call to an older contact."""
    actor = signed_in(request)
    contact = request.POST.get("contact", "")
    if not contact.isdigit():
        raise BadInput("bank_change.no_contact_chosen", remedy="choose whom you called")
    if request.POST.get("said") not in ("yes", "no"):
        raise BadInput("bank_change.no_answer_chosen", remedy="choose what they said")
    state = call_back(
        change_id,
        int(contact),
        said_yes=request.POST.get("said") == "yes",
        note=request.POST.get("note", "").strip()[:500],
        today=day_of(actor),
        by=actor,
    )
    said = "They confirm it." if state == "called_back" else "They know nothing of it: the change is refused."
    return acted(request, f"/bank-details/{change_id}", said, tone="ok" if state == "called_back" else "warn")


@page("POST", right="bank_details.confirm")
def confirm(request: HttpRequest, change_id: int) -> HttpResponseBase:
    """Stand for a change as the second person."""
    actor = signed_in(request)
    until = confirm_bank_change(change_id, today=day_of(actor), by=actor)
    return acted(request, f"/bank-details/{change_id}", f"Confirmed. In force from {until} on.")


@page("POST", right="bank_details.confirm")
def refuse(request: HttpRequest, change_id: int) -> HttpResponseBase:
    """Stop a change."""
    actor = signed_in(request)
    refuse_bank_change(change_id, reason=request.POST.get("reason", ""), by=actor)
    return acted(request, f"/bank-details/{change_id}", "Refused. The old details stay.")


@page("POST", right="bank_details.request")
def withdraw(request: HttpRequest, change_id: int) -> HttpResponseBase:
    """Take a request back that nobody has called about."""
    actor = signed_in(request)
    withdraw_bank_change(change_id, reason=request.POST.get("reason", "") or "withdrawn", by=actor)
    return acted(request, f"/bank-details/{change_id}", "Withdrawn. The old details stay.")
