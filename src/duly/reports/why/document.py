"""Why a document is what it is: each price, each tax, what is tied to it, what settled it, how it left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from duly.commercial.queries import charge_versions
from duly.invoicing.queries.documents import Dispatch, DocumentLine, Explained, explain_document
from duly.kernel.money import format_minor
from duly.kernel.sql import fetch_sql
from duly.reports.why.models import Asked, Why, group, in_the_books, of_money, what_happened

HERE = "duly.reports"


@dataclass(frozen=True, slots=True)
class TaxUsed:
    """A tax of a document with the law behind the rate row it used and the rule that chose its code."""

    code: str
    name: str
    jurisdiction: str
    component: str
    rate_percent: Decimal
    reason_code: str
    source: str
    valid_from: date
    valid_to: date | None
    tax_profile: str
    taxable_minor: int
    tax_minor: int


@dataclass(frozen=True, slots=True)
class AgreedIn:
    """The agreement a line of a document bills, by the terms valid from a day."""

    line: int
    number: str
    name: str
    valid_from: date


def why_document(asked: Asked) -> Why:
    """Explain an invoice or credit note: lines and taxes make the total, settlements make what is open."""
    found = explain_document(asked.entity_id, asked.id)
    doc = found.document
    is_open = "" if doc.open_minor is None else f", of which {format_minor(doc.open_minor, doc.currency)} is open"
    return of_money(
        f"{doc.number} of {doc.issued_on} to {doc.account_name} is {{}}{is_open}",
        doc.total_minor,
        doc.currency,
        [
            *_amounts(asked, found),
            *_reasons(found),
            *group("What settled it", _settled(found)),
            *group("How it left", (_sending(one) for one in found.dispatches)),
            *in_the_books(asked.entity_id, doc.kind, doc.id),
            *what_happened(asked.entity_id, ("invoice", "credit_note", "document"), doc.id),
        ],
        href=f"/invoices/{doc.number}",
    )


def _amounts(asked: Asked, found: Explained) -> Iterator[Why]:
    doc = found.document
    agreed = {
        row.line: row for row in fetch_sql(HERE, "why/agreed_in.sql", AgreedIn, entity=asked.entity_id, id=doc.id)
    }
    lines = [_line(asked, line, doc.currency, agreed.get(line.line)) for line in found.lines]
    yield of_money("Net {}: the lines", doc.net_minor, doc.currency, lines)
    taxes = fetch_sql(HERE, "why/taxes_used.sql", TaxUsed, entity=asked.entity_id, id=doc.id)
    yield of_money("Tax {}", doc.tax_minor, doc.currency, [_tax(tax, doc.currency) for tax in taxes])


def _line(asked: Asked, line: DocumentLine, currency: str, agreed: AgreedIn | None) -> Why:
    versions = charge_versions(asked.entity_id, line.charge_key)
    steps = []
    if agreed is not None:
        name = f" {agreed.name}" if agreed.name else ""
        said = f"Agreed in {agreed.number}{name}, terms of {agreed.valid_from}"
        steps.append(Why(said, href=f"/why/{agreed.number}"))
    steps += [Why(sentence) for one in versions if one.version == line.version for sentence in one.why()]
    if line.credited_net_minor:
        steps.append(of_money("{} of it was taken back", line.credited_net_minor, currency))
    if line.unit_price is not None and not versions:
        steps.append(Why(f"{line.quantity.normalize():f} {line.unit} at {line.unit_price.normalize():f}"))
    period = ""
    if line.period_from and line.period_to:  # kept half-open, said as people do
        period = f" for {line.period_from} to {line.period_to - timedelta(days=1)}"
    return of_money(f"Line {line.line}, {line.description}{period}: {{}}", line.net_minor, currency, steps)


def _tax(tax: TaxUsed, currency: str) -> Why:
    until = f" until {tax.valid_to}" if tax.valid_to else ""
    law = f" by {tax.source}" if tax.source else ""
    reasons = [
        Why(f"{tax.code} ({tax.name}, {tax.jurisdiction}) applies to accounts of tax profile {tax.tax_profile}"),
        Why(f"{tax.component} {tax.rate_percent.normalize():f} % is the rate from {tax.valid_from}{until}{law}"),
    ]
    if tax.reason_code:
        reasons.append(Why(f"the reason for it is {tax.reason_code} (code list of EN 16931)"))
    taxable = format_minor(tax.taxable_minor, currency)
    return of_money(
        f"{tax.component} {tax.rate_percent.normalize():f} % of {taxable}, rounded half up on the document, is {{}}",
        tax.tax_minor,
        currency,
        reasons,
        href=f"/why/{tax.code}",
    )


def _reasons(found: Explained) -> Iterator[Why]:
    doc = found.document
    if doc.reason:
        yield Why(f"It was made because: {doc.reason}")
    if doc.run_id is not None:
        yield Why(f"It was issued by bill run {doc.run_id}", href=f"/why/run-{doc.run_id}")
    for link in found.links:
        yield of_money(
            f"{link.relation.replace('_', ' ').capitalize()} {link.number} of {link.issued_on} over {{}}",
            link.total_minor,
            doc.currency,
            href=f"/why/{link.number}",
        )


def _settled(found: Explained) -> Iterator[Why]:
    for one in found.settlements:
        if one.reverses_id is not None:
            continue
        because = f": {one.reason}" if one.reason else ""
        back = " (taken back later)" if one.taken_back else ""
        yield of_money(
            f"{{}} by {one.other_number or one.other_kind} on {one.effective_on}{because}{back}",
            one.amount_minor,
            one.currency,
            href=f"/why/{one.other_number}" if one.other_number else "",
        )


def _sending(one: Dispatch) -> Why:
    when = f" on {one.sent_at:%Y-%m-%d %H:%M}" if one.sent_at else ""
    answer = f": {one.reply}" if one.reply else ""
    return Why(f"By {one.kind}, {one.state}{when}{answer}")
