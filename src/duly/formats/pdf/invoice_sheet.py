"""The parts of an invoice, credit note, correction or void notice."""

from __future__ import annotations

from typing import Any

from duly.formats.pdf.document import InvoiceDoc, Kind, Line, TaxGroup
from duly.formats.pdf.sheet import Pen, Sheet, columns_of, payment_block, spaced, without_blanks

TO_BE_PAID = frozenset([Kind.INVOICE, Kind.CORRECTION])


def invoice_parts(doc: InvoiceDoc, pen: Pen) -> Sheet:
    """Return heading, facts, amount due, lines, taxes, totals and payment of a document."""
    return {
        "heading": f"{pen.words(f'kind.{doc.kind}')} {doc.number}",
        "lead": lead(doc, pen),
        "facts": facts(doc, pen),
        "due": due(doc, pen),
        "lines_heading": pen.words("table.lines"),
        **line_table(doc, pen),
        "taxes": tax_table(doc, pen),
        "reasons": reasons(doc, pen),
        "totals": totals(doc, pen),
        "terms": "" if doc.kind in TO_BE_PAID and doc.open_minor <= 0 else doc.payment_terms,
        "payment": payment_block(doc, doc.open_minor, pen) if doc.kind in TO_BE_PAID else None,
    }


def lead(doc: InvoiceDoc, pen: Pen) -> str:
    """Return the sentence that names the document this one belongs to (BG-3)."""
    if not doc.preceding_number:
        return ""
    if doc.preceding_issued_on is None:
        key = f"lead.undated.{doc.kind}"
        return pen.words(key, number=doc.preceding_number) if pen.words.has(key) else ""
    day = pen.figures.day(doc.preceding_issued_on)
    return pen.words(f"lead.{doc.kind}", number=doc.preceding_number, date=day)


def facts(doc: InvoiceDoc, pen: Pen) -> list[list[str]]:
    words, figures, buyer = pen.words, pen.figures, doc.buyer
    pairs = [
        (words(f"fact.number.{doc.kind}"), doc.number),
        (words("fact.issued_on"), figures.day(doc.issued_on)),
        (words("fact.due_on"), figures.day(doc.due_on) if doc.due_on else ""),
        (words("fact.period"), figures.period(doc.period_start, doc.period_end)),
        (words("fact.preceding"), doc.preceding_number),
        (words("fact.account_number"), buyer.account_number),
        (words("fact.order_number"), buyer.order_number),
        (words("fact.reference"), buyer.reference),
        (words("fact.buyer_vat_id"), buyer.vat_id),
    ]
    return without_blanks(pairs)


def due(doc: InvoiceDoc, pen: Pen) -> Sheet:
    """Return the one amount the reader looks for, and when and under which reference it is to be paid."""
    label, amount_minor = headline(doc)
    cells = []
    if doc.kind in TO_BE_PAID and doc.open_minor > 0:
        day = pen.figures.day(doc.due_on) if doc.due_on else pen.words("due.on_receipt")
        cells = [
            (pen.words("due.on"), day),
            (pen.words("due.reference"), spaced(doc.payment_reference)),
        ]
    return {
        "label": pen.words(label),
        "amount": pen.figures.money(amount_minor),
        "cells": without_blanks(cells),
    }


def headline(doc: InvoiceDoc) -> tuple[str, int]:
    if doc.kind not in TO_BE_PAID:
        return f"due.{doc.kind}", doc.gross_minor
    if doc.open_minor < 0:
        return "due.credit_balance", -doc.open_minor
    return ("due.open" if doc.open_minor else "due.paid"), doc.open_minor


def line_table(doc: InvoiceDoc, pen: Pen) -> Sheet:
    """Return columns and rows; quantity, price and tax columns stand only where they say something."""
    words = pen.words
    priced = any(line.quantity is not None or line.unit_price is not None for line in doc.lines)
    mixed = len({(line.tax_category, line.tax_rate) for line in doc.lines}) > 1
    columns = [
        ("position", "num", True),
        ("description", "wide", True),
        ("quantity", "num", priced),
        ("unit_price", "num", priced),
        ("tax", "num", mixed),
        ("amount", "num", True),
    ]
    kept = [at for at, (_, _, shown) in enumerate(columns) if shown]
    rows = [[cells[at] for at in kept] for cells in (line_cells(line, pen) for line in doc.lines)]
    heads = [(words(f"column.{columns[at][0]}"), columns[at][1]) for at in kept]
    return {"columns": columns_of(heads, rows), "rows": rows}


