"""Reading documents: one with everything that explains it, and pages of many."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from duly.invoicing.models import from_json
from duly.kernel.refusals import NotFound
from duly.kernel.sql import fetch_one, fetch_sql, fetch_value
from duly.receivables.queries.items import Settlement, settlements_of

HERE = "duly.invoicing"
PAGE = 50


@dataclass(frozen=True, slots=True)
class Document:
    """An invoice or credit note; credit notes have negative amounts. `open_minor` is None where nothing was due."""

    id: int
    public_id: str
    kind: str
    number: str
    reference: str
    account_id: int
    account_number: str
    account_name: str
    currency: str
    issued_on: date
    due_on: date
    period_from: date | None
    period_to: date | None
    net_minor: int
    tax_minor: int
    total_minor: int
    po_number: str
    language: str
    run_id: int | None
    reason: str
    delivery: str
    corrects_id: int | None
    corrects_number: str | None
    voided_by_id: int | None
    voided_by_number: str | None
    item_id: int | None
    open_minor: int | None
    closed_on: date | None
    delivery_state: str | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A line as billed; `pricing` says how its price came to be, `credited_net_minor` what was taken back of it."""

    line: int
    charge_key: str
    version: int
    source_kind: str
    source_id: int | None
    item_id: int | None
    description: str
    period_from: date | None
    period_to: date | None
    tax_point_on: date
    quantity: Decimal
    unit: str
    unit_price: Decimal | None
    net_minor: int
    tax_code: str
    tax_category: str
    reason_code: str
    tax_rate_ids: list[int]
    tax_minors: list[int]
    revenue_account_id: int
    reverses_invoice_id: int | None
    reverses_line: int | None
    pricing: Any
    credited_net_minor: int


@dataclass(frozen=True, slots=True)
class DocumentTax:
    """A tax of a document with the rate row it used, frozen; `rate` 0.19 is 19 %."""

    rate_id: int
    tax_code: str
    component: str
    category: str
    rate: Decimal
    reason_code: str
    taxable_minor: int
    tax_minor: int


@dataclass(frozen=True, slots=True)
class Link:
    """A document tied to another: corrected_by, taken_back_by, takes_back, corrects."""

    relation: str
    id: int
    kind: str
    number: str
    issued_on: date
    total_minor: int


@dataclass(frozen=True, slots=True)
class Dispatch:
    """One sending of a document: queued, sent, failed, cancelled or bounced."""

    id: int
    kind: str
    topic: str
    payload: Any
    state: str
    not_before: datetime
    attempts: int
    reply: str
    message_id: str
    sent_at: datetime | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A document that did not arrive: whose, how much, and what the other side said."""

    id: int
    invoice_id: int
    number: str
    account_id: int
    account_name: str
    owner_id: int | None
    total_minor: int
    currency: str
    state: str
    reply: str
    attempts: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Explained:
    """A document with its lines, taxes, the documents tied to it, what settled it, and its sendings."""

    document: Document
    lines: list[DocumentLine]
    taxes: list[DocumentTax]
    links: list[Link]
    settlements: list[Settlement]
    dispatches: list[Dispatch]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFilter:
    """Which documents: state is open, overdue, settled, voided or undelivered; None means any."""

    account_id: int | None = None
    kind: str | None = None
    run_id: int | None = None
    state: str | None = None
    from_on: date | None = None
    to_on: date | None = None


def document(entity_id: int, document_id: int) -> Document:
    """Return a document; NotFound when this entity has none of that id."""
    found = fetch_one(HERE, "read/document.sql", Document, entity=entity_id, id=document_id)
    if found is None:
        raise NotFound("invoice.unknown", invoice=document_id)
    return found


def document_by_number(entity_id: int, number: str) -> Document:
    """Return the invoice or credit note of a number such as INV-2026-000001."""
    found = fetch_value(HERE, "read/document_id.sql", entity=entity_id, number=number.strip())
    if found is None:
        raise NotFound("invoice.unknown", number=number)
    return document(entity_id, int(found))


def lines_of(entity_id: int, document_id: int) -> list[DocumentLine]:
    """Return the lines of a document in order."""
    rows = fetch_sql(HERE, "read/lines.sql", DocumentLine, entity=entity_id, id=document_id)
    return [replace(row, pricing=from_json(row.pricing)) for row in rows]


def taxes_of(entity_id: int, document_id: int) -> list[DocumentTax]:
    """Return the taxes of a document."""
    return fetch_sql(HERE, "read/taxes.sql", DocumentTax, entity=entity_id, id=document_id)


def explain_document(entity_id: int, document_id: int) -> Explained:
    """Return a document with everything that says why it is what it is."""
    found = document(entity_id, document_id)
    where = {"entity": entity_id, "id": document_id}
    dispatches = fetch_sql(HERE, "read/dispatches.sql", Dispatch, **where)
    return Explained(
        found,
        lines_of(entity_id, document_id),
        taxes_of(entity_id, document_id),
        fetch_sql(HERE, "read/links.sql", Link, **where),
        settlements_of(entity_id, [found.item_id]) if found.item_id else [],
        [replace(row, payload=from_json(row.payload)) for row in dispatches],
    )


def documents_page(
    entity_id: int,
    wanted: DocumentFilter,
    *,
    today: date,
    before: tuple[date, int] | None = None,
    limit: int = PAGE,
) -> list[Document]:
    """Return documents newest first, older than `before` (issued_on, id of the last one seen)."""
    return fetch_sql(
        HERE,
        "read/documents.sql",
        Document,
        entity=entity_id,
        account=wanted.account_id,
        kind=wanted.kind,
        run=wanted.run_id,
        state=wanted.state,
        from_on=wanted.from_on,
        to_on=wanted.to_on,
        today=today,
        before_on=before[0] if before else None,
        before_id=before[1] if before else None,
        limit=limit,
    )


def list_undelivered(entity_id: int, *, after_id: int | None = None, limit: int = PAGE) -> list[Undelivered]:
    """Return documents that did not arrive and were not sent again since, oldest first."""
    return fetch_sql(HERE, "read/undelivered.sql", Undelivered, entity=entity_id, after=after_id, limit=limit)
