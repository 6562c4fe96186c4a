"""What is changed on an account: its terms, its customer, holds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponseBase

from duly.desk.pages.accounts.new import choices, read_party, read_terms
from duly.desk.queries.people import names, working
from duly.desk.web.acting import acted, day_of, refusals_in
from duly.desk.web.forms import Form
from duly.desk.web.frame import signed_in
from duly.desk.web.page import page
from duly.desk.web.render import render
from duly.kernel.actor import Actor
from duly.parties.actions import change_party
from duly.parties.models import Party
from duly.parties.queries import party
from duly.receivables.actions.accounts import NewHold, change_account, hold_accounts, release_holds
from duly.receivables.models import Account
from duly.receivables.queries import account_by_number, holds_of

SCOPES = {"billing": "Billing", "dunning": "Reminders", "all": "Everything"}
REASONS = (
    "They dispute an invoice",
    "We wait for their order number",
    "Their address is wrong",
    "They asked for time",
)
TERM_LABELS = {
    "terms_days": "Days to pay",
    "tax_profile": "Tax",
    "delivery": "Invoices go out",
    "billing_email": "Invoices to",
    "po_number": "Order number",
    "owner_id": "Owner",
}
PARTY_FIELDS = (
    "name", "legal_name", "kind", "email", "phone", "street", "street2", "postal_code", "city", "region",
    "country", "language", "vat_id",
)  # fmt: skip


def changed(wanted: Mapping[str, Any], now: object) -> dict[str, Any]:
    """Return only the fields that differ from what is there."""
    return {name: value for name, value in wanted.items() if (getattr(now, name) or "") != (value or "")}


def version_of(form: Form) -> int:
    """Return the version the person saw when the form was opened."""
    text = form.typed("version")
    return int(text) if text.isdigit() else 0


@page("GET", right="accounts.edit")
def show_terms(request: HttpRequest, number: str) -> HttpResponseBase:
    """Show the account's terms to be changed."""
    actor = signed_in(request)
    found = account_by_number(actor.entity_id, number)
    begin = {name: getattr(found, name) for name in TERM_LABELS} | {"version": found.version}
    return ask_terms(request, Form(request, actor, begin_with=begin), actor, found)


def ask_terms(request: HttpRequest, form: Form, actor: Actor, found: Account, status: int = 200) -> HttpResponseBase:
    people = names(actor.entity_id, day_of(actor))
    context = {
        "form": form,
        "account": found,
        "now": [(label, shown_term(name, getattr(found, name), people)) for name, label in TERM_LABELS.items()],
        "stale": form.sent is not None and version_of(form) != found.version,
        **choices(actor, day_of(actor)),
    }
    return render(request, "accounts/terms.html", context, status=status)


def shown_term(name: str, value: object, people: Mapping[int, str]) -> str:
    """Write a term for the comparison of two versions."""
    if name == "owner_id":
        return people.get(value, "–") if isinstance(value, int) else "–"
    return str(value) if value not in (None, "") else "–"


@page("POST", right="accounts.edit")
def save_terms(request: HttpRequest, number: str) -> HttpResponseBase:
    """Change the terms; somebody else's change in the meantime is shown, never overwritten."""
    actor = signed_in(request)
    found = account_by_number(actor.entity_id, number)
    form = Form(request, actor)
    wanted = changed(read_terms(form, actor, day_of(actor)), found)
    if not form.wrong and wanted:
        with refusals_in(form, actor):
            change_account(found.id, wanted, version=version_of(form), by=actor)
    if form.wrong:
        status = 409 if version_of(form) != found.version else 422
        return ask_terms(request, form, actor, account_by_number(actor.entity_id, number), status)
    said = "The terms are changed." if wanted else "Nothing was different."
    return acted(request, f"/accounts/{number}", said)


@page("GET", right="parties.edit")
def show_customer(request: HttpRequest, number: str) -> HttpResponseBase:
    """Show the customer's name and address to be changed."""
    actor = signed_in(request)
    found = account_by_number(actor.entity_id, number)
    customer = party(actor.entity_id, found.party_id)
    begin = {name: getattr(customer, name) for name in PARTY_FIELDS} | {"version": customer.version}
    return ask_customer(request, Form(request, actor, begin_with=begin), found, customer)


