"""A document on paper: drawn once from its snapshot, kept under its content hash."""

from __future__ import annotations

import hashlib
import os
import secrets
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from duly.formats.pdf import (
    Address,
    BankDetails,
    Buyer,
    InvoiceDoc,
    Kind,
    Line,
    Seller,
    TaxGroup,
    render_pdf,
)
from duly.formats.reference import print_reference
from duly.invoicing.models import from_json
from duly.invoicing.queries.documents import (
    Document,
    DocumentLine,
    DocumentTax,
    document,
    lines_of,
    taxes_of,
)
from duly.kernel.money import currency_digits, round_minor
from duly.kernel.sql import fetch_one, run_sql
from duly.receivables.queries.references import reference_schemes

HERE = "duly.invoicing"
ONE_TAX = frozenset(["VAT", "none"])
"""Components that stand for a code's only tax; others are named, their bases overlap."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Seller and buyer as they were, the document it refers to, and the file drawn before."""

    seller: Any
    buyer: Any
    preceding_number: str | None
    preceding_on: Any
    pdf_hash: bytes | None


def render(entity_id: int, document_id: int) -> bytes:
    """Return the document's PDF/A; drawn at the first call and kept, the same bytes ever after."""
    found = snapshot(entity_id, document_id)
    if found.pdf_hash is not None:
        file = file_of(bytes(found.pdf_hash))
        if file.exists():
            return file.read_bytes()
    pdf = render_pdf(sheet(entity_id, document_id))
    digest = hashlib.sha256(pdf).digest()
    keep(file_of(digest), pdf)
    run_sql(HERE, "delivery/note_pdf.sql", entity=entity_id, id=document_id, pdf_hash=digest)
    return pdf


def snapshot(entity_id: int, document_id: int) -> Snapshot:
    """Return who sold to whom, as frozen when the document was issued."""
    found = fetch_one(HERE, "delivery/snapshot.sql", Snapshot, entity=entity_id, id=document_id)
    assert found is not None
    return found


def file_of(digest: bytes) -> Path:
    """Return where the file of a content hash lies under the home."""
    name = digest.hex()
    return home_folder() / "files" / "documents" / name[:2] / f"{name}.pdf"


def home_folder() -> Path:
    """Return the home of this process, as `boot` set it."""
    return Path(os.environ["DULY_HOME"])


def keep(file: Path, content: bytes) -> None:
    """Write a file whole or not at all; one that is there already is left alone."""
    if file.exists():
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f".{file.name}.{os.getpid()}.{secrets.token_hex(4)}")
    draft.write_bytes(content)
    draft.replace(file)


def sheet(entity_id: int, document_id: int) -> InvoiceDoc:
    """Return the document as it goes on paper: as issued, nothing paid; credit notes with positive amounts."""
    head = document(entity_id, document_id)
    found = snapshot(entity_id, document_id)
    lines, taxes = lines_of(entity_id, document_id), taxes_of(entity_id, document_id)
    sign = -1 if head.kind == "credit_note" else 1
    percent = {tax.rate_id: tax.rate.scaleb(2) for tax in taxes}
    return InvoiceDoc(
        kind=kind_of(head),
        number=head.number,
        issued_on=head.issued_on,
        due_on=head.due_on if head.kind == "invoice" else None,
        seller=seller_of(from_json(found.seller)),
        buyer=buyer_of(from_json(found.buyer), head),
        currency=head.currency,
        lines=tuple(line_of(line, sign, percent, head.currency) for line in lines),
        taxes=tuple(tax_of(tax, sign) for tax in taxes),
        net_minor=sign * head.net_minor,
        tax_minor=sign * head.tax_minor,
        gross_minor=sign * head.total_minor,
        open_minor=sign * head.total_minor,
        period_start=head.period_from,
        period_end=last_day(head.period_to),
        language=head.language,
        payment_reference=print_reference(head.reference, reference_schemes(entity_id)),
        preceding_number=found.preceding_number or "",
        preceding_issued_on=found.preceding_on,
        notes=(head.reason,) if head.reason else (),
    )


def kind_of(head: Document) -> Kind:
    """Return which kind of paper a document is."""
    if head.kind == "credit_note":
        return Kind.CREDIT_NOTE
    return Kind.CORRECTION if head.corrects_id is not None else Kind.INVOICE


def seller_of(content: dict[str, Any]) -> Seller:
    """Return the seller of a snapshot of the entity."""
    address, bank = content.get("address") or {}, content.get("bank") or {}
    return Seller(
        name=content["legal_name"],
        address=Address(
            street=address.get("street", ""),
            more=tuple(part for part in [address.get("street2", "")] if part),
            town=address.get("city", ""),
            postcode=address.get("postal_code", ""),
            region=address.get("region", ""),
            country=address.get("country") or content["country"],
        ),
        vat_id=content["vat_id"],
        tax_number=content["tax_number"],
        register=content["register"],
        email=content["email"],
        phone=content["phone"],
        website=content["website"],
        bank=BankDetails(**{name: str(value) for name, value in bank.items()}) if bank else None,
    )


def buyer_of(content: dict[str, Any], head: Document) -> Buyer:
    """Return the buyer as he was when the document was issued."""
    return Buyer(
        name=content["legal_name"] or content["name"],
        address=Address(
            street=content["street"],
            more=tuple(part for part in [content["street2"]] if part),
            town=content["city"],
            postcode=content["postal_code"],
            region=content["region"],
            country=content["country"],
        ),
        account_number=content["account_number"],
        vat_id=content["vat_id"],
        order_number=head.po_number,
    )


def last_day(first_day_after: date | None) -> date | None:
    """Return the last day of a period, as people write it; kept is the first day that is no longer in it."""
    return first_day_after - timedelta(days=1) if first_day_after else None


def line_of(line: DocumentLine, sign: int, percent: dict[int, Decimal], currency: str) -> Line:
    """Return a line as printed; quantity and price stand there only where their product is the net."""
    quantity, price = sign * line.quantity, line.unit_price
    net_minor = sign * line.net_minor
    shown = price is not None and round_minor((quantity * price).scaleb(currency_digits(currency))) == net_minor
    return Line(
        position=line.line,
        description=line.description,
        net_minor=net_minor,
        period_start=line.period_from,
        period_end=last_day(line.period_to),
        quantity=quantity if shown else None,
        unit=line.unit if shown else "",
        unit_price=price if shown else None,
        tax_category=line.tax_category,
        tax_rate=sum((percent[rate] for rate in line.tax_rate_ids), Decimal(0)),
    )


def tax_of(tax: DocumentTax, sign: int) -> TaxGroup:
    """Return a tax as printed."""
    return TaxGroup(
        category=tax.category,
        rate=tax.rate.scaleb(2),
        taxable_minor=sign * tax.taxable_minor,
        tax_minor=sign * tax.tax_minor,
        reason="",  # the paper has the legal words of each category in the customer's language; the code is BT-121
        jurisdiction="" if tax.component in ONE_TAX else tax.component,
    )
