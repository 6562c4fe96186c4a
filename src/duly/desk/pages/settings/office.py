"""Who we are: the entity's words on every document, its bank accounts, its number series."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase

from duly.access.actions import change_entity
from duly.access.models import Entity
from duly.access.queries import entities_of, entity
from duly.banking.actions import NewBankAccount, open_bank_accounts
from duly.banking.queries import bank_accounts
from duly.desk.pages.accounts.new import CURRENCIES, countries
from duly.desk.queries.search import series
from duly.desk.web.acting import acted, day_of, refusals_in
from duly.desk.web.forms import Form
from duly.desk.web.frame import signed_in
from duly.desk.web.page import page
from duly.desk.web.render import render
from duly.desk.web.sentences import SENTENCES
from duly.desk.web.settings_tabs import settings_tabs
from duly.kernel.actor import Actor
from duly.ledger.queries import chart
from duly.receivables.actions.numbers import set_reference_scheme
from duly.receivables.queries.references import reference_schemes
from duly.receivables.rules import REFERENCE_SCHEMES

PLAIN = ("name", "legal_name", "vat_id", "tax_number", "register", "email", "phone", "website")
ADDRESS = ("street", "street2", "postal_code", "city", "region", "country")
SENTENCES.update(
    {
        "ledger.unknown_account": "The chart has no such ledger account.",
        "access.entity_field_unknown": "These fields cannot be changed: {fields}.",
    }
)


@page("GET", right="books.view")
def show_office(request: HttpRequest) -> HttpResponseBase:
    """Show who we are; those who may change it see a form."""
    actor = signed_in(request)
    home = entity(actor.entity_id)
    begin = {name: getattr(home, name) for name in PLAIN} | {name: home.address.get(name, "") for name in ADDRESS}
    begin["country"] = begin["country"] or home.country
    return ask_office(request, Form(request, actor, begin_with=begin), actor, home)


def ask_office(request: HttpRequest, form: Form, actor: Actor, home: Entity, status: int = 200) -> HttpResponseBase:
    user: Any = request.user
    context = {
        "form": form,
        "home": home,
        "banks": bank_accounts(actor.entity_id),
        "countries": countries(actor.language),
        "offices": len(entities_of(user.pk)),
        "tabs": settings_tabs("/settings", actor),
    }
    return render(request, "settings/office.html", context, status=status)


@page("POST", right="settings.edit")
def save_office(request: HttpRequest) -> HttpResponseBase:
    """Change the entity's words; documents already issued keep theirs."""
    actor = signed_in(request)
    home = entity(actor.entity_id)
    form = Form(request, actor)
    needed = ("name", "legal_name")
    wanted: dict[str, Any] = {
        name: form.text(name, name.replace("_", " ").capitalize(), required=name in needed, at_most=200)
        for name in PLAIN
    }
    address = {name: form.text(name, name.capitalize(), required=False, at_most=200) for name in ADDRESS}
    changes = {name: value for name, value in wanted.items() if value != getattr(home, name)}
    if any(value != home.address.get(name, "") for name, value in address.items()):
        changes["address"] = address
    if not form.wrong and changes:
        with refusals_in(form, actor):
            change_entity(changes, by=actor)
    if form.wrong:
        return ask_office(request, form, actor, home, 422)
    said = "Changed. The next documents carry it." if changes else "Nothing was different."
    return acted(request, "/settings", said)


@page("GET", right="banking.edit")
def show_bank(request: HttpRequest) -> HttpResponseBase:
    """Ask for a bank account of ours."""
    actor = signed_in(request)
    begin = {"currency": entity(actor.entity_id).currency, "gl_code": "1100"}
    return ask_bank(request, Form(request, actor, begin_with=begin), actor)


def ask_bank(request: HttpRequest, form: Form, actor: Actor, status: int = 200) -> HttpResponseBase:
    codes = [(row.code, f"{row.code} {row.name}") for row in chart(actor.entity_id) if row.code.startswith("1")]
    context = {"form": form, "codes": codes, "currencies": [(code, code) for code in CURRENCIES]}
    return render(request, "settings/bank.html", context, status=status)


@page("POST", right="banking.edit")
def save_bank(request: HttpRequest) -> HttpResponseBase:
    """Enter a bank account of ours."""
    actor = signed_in(request)
    form = Form(request, actor)
    wanted = NewBankAccount(
        name=form.text("name", "Name", at_most=100),
        currency=form.choice("currency", "Currency", CURRENCIES),
        gl_code=form.text("gl_code", "Ledger account", at_most=20),
        iban=form.text("iban", "IBAN", required=False, at_most=42),
        account_number=form.text("account_number", "Account number", required=False, at_most=40),
        bic=form.text("bic", "BIC", required=False, at_most=11),
        bank_name=form.text("bank_name", "Bank", required=False, at_most=100),
    )
    if not wanted.iban and not wanted.account_number:
        form.blame("iban", "IBAN", "Give an IBAN or an account number")
    if not form.wrong:
        with refusals_in(form, actor):
            open_bank_accounts([wanted], by=actor)
    if form.wrong:
        return ask_bank(request, form, actor, 422)
    return acted(request, "/settings", f"{wanted.name} is entered. Bring in its first statement next.")


@page("POST", right="settings.edit")
def save_scheme(request: HttpRequest) -> HttpResponseBase:
    """Choose the payment references of the documents to come."""
    actor = signed_in(request)
    set_reference_scheme(request.POST.get("scheme", ""), by=actor)
    return acted(
        request, "/settings/numbers", "The next documents carry it; those before keep theirs and are still found."
    )


@page("GET", right="books.view")
def show_numbers(request: HttpRequest) -> HttpResponseBase:
    """Show the number series and where each stands, and which payment references documents carry."""
    actor = signed_in(request)
    schemes = reference_schemes(actor.entity_id)
    context = {
        "form": Form(None, actor, begin_with={"scheme": schemes[0]}),
        "schemes": list(REFERENCE_SCHEMES.items()),
        "scheme": REFERENCE_SCHEMES[schemes[0]],
        "series": series(actor.entity_id),
        "year": day_of(actor).year,
        "tabs": settings_tabs("/settings/numbers", actor),
    }
    return render(request, "settings/numbers.html", context)
