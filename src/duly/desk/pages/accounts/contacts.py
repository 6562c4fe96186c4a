"""The people of a customer: entered, changed and ended on the account's contacts tab."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase

from duly.desk.pages.accounts.new import LANGUAGES
from duly.desk.web.acting import acted, day_of, refusals_in
from duly.desk.web.forms import Form
from duly.desk.web.frame import signed_in
from duly.desk.web.page import page
from duly.desk.web.render import render
from duly.desk.web.sentences import SENTENCES
from duly.kernel.actor import Actor
from duly.kernel.refusals import NotFound
from duly.parties.contacts import (
    WORDS,
    ContactRow,
    NewContact,
    add_contact,
    change_contact,
    contact,
    end_contact,
)
from duly.receivables.models import Account
from duly.receivables.queries import account_by_number

SENTENCES.update(
    {
        "parties.unknown_contact": "There is no such contact at this customer.",
        "parties.contact_changed_meanwhile": "Somebody else changed or ended this contact meanwhile.",
        "parties.contact_without_name": "A contact needs a name.",
    }
)


def of_account(actor: Actor, number: str, contact_id: int) -> tuple[Account, ContactRow]:
    """Return the account and one current contact of its customer."""
    found = account_by_number(actor.entity_id, number)
    person = contact(actor.entity_id, contact_id)
    if person.party_id != found.party_id or person.valid_to is not None:
        raise NotFound("parties.unknown_contact", contact=contact_id)
    return found, person


def read_contact(form: Form) -> NewContact:
    """Read the fields of a contact."""
    return NewContact(
        form.text("name", "Name", at_most=200),
        form.text("email", "E-mail", required=False, at_most=254),
        form.text("phone", "Phone", required=False, at_most=60),
        form.text("duty", "Duty", required=False, at_most=100),
        form.choice("language", "Language", LANGUAGES, required=False) or None,
    )


def ask(request: HttpRequest, form: Form, number: str, to: str, *, title: str, status: int = 200) -> HttpResponseBase:
    """Show the form of a contact; `to` is the address it is sent to."""
    context = {
        "form": form,
        "account": account_by_number(signed_in(request).entity_id, number),
        "to": to,
        "title": title,
        "languages": list(LANGUAGES.items()),
    }
    return render(request, "accounts/contact.html", context, status=status)


@page("GET", right="parties.edit")
def show_new(request: HttpRequest, number: str) -> HttpResponseBase:
    """Ask for a new contact."""
    form = Form(request, signed_in(request))
    return ask(request, form, number, f"/accounts/{number}/contacts/new", title="Add a contact")


@page("POST", right="parties.edit")
def save_new(request: HttpRequest, number: str) -> HttpResponseBase:
    """Enter a contact of the account's customer."""
    actor = signed_in(request)
    found = account_by_number(actor.entity_id, number)
    form = Form(request, actor)
    wanted = read_contact(form)
    if not form.wrong:
        with refusals_in(form, actor):
            add_contact(found.party_id, wanted, today=day_of(actor), by=actor, account_id=found.id)
    if form.wrong:
        return ask(request, form, number, f"/accounts/{number}/contacts/new", title="Add a contact", status=422)
    return acted(request, f"/accounts/{number}?tab=contacts", f"{wanted.name} is a contact of {found.name}.")


@page("GET", right="parties.edit")
def show_one(request: HttpRequest, number: str, contact_id: int) -> HttpResponseBase:
    """Show a contact to be changed."""
    actor = signed_in(request)
    _, person = of_account(actor, number, contact_id)
    form = Form(request, actor, begin_with={name: getattr(person, name) for name in WORDS})
    return ask(request, form, number, f"/accounts/{number}/contacts/{contact_id}", title=f"Change {person.name}")


@page("POST", right="parties.edit")
def save_one(request: HttpRequest, number: str, contact_id: int) -> HttpResponseBase:
    """Change a contact; what stood there before stays on record."""
    actor = signed_in(request)
    found, person = of_account(actor, number, contact_id)
    form = Form(request, actor)
    wanted = read_contact(form)
    if not form.wrong:
        with refusals_in(form, actor):
            change_contact(contact_id, wanted, today=day_of(actor), by=actor, account_id=found.id)
    if form.wrong:
        to = f"/accounts/{number}/contacts/{contact_id}"
        return ask(request, form, number, to, title=f"Change {person.name}", status=422)
    return acted(request, f"/accounts/{number}?tab=contacts", f"{wanted.name} is changed.")


@page("POST", right="parties.edit")
def end_one(request: HttpRequest, number: str, contact_id: int) -> HttpResponseBase:
    """End a contact."""
    actor = signed_in(request)
    found, person = of_account(actor, number, contact_id)
    end_contact(contact_id, today=day_of(actor), by=actor, account_id=found.id)
    return acted(request, f"/accounts/{number}?tab=contacts", f"{person.name} is no contact any more.")
