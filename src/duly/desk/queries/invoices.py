"""The list of documents, each state by the index that finds it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from duly.desk.web.paging import Cursor
from duly.invoicing.queries.documents import Document, DocumentFilter, documents_page
from duly.kernel.sql import fetch_sql, fetch_value

HERE = "duly.desk"


@dataclass(frozen=True, slots=True)
class Listed:
    """A document as a line of a list; `open_minor` is None where nothing was due."""

    id: int
    kind: str
    number: str
    account_id: int
    account_number: str
    account_name: str
    currency: str
    issued_on: date
    due_on: date
    net_minor: int
    tax_minor: int
    total_minor: int
    po_number: str
    run_id: int | None
    delivery: str
    corrects_number: str | None
    voided_by_number: str | None
    open_minor: int | None
    delivery_state: str | None


BY_STATE = {
    "open": "due",
    "overdue": "due",
    "voided": "voided",
    "undelivered": "undelivered",
}


def by_due(wanted: DocumentFilter) -> bool:
    """Return whether the list stands in order of due day; all others are newest first."""
    return wanted.state in ("open", "overdue")


def invoices(
    entity_id: int, wanted: DocumentFilter, *, today: date, cursor: Cursor, limit: int
) -> Sequence[Listed | Document]:
    """Return documents, each kind of question by the index that answers it."""
    path = BY_STATE.get(wanted.state or "")
    if path is None and wanted.kind == "credit_note" and not wanted.state:
        path = "credit_notes"
    if path is None:
        before = (cursor.after, cursor.after_id) if isinstance(cursor.after, date) and cursor.after_id else None
        return documents_page(entity_id, wanted, today=today, before=before, limit=limit)
    return fetch_sql(
        HERE,
        f"invoices/{path}.sql",
        Listed,
        entity=entity_id,
        due_before=today if wanted.state == "overdue" else None,
        kind=wanted.kind,
        account=wanted.account_id,
        run=wanted.run_id,
        from_on=wanted.from_on,
        to_on=wanted.to_on,
        after=cursor.after,
        after_id=cursor.after_id,
        limit=limit,
    )


def count_invoices(entity_id: int, wanted: DocumentFilter, *, today: date) -> int | None:
    """Return how many fit, counted no further than 10,001; None where counting would read too much."""
    narrowed = wanted.run_id or wanted.from_on or wanted.to_on
    if by_due(wanted) and not (wanted.kind or narrowed):
        due_before = today if wanted.state == "overdue" else None
        path, more = "count_open", {"due_before": due_before, "account": wanted.account_id}
    elif wanted.state:
        return None
    elif wanted.kind == "credit_note":
        if narrowed or wanted.account_id:
            return None
        path, more = "count_credit_notes", {}
    else:
        path = "count"
        more = {"account": wanted.account_id, "run": wanted.run_id, "from_on": wanted.from_on, "to_on": wanted.to_on}
    return int(fetch_value(HERE, f"invoices/{path}.sql", entity=entity_id, **more))
