"""What is sold, at which prices from which day, and the taxes with their dated rates."""

from __future__ import annotations

from decimal import Decimal

from django.db import transaction
from django.http import HttpRequest, HttpResponseBase

from duly.access.queries import entity
from duly.catalog.actions import define_items, set_prices, set_tax_rates
from duly.catalog.models import Item, NewItem, NewPrice, NewTaxRate
from duly.catalog.queries import item, items, prices, tax_codes, tax_rates, tax_rules
from duly.commercial.actions import recheck_prices
from duly.desk.pages.accounts.new import CURRENCIES
from duly.desk.web.acting import acted, day_of, refusals_in
from duly.desk.web.filters import Filter, narrow
from duly.desk.web.forms import Form
from duly.desk.web.frame import signed_in
from duly.desk.web.page import done, page
from duly.desk.web.paging import LIMIT, Sort, cursor_of, page_of
from duly.desk.web.render import render
from duly.desk.web.sentences import SENTENCES
from duly.desk.web.settings_tabs import settings_tabs
from duly.kernel.actions import last_event_id
from duly.kernel.actor import Actor
from duly.ledger.queries import chart

RIGHT = "catalog.edit"
BY_CODE = Sort("code")
FILTERS = (Filter("q", "Code or name", chip="“%s”"),)
SENTENCES.update(
    {
        "catalog.item_unknown": "There is no such item.",
        "catalog.tax_code_unknown": "There is no such tax code.",
        "catalog.tax_category_is_fixed": "A tax code never changes its category: make a new one.",
    }
)


@page("GET", right="books.view")
def show_items(request: HttpRequest) -> HttpResponseBase:
    """Show what is sold."""
    actor = signed_in(request)
    begin = {"unit": "unit", "tax_class": "standard", "revenue_account": "4000"}
    return ask_items(request, Form(request, actor, begin_with=begin), actor)


def ask_items(request: HttpRequest, form: Form, actor: Actor, status: int = 200) -> HttpResponseBase:
    narrowed = narrow(request, FILTERS, actor)
    cursor = cursor_of(request, BY_CODE)
    rows = items(actor.entity_id, q=narrowed.values["q"], after=str(cursor.after or ""), limit=LIMIT)
    context = {
        "page": page_of(request, rows, BY_CODE, key=lambda row: row.code, row_id=lambda row: row.id),
        "narrowed": narrowed,
        "form": form,
        "classes": classes(actor),
        "accounts": [(row.code, f"{row.code} {row.name}") for row in chart(actor.entity_id) if row.kind == "income"],
        "tabs": settings_tabs("/settings/items", actor),
    }
    return render(request, "settings/items.html", context, status=status)


def classes(actor: Actor) -> list[tuple[str, str]]:
    """Return the tax classes the rules know."""
    known = sorted({rule.tax_class for rule in tax_rules(actor.entity_id)} | {"standard"})
    return [(name, name.capitalize()) for name in known]


@page("POST", right=RIGHT)
def save_item(request: HttpRequest) -> HttpResponseBase:
    """Make an item, or bring the one of that code up to date."""
    actor = signed_in(request)
    form = Form(request, actor)
    wanted = NewItem(
        code=form.text("code", "Code", at_most=40),
        name=form.text("name", "Name", at_most=200),
        description=form.text("description", "Description", required=False, at_most=500),
        unit=form.text("unit", "Unit", at_most=30),
        tax_class=form.choice("tax_class", "Tax class", [name for name, _ in classes(actor)]),
        revenue_account=form.text("revenue_account", "Revenue account", at_most=20),
    )
    if not form.wrong:
        with refusals_in(form, actor):
            define_items([wanted], by=actor)
    if form.wrong:
        return ask_items(request, form, actor, 422)
    return acted(request, "/settings/items", f"{wanted.code} is defined.")


@page("GET", right="books.view")
def show_item(request: HttpRequest, item_id: int) -> HttpResponseBase:
    """Show an item with every version of its price."""
    actor = signed_in(request)
    begin = {"currency": entity(actor.entity_id).currency, "valid_from": day_of(actor)}
    return ask_item(request, Form(request, actor, begin_with=begin), actor, item(actor.entity_id, item_id))


def ask_item(request: HttpRequest, form: Form, actor: Actor, found: Item, status: int = 200) -> HttpResponseBase:
    context = {
        "item": found,
        "prices": prices(actor.entity_id, found.id),
        "form": form,
        "currencies": [(code, code) for code in CURRENCIES],
        "today": day_of(actor),
        "tabs": settings_tabs("/settings/items", actor),
    }
    return render(request, "settings/item.html", context, status=status)


@page("POST", right=RIGHT)
def save_price(request: HttpRequest, item_id: int) -> HttpResponseBase:
    """Set the price from a day on; agreements that follow it are compared by the next run."""
    actor = signed_in(request)
    found = item(actor.entity_id, item_id)
    form = Form(request, actor)
    wanted = NewPrice(
        found.code,
        form.choice("currency", "Currency", CURRENCIES),
        form.decimal("unit_price", "Price", at_least=Decimal(0)),
        form.day("valid_from", "From"),
    )
    event_id = None
    if not form.wrong:
        with refusals_in(form, actor), transaction.atomic():
            changes = set_prices([wanted], by=actor)
            event_id = last_event_id()
            recheck_prices([(change.item_id, change.from_on) for change in changes], by=actor)
    if form.wrong:
        return ask_item(request, form, actor, found, 422)
    said = f"{found.name} costs {wanted.unit_price} {wanted.currency} from {wanted.valid_from}."
    undo = event_id if actor.may("events.undo") else None
    return done(request, f"/settings/items/{item_id}", said, undo=undo)


@page("GET", right="books.view")
def show_taxes(request: HttpRequest) -> HttpResponseBase:
    """Show tax codes with their rates and where they apply."""
    actor = signed_in(request)
    begin = {"valid_from": day_of(actor), "component": "VAT"}
    return ask_taxes(request, Form(request, actor, begin_with=begin), actor)


def ask_taxes(request: HttpRequest, form: Form, actor: Actor, status: int = 200) -> HttpResponseBase:
    codes = tax_codes(actor.entity_id)
    context = {
        "codes": codes,
        "rates": tax_rates(actor.entity_id),
        "rules": tax_rules(actor.entity_id),
        "form": form,
        "choices": [(code.code, f"{code.code} · {code.name}") for code in codes],
        "today": day_of(actor),
        "tabs": settings_tabs("/settings/taxes", actor),
    }
    return render(request, "settings/taxes.html", context, status=status)


@page("POST", right=RIGHT)
def save_rate(request: HttpRequest) -> HttpResponseBase:
    """Set a rate from a day on; documents already issued keep the rate they were made with."""
    actor = signed_in(request)
    form = Form(request, actor)
    codes = [code.code for code in tax_codes(actor.entity_id)]
    percent = form.decimal("percent", "Rate", at_least=Decimal(0))
    if percent > 100:
        form.blame("percent", "Rate", "At most 100")
    wanted = NewTaxRate(
        form.choice("code", "Tax code", codes),
        percent / 100,
        form.day("valid_from", "From"),
        component=form.text("component", "Component", at_most=60),
        source=form.text("source", "By which law", at_most=200),
    )
    if not form.wrong:
        with refusals_in(form, actor):
            set_tax_rates([wanted], by=actor)
    if form.wrong:
        return ask_taxes(request, form, actor, 422)
    return acted(request, "/settings/taxes", f"{wanted.code}: {percent.normalize():f} % from {wanted.valid_from}.")
