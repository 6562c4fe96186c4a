"""What is printed: an invoice, credit note, correction, void notice or statement of account; all exact.

A document that does not add up cannot be built: `DocumentRefused` names the rule and both sides of the sum.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from duly.formats.pdf.party import Address, BankDetails, Buyer, Seller
from duly.kernel.money import currency_digits, round_minor
from duly.kernel.refusals import Refused

__all__ = [
    "Address",
    "AgingBucket",
    "Attachment",
    "BankDetails",
    "Buyer",
    "DocumentRefused",
    "InvoiceDoc",
    "Kind",
    "Line",
    "Seller",
    "StatementDoc",
    "StatementLine",
    "TaxGroup",
]

CURRENCY = re.compile(r"[A-Z]{3}")


class DocumentRefused(Refused, ValueError):
    """The document contradicts itself; facts hold what was stated and what the parts give."""


class Kind(StrEnum):
    """Document kinds; the code of UNTDID 1001 (BT-3) is beside each."""

    INVOICE = "invoice"  # 380
    CREDIT_NOTE = "credit_note"  # 381, amounts positive
    CORRECTION = "correction"  # 384
    VOID_NOTICE = "void_notice"  # 381 for the whole of an invoice


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line: position BT-126, description BT-153, detail BT-154, period BT-134/BT-135, quantity BT-129,
    unit BT-130 (UN/ECE code or word), price BT-146 per `price_per` units BT-149, discount BT-136, net BT-131.

    Leave `unit_price` None where the amount is not quantity times price (tiers, minimum, proration).
    `tax_rate` BT-152 is in percent, `tax_category` BT-151 one of S Z E AE K G O L M.
    """

    position: int
    description: str
    net_minor: int
    detail: str = ""
    period_start: date | None = None
    period_end: date | None = None
    quantity: Decimal | None = None
    unit: str = ""
    unit_price: Decimal | None = None
    price_per: Decimal = Decimal(1)
    discount_minor: int = 0
    tax_category: str = "S"
    tax_rate: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxGroup:
    """Tax of one category and rate: BT-118, BT-119, base BT-116, tax BT-117, exemption reason BT-120.

    `jurisdiction` names one of several taxes on the same lines (state, county): their bases overlap, so only
    their taxes are added up.
    """

    category: str
    rate: Decimal
    taxable_minor: int
    tax_minor: int
    reason: str = ""
    jurisdiction: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A text file carried inside the PDF (PDF/A-3 associated file), such as factur-x.xml."""

    name: str
    text: str
    media_type: str = "text/xml"
    relationship: str = "alternative"
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceDoc:
    """An invoice, credit note, correction or void notice: number BT-1, issue date BT-2, currency BT-5,
    due BT-9, period BT-73/BT-74, terms BT-20, notes BT-22, payment reference BT-83, preceding BT-25/BT-26;
    net BT-109, tax BT-110, gross BT-112, paid BT-113, rounding BT-114, open BT-115.

    `language` is a BCP 47 tag (`en`, `en-GB`, `de`, ...). `payment_qr` overrides the payload of the QR code;
    left None it is the EPC code wherever that is possible, and "" means no QR code.
    """

    kind: Kind
    number: str
    issued_on: date
    seller: Seller
    buyer: Buyer
    currency: str
    lines: tuple[Line, ...]
    taxes: tuple[TaxGroup, ...]
    net_minor: int
    tax_minor: int
    gross_minor: int
    open_minor: int
    paid_minor: int = 0
    rounding_minor: int = 0
    due_on: date | None = None
    period_start: date | None = None
    period_end: date | None = None
    language: str = "en"
    payment_reference: str = ""
    payment_terms: str = ""
    payment_qr: str | None = None
    preceding_number: str = ""
    preceding_issued_on: date | None = None
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        check_head(self.number, self.currency)
        check_invoice(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementLine:
    """One movement of an account: a document or payment, what it changed and what of it is still open."""

    on: date
    description: str
    amount_minor: int
    number: str = ""
    due_on: date | None = None
    open_minor: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgingBucket:
    """What is open within a range of days past due; `days_from` None: not yet due, `days_to` None: no end."""

    open_minor: int
    days_from: int | None = None
    days_to: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementDoc:
    """A statement of account as of `issued_on`: opening balance, movements, closing balance, past due.

    `aging` may be empty; when given, its buckets add up to the closing balance.
    """

    number: str
    issued_on: date
    seller: Seller
    buyer: Buyer
    currency: str
    lines: tuple[StatementLine, ...]
    closing_minor: int
    opening_minor: int = 0
    due_minor: int = 0
    aging: tuple[AgingBucket, ...] = ()
    period_start: date | None = None
    period_end: date | None = None
    language: str = "en"
    payment_reference: str = ""
    payment_terms: str = ""
    payment_qr: str | None = None
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        check_head(self.number, self.currency)
        moved = sum(line.amount_minor for line in self.lines)
        must_equal("statement.does_not_add_up", self.closing_minor, self.opening_minor + moved)
        if self.aging:
            aged = sum(bucket.open_minor for bucket in self.aging)
            must_equal("statement.aging_differs_from_balance", self.closing_minor, aged)


def must_equal(code: str, stated: int, computed: int, **facts: object) -> None:
    """Raise `DocumentRefused(code)` when the stated amount (minor units) is not what the parts give."""
    if stated != computed:
        raise DocumentRefused(code, stated_minor=stated, computed_minor=computed, **facts)


def check_head(number: str, currency: str) -> None:
    if not number.strip():
        raise DocumentRefused("document.number_missing")
    if not CURRENCY.fullmatch(currency):
        raise DocumentRefused("document.currency_unknown", currency=currency)


def check_invoice(doc: InvoiceDoc) -> None:
    """EN 16931 BR-CO-10, 13, 14, 15, 16, line arithmetic (Peppol R120 without its slack) and BR-55."""
    if not doc.lines:
        raise DocumentRefused("document.has_no_lines", number=doc.number)
    for line in doc.lines:
        check_line(line, doc.currency)
    must_equal("document.net_differs_from_lines", doc.net_minor, sum(line.net_minor for line in doc.lines))
    must_equal("document.tax_differs_from_groups", doc.tax_minor, sum(tax.tax_minor for tax in doc.taxes))
    must_equal("document.gross_differs", doc.gross_minor, doc.net_minor + doc.tax_minor)
    must_equal("document.open_differs", doc.open_minor, doc.gross_minor - doc.paid_minor + doc.rounding_minor)
    check_tax_bases(doc)
    if doc.kind is not Kind.INVOICE and not doc.preceding_number:
        raise DocumentRefused("document.preceding_number_missing", number=doc.number)


def check_line(line: Line, currency: str) -> None:
    """Where a line shows quantity and price, their product less the discount is the net, rounded half up."""
    if line.quantity is None or line.unit_price is None:
        return
    if not line.price_per:
        raise DocumentRefused("line.price_per_is_zero", position=line.position)
    exact = line.quantity * line.unit_price / line.price_per
    product = round_minor(exact.scaleb(currency_digits(currency))) - line.discount_minor
    must_equal("line.net_differs_from_price", line.net_minor, product, position=line.position)


def check_tax_bases(doc: InvoiceDoc) -> None:
    """Each category and rate is taxed on the sum of its lines (BR-CO-17's base); not so for taxes of
    several jurisdictions on the same lines, nor for a document without any tax."""
    if not doc.taxes or any(tax.jurisdiction for tax in doc.taxes):
        return
    stated = bases((tax.category, tax.rate, tax.taxable_minor) for tax in doc.taxes)
    lines = bases((line.tax_category, line.tax_rate, line.net_minor) for line in doc.lines)
    for category, rate in sorted(stated.keys() | lines.keys()):
        key = (category, rate)
        must_equal("tax.base_differs_from_lines", stated[key], lines[key], category=category, rate=rate)


def bases(parts: Iterable[tuple[str, Decimal, int]]) -> defaultdict[tuple[str, Decimal], int]:
    """Add up amounts by category and rate; a rate of 19 and one of 19.00 are the same key."""
    sums: defaultdict[tuple[str, Decimal], int] = defaultdict(int)
    for category, rate, minor in parts:
        sums[category, rate] += minor
    return sums
