"""Documents for tests and for looking at: written by us, about nobody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from duly.formats.pdf import (
    Address,
    AgingBucket,
    BankDetails,
    Buyer,
    InvoiceDoc,
    Kind,
    Line,
    Seller,
    StatementDoc,
    StatementLine,
    TaxGroup,
)
from duly.kernel.money import currency_digits, round_minor

LOGO = (Path(__file__).parents[3] / "src/duly/formats/pdf/template/duly.svg").read_text()

SELLER = Seller(
    name="Duly Demo Office GmbH",
    address=Address(street="Lindenallee 14", town="Hamburg", postcode="20095", country="DE"),
    vat_id="DE123456789",
    tax_number="22/123/45678",
    register="Amtsgericht Hamburg, HRB 00000",
    contact_name="Billing office",
    email="billing@duly.example",
    phone="+49 40 000000",
    website="duly.example",
    bank=BankDetails(
        holder="Duly Demo Office GmbH",
        bank_name="Musterbank",
        iban="DE02120300000000202051",
        bic="BYLADEM1001",
    ),
    legal_lines=("Geschäftsführung: A. Muster",),
    logo_svg=LOGO,
)
BUYER = Buyer(
    name="Harbor Line Logistics Ltd",
    contact_name="Accounts payable",
    address=Address(street="18 Quayside Road", more=("Unit 4",), town="Bristol", postcode="BS1 6XN", country="GB"),
    account_number="C-10482",
    vat_id="GB000000000",
    order_number="PO-77120-B",
)
WORK = (
    ("Platform subscription, Business plan", "Up to 50 users, including support", "1", "MON", "1290"),
    ("Additional users", "12 users above the plan", "12", "IE", "18.50"),
    ("API calls", "", "184300", "", "0.0004"),
    ("Archive storage", "Write once, ten years", "412.5", "E34", "0.085"),
    ("Implementation workshop", "On site, two consultants", "2", "DAY", "1480"),
    ("Migration of customer records", "", "14.5", "HUR", "135"),
    ("Training for the billing team", "Remote, recorded", "3", "HUR", "120"),
    ("Bank connection", "camt.053, daily", "2", "MON", "39"),
    ("Printed reminders", "Postage included", "86", "H87", "1.12"),
    ("Premium support", "Answer within two hours", "1", "MON", "450"),
    ("Single sign-on", "", "1", "MON", "95"),
    ("Goodwill for the outage of 14 January", "", "-1", "C62", "150"),
)


def line(position: int, currency: str = "EUR", *, rate: str = "19", category: str = "S") -> Line:
    """Return the work of this position, going round after the last."""
    text, detail, quantity, unit, price = WORK[(position - 1) % len(WORK)]
    net = round_minor((Decimal(quantity) * Decimal(price)).scaleb(currency_digits(currency)))
    return Line(
        position=position,
        description=text,
        detail=detail,
        quantity=Decimal(quantity),
        unit=unit,
        unit_price=Decimal(price),
        tax_category=category,
        tax_rate=Decimal(rate),
        net_minor=net,
        period_start=date(2026, 1, 1) if unit == "MON" else None,
        period_end=date(2026, 1, 31) if unit == "MON" else None,
    )


def taxes_of(lines: Sequence[Line]) -> tuple[TaxGroup, ...]:
    bases: dict[tuple[str, Decimal], int] = defaultdict(int)
    for each in lines:
        bases[each.tax_category, each.tax_rate] += each.net_minor
    return tuple(
        TaxGroup(category=category, rate=rate, taxable_minor=base, tax_minor=round_minor(base * rate / 100))
        for (category, rate), base in bases.items()
    )


def invoice(lines: Sequence[Line] | int = 10, **changes: Any) -> InvoiceDoc:
    """Return an invoice that adds up, of so many lines or of these lines."""
    currency = changes.pop("currency", "EUR")
    made = tuple(line(at + 1, currency) for at in range(lines)) if isinstance(lines, int) else tuple(lines)
    taxes = changes.pop("taxes", taxes_of(made))
    net, tax = sum(each.net_minor for each in made), sum(each.tax_minor for each in taxes)
    paid = changes.get("paid_minor", 0)
    facts: dict[str, Any] = {
        "kind": Kind.INVOICE,
        "number": "INV-2026-000482",
        "issued_on": date(2026, 1, 31),
        "due_on": date(2026, 3, 2),
        "period_start": date(2026, 1, 1),
        "period_end": date(2026, 1, 31),
        "seller": SELLER,
        "buyer": BUYER,
        "payment_reference": "RF18539007547034",
        "payment_terms": "30 days net.",
        "notes": ("Thank you for your business.",),
        "net_minor": net,
        "tax_minor": tax,
        "gross_minor": net + tax,
        "open_minor": net + tax - paid,
    }
    return InvoiceDoc(currency=currency, lines=made, taxes=taxes, **(facts | changes))


def credit_note(**changes: Any) -> InvoiceDoc:
    facts = {
        "kind": Kind.CREDIT_NOTE,
        "number": "CN-2026-000031",
        "preceding_number": "INV-2026-000482",
        "preceding_issued_on": date(2026, 1, 31),
        "issued_on": date(2026, 2, 12),
        "due_on": None,
        "payment_terms": "We set this credit against your open invoices.",
        "notes": (),
    }
    return invoice(2, **(facts | changes))


def german() -> InvoiceDoc:
    buyer = Buyer(
        name="Käthe Größmann Maschinenbau GmbH & Co. KG",
        contact_name="Frau Jäger",
        address=Address(street="Straße der Übung 7", town="Nürnberg", postcode="90402", country="DE"),
        account_number="10977",
        vat_id="DE999999999",
    )
    lines = [line(1), line(6), replace(line(9), tax_rate=Decimal(7)), line(12)]
    return invoice(
        lines,
        language="de",
        buyer=buyer,
        paid_minor=50000,
        payment_terms="Zahlbar innerhalb von 30 Tagen ohne Abzug.",
        notes=("Es gelten unsere Allgemeinen Geschäftsbedingungen.",),
    )


def japanese_yen() -> InvoiceDoc:
    priced = [(1, "120000"), (5, "98000"), (6, "15400")]
    lines = []
    for position, price in priced:
        each = line(position, "JPY", rate="0", category="G")
        assert each.quantity is not None
        net = int(each.quantity * Decimal(price))
        lines.append(replace(each, unit_price=Decimal(price), net_minor=net))
    return invoice(lines, currency="JPY", payment_reference="")


def statement(**changes: Any) -> StatementDoc:
    lines = (
        StatementLine(
            on=date(2026, 1, 31),
            description="Invoice",
            number="INV-2026-000482",
            due_on=date(2026, 3, 2),
            amount_minor=842_310,
            open_minor=842_310,
        ),
        StatementLine(on=date(2026, 2, 3), description="Payment received", amount_minor=-120_000),
        StatementLine(on=date(2026, 2, 12), description="Credit note", number="CN-2026-000031", amount_minor=-22_000),
    )
    facts: dict[str, Any] = {
        "number": "C-10482/2026-02",
        "issued_on": date(2026, 2, 28),
        "period_start": date(2026, 1, 31),
        "period_end": date(2026, 2, 28),
        "seller": SELLER,
        "buyer": BUYER,
        "currency": "EUR",
        "lines": lines,
        "opening_minor": 142_000,
        "closing_minor": 842_310,
        "due_minor": 0,
        "payment_reference": "RF18539007547034",
        "aging": (
            AgingBucket(open_minor=842_310),
            AgingBucket(open_minor=0, days_from=1, days_to=30),
            AgingBucket(open_minor=0, days_from=31, days_to=60),
            AgingBucket(open_minor=0, days_from=91),
        ),
    }
    return StatementDoc(**(facts | changes))
