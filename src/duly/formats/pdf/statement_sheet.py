"""The parts of a statement of account."""

from __future__ import annotations

from typing import Any

from duly.formats.pdf.document import AgingBucket, StatementDoc
from duly.formats.pdf.sheet import Pen, Sheet, columns_of, payment_block, spaced, without_blanks


def statement_parts(doc: StatementDoc, pen: Pen) -> Sheet:
    """Return heading, facts, balance, movements with running balance, aging, totals and payment."""
    words = pen.words
    return {
        "heading": f"{words('kind.statement')} {doc.number}",
        "lead": "",
        "facts": facts(doc, pen),
        "due": balance(doc, pen),
        "lines_heading": words("table.movements"),
        **movement_table(doc, pen),
        "taxes": aging_table(doc, pen),
        "reasons": [],
        "totals": totals(doc, pen),
        "terms": doc.payment_terms if doc.closing_minor > 0 else "",
        "payment": payment_block(doc, doc.closing_minor, pen),
    }


def facts(doc: StatementDoc, pen: Pen) -> list[list[str]]:
    words, figures = pen.words, pen.figures
    pairs = [
        (words("fact.number.statement"), doc.number),
        (words("fact.as_of"), figures.day(doc.issued_on)),
        (words("fact.period"), figures.period(doc.period_start, doc.period_end)),
        (words("fact.account_number"), doc.buyer.account_number),
        (words("fact.reference"), doc.buyer.reference),
    ]
    return without_blanks(pairs)


def balance(doc: StatementDoc, pen: Pen) -> Sheet:
    in_favour = doc.closing_minor < 0
    cells = [
        (pen.words("due.past_due"), pen.figures.money(doc.due_minor) if doc.due_minor > 0 else ""),
        (pen.words("due.reference"), "" if in_favour else spaced(doc.payment_reference)),
    ]
    return {
        "label": pen.words("due.credit_balance" if in_favour else "due.balance"),
        "amount": pen.figures.money(abs(doc.closing_minor)),
        "cells": without_blanks(cells),
    }


def movement_table(doc: StatementDoc, pen: Pen) -> Sheet:
    """Return the movements, each with the balance after it; the balance brought forward stands first."""
    words, figures = pen.words, pen.figures
    kinds = {
        "on": "date",
        "document": "wide",
        "due_on": "date",
        "amount": "num",
        "open": "num",
        "balance": "num",
    }
    running = doc.opening_minor
    rows: list[list[Any]] = []
    if doc.opening_minor:
        opening = {"text": words("line.opening"), "notes": []}
        rows.append(["", opening, "", "", "", figures.amount(running)])
    for line in doc.lines:
        running += line.amount_minor
        rows.append(
            [
                figures.day(line.on),
                {"text": " ".join(part for part in (line.description, line.number) if part), "notes": []},
                figures.day(line.due_on) if line.due_on else "",
                figures.amount(line.amount_minor),
                "" if line.open_minor is None else figures.amount(line.open_minor),
                figures.amount(running),
            ]
        )
    heads = [(words(f"column.{name}"), kind) for name, kind in kinds.items()]
    return {"columns": columns_of(heads, rows), "rows": rows}


def aging_table(doc: StatementDoc, pen: Pen) -> Sheet | None:
    if not doc.aging:
        return None
    rows = [[age(bucket, pen), pen.figures.amount(bucket.open_minor)] for bucket in doc.aging]
    return {"columns": [pen.words("table.aging"), pen.words("column.open")], "rows": rows}


def age(bucket: AgingBucket, pen: Pen) -> str:
    if bucket.days_from is None:
        return pen.words("aging.current")
    if bucket.days_to is None:
        return pen.words("aging.over", **{"from": bucket.days_from - 1})
    return pen.words("aging.range", **{"from": bucket.days_from, "to": bucket.days_to})


def totals(doc: StatementDoc, pen: Pen) -> list[Sheet]:
    words, money = pen.words, pen.figures.money
    moved_minor = doc.closing_minor - doc.opening_minor
    return [
        {"label": words("total.opening"), "value": money(doc.opening_minor), "strong": False},
        {"label": words("total.movements"), "value": money(moved_minor), "strong": False},
        {"label": words("total.closing"), "value": money(doc.closing_minor), "strong": True},
    ]
