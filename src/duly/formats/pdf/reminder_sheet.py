"""The parts of a reminder."""

from __future__ import annotations

from typing import Any

from duly.formats.pdf.figures import Figures
from duly.formats.pdf.reminder import ReminderDoc
from duly.formats.pdf.sheet import Pen, Sheet, columns_of, payment_block, spaced, without_blanks


def reminder_parts(doc: ReminderDoc, pen: Pen) -> Sheet:
    """Return heading, words, the amount asked for, the items with their lateness, totals and payment."""
    words = pen.words
    return {
        "heading": doc.subject,
        "lead": doc.body,
        "facts": without_blanks(
            [
                (words("fact.issued_on"), pen.figures.day(doc.issued_on)),
                (words("fact.number.reminder"), doc.number),
                (words("fact.account_number"), doc.buyer.account_number),
                (words("fact.reference"), doc.buyer.reference),
            ]
        ),
        "due": asked(doc, pen),
        "lines_heading": words("table.overdue"),
        **item_table(doc, pen),
        "taxes": None,
        "reasons": [],
        "totals": [
            {"label": words("total.open"), "value": figures_of(pen, currency).money(minor), "strong": at == 0}
            for at, (currency, minor) in enumerate(doc.totals)
        ],
        "terms": "",
        "payment": payment_block(doc, doc.total_minor, pen),
    }


def asked(doc: ReminderDoc, pen: Pen) -> Sheet:
    """Return the amount in large, by when, and what to quote."""
    cells = [
        (pen.words("due.on"), pen.figures.day(doc.pay_by_on)),
        (pen.words("due.reference"), spaced(doc.payment_reference)),
    ]
    return {
        "label": pen.words("due.open"),
        "amount": pen.figures.money(doc.total_minor),
        "cells": without_blanks(cells),
    }


def figures_of(pen: Pen, currency: str) -> Figures:
    """Return figures in another currency of the same letter."""
    return Figures(pen.figures.locale, currency)


def item_table(doc: ReminderDoc, pen: Pen) -> Sheet:
    """Return the items; where the letter asks in several currencies, each amount names its own."""
    words, figures = pen.words, pen.figures
    several = len(doc.totals) > 1
    rows: list[list[Any]] = []
    for line in doc.lines:
        amount = figures_of(pen, line.currency)
        rows.append(
            [
                {
                    "text": " ".join(part for part in (line.description, line.number) if part),
                    "notes": [line.note] if line.note else [],
                },
                figures.day(line.due_on),
                str(line.days_late) if line.days_late > 0 else "",
                amount.money(line.asked_minor) if several else amount.amount(line.asked_minor),
            ]
        )
    kinds = (("document", "wide"), ("due_on", "date"), ("days_late", "num"), ("amount", "num"))
    heads = [(words(f"column.{name}"), kind) for name, kind in kinds]
    return {"columns": columns_of(heads, rows), "rows": rows}
