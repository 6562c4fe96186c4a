"""The files a customer of Duly would bring along: customers, agreements, usage, as CSV. Pure."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from duly.site.demo.market import SEAT_PRICE, Customer

ITEMS = (
    ("SEAT", "Seat", "seat", "standard", "4000"),
    ("SUPPORT", "Priority support", "month", "standard", "4000"),
    ("PLATFORM", "Platform fee", "month", "standard", "4000"),
    ("CALLS", "API calls", "call", "standard", "4100"),
    ("ONBOARDING", "Onboarding", "unit", "standard", "4000"),
    ("HANDBOOK", "Printed handbook", "copy", "reduced", "4000"),
)
OWNERS = ("specialist@kontor.example", "specialist@kontor.example", "coordinator@kontor.example")
TIERS = "1000:0.02;10000:0.015;*:0.01"


def customers_csv(customers: Iterable[Customer]) -> bytes:
    """Write the customer list."""
    heads = ("customer number", "name", "email", "street", "postal_code", "city", "country", "language", "currency",
             "terms_days", "po_number", "tax_profile", "delivery", "owner")  # fmt: skip
    rows = (
        (c.number, c.name, c.email, c.street, c.postal_code, c.city, c.country, c.language, "EUR", c.terms_days,
         c.po_number, c.tax_profile, c.delivery, OWNERS[int(c.number) % len(OWNERS)])
        for c in customers
    )  # fmt: skip
    return _csv(heads, rows)


def arrangements_csv(customers: Iterable[Customer]) -> bytes:
    """Write the agreements, a row a line."""
    heads = ("customer", "agreement", "name", "item", "model", "quantity", "unit_price", "tiers", "meter", "included",
             "interval", "timing", "starts_on", "trial_ends_on")  # fmt: skip
    return _csv(heads, (row for customer in customers for row in _terms(customer)))


def _terms(c: Customer) -> list[tuple[object, ...]]:
    number = f"C-{c.number}"

    def line(item: str, model: str, quantity: object, price: object, **more: object) -> tuple[object, ...]:
        wanted = {
            "tiers": "",
            "meter": "",
            "included": "",
            "interval": "month",
            "timing": "advance",
            "trial": "",
        } | more
        named = (c.number, number, f"{c.plan.title()} plan", item, model, quantity, price)
        kept = tuple(wanted[name] for name in ("tiers", "meter", "included", "interval", "timing"))
        return (*named, *kept, c.since, wanted["trial"])

    if c.plan == "metered":
        return [
            line("PLATFORM", "flat", 1, "49.00"),
            line("CALLS", "graduated", 1, "", tiers=TIERS, meter="calls", included=500, timing="arrears"),
        ]
    if c.plan == "yearly":
        return [line("SEAT", "per_unit", c.seats, "118.00", interval="year")]
    if c.plan == "quarterly":
        return [line("SEAT", "per_unit", c.seats, "34.00", interval="quarter")]
    lines = [line("SEAT", "per_unit", c.seats, SEAT_PRICE[c.plan])]
    if c.plan != "team":
        lines.append(line("SUPPORT", "flat", 1, "99.00" if c.plan == "business" else "390.00"))
    return lines


def usage_csv(customers: Sequence[Customer], month_on: date, *, seed: int) -> bytes:
    """Write one month's usage of the metered customers: a row a day, each with an id that makes it count once."""
    dice = random.Random(f"{seed}:{month_on}")
    heads = ("external_id", "meter", "customer", "at", "quantity")
    rows = []
    for customer in customers:
        if customer.plan != "metered" or customer.since > month_on:
            continue
        for day in (3, 12, 24):
            on = month_on + timedelta(days=day)
            calls = int(dice.lognormvariate(6 + (customer.seats % 7) / 4, 0.08) * (4 if dice.random() < 0.004 else 1))
            rows.append((f"{customer.number}-{on}", "calls", customer.number, f"{on}T12:00:00+00:00", calls))
    return _csv(heads, rows)


def items_csv() -> bytes:
    """Write the catalog."""
    return _csv(("item", "name", "unit", "tax_class", "revenue_account"), ITEMS)


def bank_accounts_csv(iban: str) -> bytes:
    """Write our bank account."""
    return _csv(("name", "iban", "bic", "bank_name", "currency", "gl_code"),
                [("Operating", iban, "BYLADEM1001", "Deutsche Kreditbank", "EUR", "1100")])  # fmt: skip


def _csv(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(heads)
    writer.writerows(rows)
    return text.getvalue().encode()