def ask_customer(
    request: HttpRequest, form: Form, found: Account, customer: Party, status: int = 200
) -> HttpResponseBase:
    actor = signed_in(request)
    context = {
        "form": form,
        "account": found,
        "now": [(name.replace("_", " ").capitalize(), getattr(customer, name) or "–") for name in PARTY_FIELDS],
        "stale": form.sent is not None and version_of(form) != customer.version,
        "version": customer.version,
        **choices(actor, day_of(actor)),
    }
    return render(request, "accounts/customer.html", context, status=status)


@page("POST", right="parties.edit")
def save_customer(request: HttpRequest, number: str) -> HttpResponseBase:
    """Change the customer; documents already issued keep the address they were issued with."""
    actor = signed_in(request)
    found = account_by_number(actor.entity_id, number)
    customer = party(actor.entity_id, found.party_id)
    form = Form(request, actor)
    wanted = changed(read_party(form), customer)
    if not form.wrong and wanted:
        with refusals_in(form, actor):
            change_party(customer.id, wanted, version=version_of(form), by=actor)
    if form.wrong:
        status = 409 if version_of(form) != customer.version else 422
        return ask_customer(request, form, found, party(actor.entity_id, customer.id), status)
    said = "The customer is changed. Documents already issued keep what stood on them."
    return acted(request, f"/accounts/{number}?tab=contacts", said if wanted else "Nothing was different.")


@page("GET", right="accounts.hold")
def show_hold(request: HttpRequest, number: str) -> HttpResponseBase:
    """Ask what to stop, why, whose it is and until when."""
    actor = signed_in(request)
    begin = {"scope": "dunning", "owner_id": actor.user_id, "deadline_on": day_of(actor) + timedelta(days=3)}
    return ask_hold(request, Form(request, actor, begin_with=begin), actor, number)


def ask_hold(request: HttpRequest, form: Form, actor: Actor, number: str, status: int = 200) -> HttpResponseBase:
    people = working(actor.entity_id, day_of(actor))
    context = {
        "form": form,
        "account": account_by_number(actor.entity_id, number),
        "scopes": list(SCOPES.items()),
        "reasons": REASONS,
        "people": [(str(user_id), name) for user_id, name in people.items()],
    }
    return render(request, "accounts/hold.html", context, status=status)


@page("POST", right="accounts.hold")
def save_hold(request: HttpRequest, number: str) -> HttpResponseBase:
    """Put the account on hold."""
    actor = signed_in(request)
    today = day_of(actor)
    found = account_by_number(actor.entity_id, number)
    form = Form(request, actor)
    people = [str(user_id) for user_id in working(actor.entity_id, today)]
    scope = form.choice("scope", "What stops", SCOPES)
    reason = form.text("reason", "Why", at_most=300)
    owner = form.choice("owner_id", "Owner", people)
    deadline_on = form.day("deadline_on", "Look again by", earliest=today)
    note = form.text("note", "Note", required=False)
    if not form.wrong:
        with refusals_in(form, actor):
            hold_accounts([NewHold(found.id, scope, reason, deadline_on, int(owner), note)], by=actor)
    if form.wrong:
        return ask_hold(request, form, actor, number, 422)
    return acted(request, f"/accounts/{number}", f"{found.name} is on hold: {reason}")


@page("POST", right="accounts.hold")
def release(request: HttpRequest, number: str) -> HttpResponseBase:
    """Release the hold named in the form, or all of the account."""
    actor = signed_in(request)
    found = account_by_number(actor.entity_id, number)
    current = {hold.id for hold in holds_of(actor.entity_id, found.id)}
    asked = {int(text) for text in request.POST.getlist("hold") if text.isdigit()}
    released = release_holds(sorted(current & asked if asked else current), by=actor)
    return acted(request, f"/accounts/{number}", f"{released} hold{'' if released == 1 else 's'} released.")
