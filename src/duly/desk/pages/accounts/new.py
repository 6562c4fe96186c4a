"""A new account: customer and terms in one form."""

from __future__ import annotations

from datetime import date

from babel import Locale
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase

from duly.access.queries import entity
from duly.desk.queries.accounts import tax_profiles
from duly.desk.queries.people import working
from duly.desk.web.acting import acted, day_of, refusals_in
from duly.desk.web.forms import Form
from duly.desk.web.frame import signed_in
from duly.desk.web.page import page
from duly.desk.web.render import render
from duly.desk.web.sentences import SENTENCES
from duly.kernel.actor import Actor
from duly.parties.actions import NewParty, create_parties
from duly.receivables.actions.accounts import NewAccount, open_accounts
from duly.receivables.queries import account

RIGHT = "accounts.edit"
LANGUAGES = {"en": "English", "de": "German", "es": "Spanish", "fr": "French"}
DELIVERIES = {"email": "By e-mail", "file": "As a file", "post": "By post", "none": "Not at all"}
KINDS = {"business": "A business", "person": "A person"}
NO_COUNTRY = ("EU", "EZ", "UN", "QO", "XA", "XB", "ZZ")
CURRENCIES = ("EUR", "USD", "GBP", "CHF", "JPY", "SEK", "NOK", "DKK", "PLN", "CZK", "CAD", "AUD", "KWD")
PROFILE_WORDS = {
    "domestic": "Domestic",
    "reverse_charge": "Reverse charge (EU business)",
    "export": "Export",
    "exempt": "Exempt",
    "us_ny": "New York City",
    "us_none": "No sales tax",
}
SENTENCES.update(
    {
        "accounts.changed_meanwhile": "Somebody else changed this account meanwhile. Both versions are shown below.",
        "parties.changed_meanwhile": "Somebody else changed this customer meanwhile. Both versions are shown below.",
        "accounts.hold_needs_reason": "Say why, so that the next person knows.",
        "receivables.unknown_account": "There is no such account in this office.",
    }
)


def countries(language: str) -> list[tuple[str, str]]:
    """Return the countries by their names in the reader's language."""
    found = Locale.parse(language).territories
    named = [(code, str(name)) for code, name in found.items() if len(code) == 2 and code.isalpha()]
    return sorted(
        (pair for pair in named if pair[0] not in ("EU", "EZ", "UN", "QO", "XA", "XB", "ZZ")), key=lambda p: p[1]
    )


def profiles(entity_id: int) -> list[tuple[str, str]]:
    """Return the tax profiles with their words."""
    known = tax_profiles(entity_id) or ["domestic"]
    return [(name, PROFILE_WORDS.get(name, name.replace("_", " ").capitalize())) for name in known]


def read_party(form: Form) -> dict[str, str]:
    """Read the customer's fields."""
    return {
        "name": form.text("name", "Name", at_most=200),
        "legal_name": form.text("legal_name", "Legal name", required=False, at_most=200),
        "kind": form.choice("kind", "Kind", KINDS),
        "email": form.text("email", "E-mail", required=False, at_most=254),
        "phone": form.text("phone", "Phone", required=False, at_most=60),
        "street": form.text("street", "Street", required=False, at_most=200),
        "street2": form.text("street2", "Second line", required=False, at_most=200),
        "postal_code": form.text("postal_code", "Postal code", required=False, at_most=20),
        "city": form.text("city", "City", required=False, at_most=100),
        "region": form.text("region", "Region", required=False, at_most=100),
        "country": form.choice("country", "Country", [code for code, _ in countries(form.language)]),
        "language": form.choice("language", "Language", LANGUAGES),
        "vat_id": form.text("vat_id", "VAT id", required=False, at_most=40),
    }


def read_terms(form: Form, actor: Actor, today: date) -> dict[str, object]:
    """Read the terms an account may change later too."""
    people = working(actor.entity_id, today)
    owner = form.choice("owner_id", "Owner", [str(user_id) for user_id in people], required=False)
    return {
        "terms_days": form.whole_number("terms_days", "Days to pay", at_most=365),
        "tax_profile": form.choice("tax_profile", "Tax", [name for name, _ in profiles(actor.entity_id)]),
        "delivery": form.choice("delivery", "Invoices go out", DELIVERIES),
        "billing_email": form.text("billing_email", "Invoices to", required=False, at_most=254),
        "po_number": form.text("po_number", "Order number", required=False, at_most=60),
        "owner_id": int(owner) if owner else None,
    }


def choices(actor: Actor, today: date) -> dict[str, object]:
    """Return what the selects of these forms offer."""
    return {
        "countries": countries(actor.language),
        "languages": list(LANGUAGES.items()),
        "deliveries": list(DELIVERIES.items()),
        "kinds": list(KINDS.items()),
        "profiles": profiles(actor.entity_id),
        "people": [(str(user_id), name) for user_id, name in working(actor.entity_id, today).items()],
    }


@page("GET", right=RIGHT)
def show(request: HttpRequest) -> HttpResponseBase:
    """Show the form."""
    actor = signed_in(request)
    home = entity(actor.entity_id)
    begin = {
        "country": home.country,
        "language": home.language,
        "currency": home.currency,
        "terms_days": 30,
        "tax_profile": "domestic",
        "delivery": "email",
        "kind": "business",
        "owner_id": actor.user_id,
    }
    return ask(request, Form(request, actor, begin_with=begin), actor)


def ask(request: HttpRequest, form: Form, actor: Actor, status: int = 200) -> HttpResponseBase:
    home = entity(actor.entity_id)
    offered = sorted({home.currency, *CURRENCIES})
    context = {"form": form, "currencies": [(code, code) for code in offered], **choices(actor, day_of(actor))}
    return render(request, "accounts/new.html", context, status=status)


@page("POST", right=RIGHT)
def save(request: HttpRequest) -> HttpResponseBase:
    """Enter the customer and open the account, both or neither."""
    actor = signed_in(request)
    today = day_of(actor)
    form = Form(request, actor)
    party = read_party(form)
    currency = form.choice("currency", "Currency", {entity(actor.entity_id).currency, *CURRENCIES})
    terms = read_terms(form, actor, today)
    if terms["delivery"] == "email" and not (terms["billing_email"] or party["email"]):
        form.blame("billing_email", "Invoices to", "An address is needed to send invoices by e-mail")
    if not form.wrong:
        terms["billing_email"] = terms["billing_email"] or party["email"]
        with refusals_in(form, actor), transaction.atomic():
            [party_id] = create_parties([NewParty(**party)], by=actor)
            opening = NewAccount(party_id, party["name"], currency, today, language=party["language"], **terms)  # type: ignore[arg-type]
            [account_id] = open_accounts([opening], by=actor)
    if form.wrong:
        return ask(request, form, actor, 422)
    opened = account(actor.entity_id, account_id)
    return acted(request, f"/accounts/{opened.number}", f"Account {opened.number} is open for {opened.name}.")
