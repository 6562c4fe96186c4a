"""One agreement: its lines and versions, the next twelve bills, what was used so far."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponseBase

from duly.commercial.actions.preview import next_bills
from duly.commercial.queries import Agreement, ComingBill, TermVersion, agreement
from duly.desk.pages.agreements.listing import rhythm
from duly.desk.queries.agreements import current_terms, usage_so_far
from duly.desk.web.acting import day_of
from duly.desk.web.frame import signed_in
from duly.desk.web.notation import date_text, money_text, number_text
from duly.desk.web.page import page
from duly.desk.web.render import render
from duly.events.queries import events_about
from duly.kernel.money import currency_digits

BILLS = 12
MODELS = {
    "flat": "Flat",
    "per_unit": "Per unit",
    "usage": "By use",
    "graduated": "Graduated",
    "volume": "By volume",
    "package": "By package",
    "percentage": "Percentage",
    "minimum": "Minimum",
    "one_off": "One-off",
    "milestone": "Milestones",
}
STANDINGS = {
    "active": ("ok", "Running"),
    "trial": ("info", "On trial"),
    "paused": ("warn", "Paused"),
    "not_started": ("quiet", "Not started"),
    "ended": ("quiet", "Ended"),
    "withdrawn": ("quiet", "Withdrawn"),
    "draft": ("quiet", "Draft"),
}
FIELDS = {
    "unit_price": "Price",
    "quantity": "Quantity",
    "percentage": "Percentage",
    "minimum_minor": "Minimum",
    "included_quantity": "Included",
    "tiers": "Steps",
    "item": "Item",
    "model": "Way of pricing",
}


@page("GET", right="books.view")
def show(request: HttpRequest, number: str) -> HttpResponseBase:
    """Show the agreement."""
    actor = signed_in(request)
    today = day_of(actor)
    found = agreement(actor.entity_id, today=today, number=number)
    bills = next_bills(actor.entity_id, found.facts.id, today=today, bills=BILLS)
    lines = current_terms(found.terms, today)
    context = {
        "a": found.facts,
        "found": found,
        "lines": lines,
        "versions": versions_of(found.terms),
        "prices": {term.id: price_text(term, found.facts.currency, actor.language) for term in found.terms},
        "steps": {term.id: steps_text(term, found.facts.currency, actor.language) for term in lines if term.tiers},
        "models": MODELS,
        "fields": FIELDS,
        "standing": STANDINGS.get(found.facts.standing, ("quiet", found.facts.standing)),
        "rhythm": rhythm(found.facts.interval_unit, found.facts.interval_count),
        "bills": calendar_of(bills, found.facts.currency, actor.language),
        "coming": bills,
        "used": usage_so_far(actor.entity_id, found.facts, today),
        "events": events_about(actor.entity_id, "agreement", found.facts.id)[::-1][:12],
        "paused_now": paused_now(found, today),
        "today": today,
    }
    return render(request, "agreements/agreement.html", context)


def paused_now(found: Agreement, today: date) -> bool:
    """Return whether a pause is open or still to come, so that it can be ended."""
    return any(pause.resumed_on is None or pause.resumed_on > today for pause in found.pauses)


def versions_of(terms: Sequence[TermVersion]) -> dict[int, list[TermVersion]]:
    """Return all versions of each line, newest first; only lines that ever changed."""
    found: dict[int, list[TermVersion]] = {}
    for term in terms:
        found.setdefault(term.line, []).insert(0, term)
    return {line: versions for line, versions in found.items() if len(versions) > 1}


def plain(number: Decimal, language: str) -> str:
    """Write a quantity or price without needless zeros."""
    shown = number.normalize()
    exponent = shown.as_tuple().exponent
    return number_text(shown if isinstance(exponent, int) and exponent < 0 else int(shown), language)


def price_of(price: Decimal, currency: str, language: str) -> str:
    """Write a unit price: in the currency's own digits, with more only where it has more."""
    scaled = price.scaleb(currency_digits(currency))
    if scaled == scaled.to_integral_value():
        return money_text(int(scaled), currency, language)
    return f"{plain(price, language)} {currency}"


def steps_text(term: TermVersion, currency: str, language: str) -> str:
    """Write the steps of a tiered price in one line."""
    words = []
    for step in term.tiers:
        end = f"up to {plain(Decimal(str(step['up_to'])), language)}" if step.get("up_to") is not None else "above"
        price = price_of(Decimal(str(step["unit_price"])), currency, language)
        flat = Decimal(str(step.get("flat_price") or 0))
        words.append(f"{end}: {price}" + (f" + {price_of(flat, currency, language)}" if flat else ""))
    return "; ".join(words)


def price_text(term: TermVersion, currency: str, language: str) -> str:
    """Say in a few words how a line is priced."""
    if term.tiers:
        return f"{len(term.tiers)} steps"
    if term.percentage is not None:
        return f"{plain(term.percentage, language)} %"
    if term.minimum_minor is not None:
        return money_text(term.minimum_minor, currency, language)
    if term.unit_price is None:
        return "list price"
    each = price_of(term.unit_price, currency, language)
    if term.package_size is not None:
        return f"{each} for {plain(term.package_size, language)}"
    return each


def calendar_of(bills: Sequence[ComingBill], currency: str, language: str) -> list[dict[str, Any]]:
    """Return the coming bills for the calendar."""
    return [
        {
            "title": date_text(bill.bill_on, language, "month_short"),
            "on": bill.bill_on,
            "amount_minor": bill.net_minor,
            "currency": currency,
            "note": note_of(bill),
            "href": "",
            "state": "now" if place == 0 else "",
        }
        for place, bill in enumerate(bills)
    ]


def note_of(bill: ComingBill) -> str:
    """Say what is on a coming bill in a few words."""
    if any(line.net_minor is None for line in bill.lines):
        return "a price is missing"
    words = "1 line" if len(bill.lines) == 1 else f"{len(bill.lines)} lines"
    return f"{words}, use so far" if any(line.by_use for line in bill.lines) else words