def line_cells(line: Line, pen: Pen) -> list[Any]:
    figures = pen.figures
    about = (line.detail, figures.period(line.period_start, line.period_end))
    notes = [" · ".join(text for text in about if text)]
    if line.discount_minor:
        notes.append(pen.words("line.discount", amount=figures.amount(line.discount_minor)))
    return [
        str(line.position),
        {"text": line.description, "notes": [note for note in notes if note]},
        quantity(line, pen),
        unit_price(line, pen),
        tax_name(line.tax_category, line, pen) if line.tax_rate == 0 else figures.percent(line.tax_rate),
        figures.amount(line.net_minor),
    ]


def quantity(line: Line, pen: Pen) -> str:
    if line.quantity is None:
        return ""
    unit = pen.words.unit(line.unit, many=abs(line.quantity) != 1)
    return f"{pen.figures.number(line.quantity)} {unit}".strip()


def unit_price(line: Line, pen: Pen) -> str:
    if line.unit_price is None:
        return ""
    price = pen.figures.price(line.unit_price)
    if line.price_per == 1:
        return price
    return f"{price} {pen.words('line.price_per', count=pen.figures.number(line.price_per))}"


def tax_name(category: str, part: Line | TaxGroup, pen: Pen) -> str:
    """Return what a tax is called: `VAT 19%`, `Reverse charge`; `0%` for a plain zero rate."""
    jurisdiction = part.jurisdiction if isinstance(part, TaxGroup) else ""
    rate = part.tax_rate if isinstance(part, Line) else part.rate
    key = f"tax.category.{category}"
    name = jurisdiction or (pen.words(key) if pen.words.has(key) else category)
    return f"{name} {pen.figures.percent(rate)}" if rate or category == "S" else name


def tax_table(doc: InvoiceDoc, pen: Pen) -> Sheet | None:
    if not doc.taxes:
        return None
    figures, words = pen.figures, pen.words
    rows = [
        [tax_name(tax.category, tax, pen), figures.amount(tax.taxable_minor), figures.amount(tax.tax_minor)]
        for tax in doc.taxes
    ]
    labels = (words("table.taxes"), words("tax.taxable"), words("tax.tax"))
    return {"columns": list(labels), "rows": rows}


def reasons(doc: InvoiceDoc, pen: Pen) -> list[str]:
    """Return why no tax is charged, once each (BT-120; where data says nothing, the directive's wording)."""
    texts = []
    for tax in doc.taxes:
        key = f"tax.reason.{tax.category}"
        texts.append(tax.reason or (pen.words(key) if pen.words.has(key) else ""))
    return [text for text in dict.fromkeys(texts) if text]


def totals(doc: InvoiceDoc, pen: Pen) -> list[Sheet]:
    """Return the totals from net to open; the last one is the strong one."""
    special = "credit_note" if doc.kind is Kind.CREDIT_NOTE else ""
    words = pen.words
    rows: list[tuple[str, int, bool]] = []
    if doc.taxes:
        one = tax_name(doc.taxes[0].category, doc.taxes[0], pen) if len(doc.taxes) == 1 else ""
        rows += [
            (words("total.net"), doc.net_minor, False),
            (one or words("total.tax"), doc.tax_minor, False),
        ]
    settled = doc.paid_minor != 0 or doc.rounding_minor != 0
    rows.append((words.either("total.gross", special), doc.gross_minor, True))
    if doc.rounding_minor:
        rows.append((words("total.rounding"), doc.rounding_minor, False))
    if doc.paid_minor:
        rows.append((words.either("total.paid", special), -doc.paid_minor, False))
    if settled:
        rows.append((words.either("total.open", special), doc.open_minor, True))
    return [{"label": label, "value": pen.figures.money(minor), "strong": strong} for label, minor, strong in rows]
