"""Turns a document into what the template places: finished strings in reading order. No typesetting here."""

from __future__ import annotations

import re
from typing import Any

from babel import Locale

from duly.formats.pdf.document import InvoiceDoc, StatementDoc
from duly.formats.pdf.figures import Figures, locale_of
from duly.formats.pdf.invoice_sheet import invoice_parts
from duly.formats.pdf.party import Buyer, Seller
from duly.formats.pdf.reminder import ReminderDoc
from duly.formats.pdf.reminder_sheet import reminder_parts
from duly.formats.pdf.sheet import Pen, Sheet, printable, spaced
from duly.formats.pdf.statement_sheet import statement_parts
from duly.formats.pdf.words import Words

VIEW_BOX = re.compile(r"""viewBox=["']\s*[-\d.]+[\s,]+[-\d.]+[\s,]+([\d.]+)[\s,]+([\d.]+)\s*["']""")
# Countries that print on US Letter; all others on A4 (ISO 216).
LETTER_COUNTRIES = frozenset(["US", "CA", "MX", "CO", "CL", "PH", "PR", "DO", "GT", "CR", "PA", "VE"])


def sheet_of(doc: InvoiceDoc | StatementDoc | ReminderDoc) -> Sheet:
    """Return everything the template prints for a document, in the document's language."""
    locale = locale_of(doc.language)
    pen = Pen(Words(doc.language), Figures(locale, doc.currency))
    parts = parts_of(doc, pen)
    sheet = letterhead(doc, locale, pen) | parts
    sheet["title"] = f"{parts['heading']} · {doc.seller.name}"
    clean: Sheet = printable(sheet)
    return clean


def parts_of(doc: InvoiceDoc | StatementDoc | ReminderDoc, pen: Pen) -> Sheet:
    """Return what this kind of document alone has."""
    if isinstance(doc, InvoiceDoc):
        return invoice_parts(doc, pen)
    return reminder_parts(doc, pen) if isinstance(doc, ReminderDoc) else statement_parts(doc, pen)


def letterhead(doc: InvoiceDoc | StatementDoc | ReminderDoc, locale: Locale, pen: Pen) -> Sheet:
    """Return what all documents of a seller to a buyer have in common."""
    seller, words = doc.seller, pen.words
    return {
        "lang": locale.language,
        "region": locale.territory or "",
        "paper": "us-letter" if seller.address.country in LETTER_COUNTRIES else "a4",
        "accent": seller.accent,
        "author": seller.name,
        "date": [doc.issued_on.year, doc.issued_on.month, doc.issued_on.day],
        "logo": seller.logo_svg,
        "logo_height": logo_height_mm(seller.logo_svg),
        "logo_alt": words("logo.alt", name=seller.name),
        "seller": seller_block(seller),
        "sender": " · ".join((seller.name, *seller.address.lines())),
        "recipient": recipient(doc.buyer, seller, locale, pen),
        "currency": words("table.currency", currency=doc.currency),
        "notes": list(doc.notes),
        "legal": legal_columns(seller, pen),
        # The template puts the numbers in; it alone knows them.
        "page_of": words("page.of", page="{page}", pages="{pages}"),
    }


def logo_height_mm(svg: str) -> float:
    """Return 12 mm, or less for a logo so wide that it would run into the sender's address."""
    box = VIEW_BOX.search(svg)
    width, height = (float(box[1]), float(box[2])) if box else (1.0, 1.0)
    return round(min(12.0, 88 * height / width), 2) if width > 0 < height else 12.0


def seller_block(seller: Seller) -> dict[str, Any]:
    contact = (seller.contact_name, seller.phone, seller.email, seller.website)
    return {
        "name": seller.name,
        "lines": list(seller.address.lines()),
        "contact": [text for text in contact if text],
    }


def recipient(buyer: Buyer, seller: Seller, locale: Locale, pen: Pen) -> list[str]:
    """Return the address as the post reads it; the country's name stands last when it is not the seller's."""
    lines = [buyer.name]
    if buyer.contact_name:
        lines.append(pen.words("party.attention", name=buyer.contact_name))
    lines += buyer.address.lines()
    country = buyer.address.country
    if country and country != seller.address.country:
        lines.append(locale.territories.get(country, country).upper())
    return lines


def legal_columns(seller: Seller, pen: Pen) -> list[list[str]]:
    """Return the footer: who and where, bank, register and tax numbers; empty columns are left out."""
    bank = seller.bank
    money = [bank.bank_name, pen.labelled("payment.iban", spaced(bank.iban)), bank.bic] if bank else []
    numbers = [
        pen.labelled("party.vat_id", seller.vat_id),
        pen.labelled("party.tax_number", seller.tax_number),
        seller.register,
        *seller.legal_lines,
    ]
    columns = ([seller.name, *seller.address.lines()], money, numbers)
    filled = ([text for text in column if text] for column in columns)
    return [column for column in filled if column]
