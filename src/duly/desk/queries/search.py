"""Finding things by what people remember: numbers, names, references, amounts, bank texts. By index only."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import OperationalError, connection, transaction

from duly.access.queries import entity
from duly.commercial.queries import AgreementRow
from duly.desk.queries.agreements import AgreementFilter, find_agreements
from duly.desk.web.notation import parse_money
from duly.kernel.actor import Actor
from duly.kernel.sql import fetch_sql

HERE = "duly.desk"
EACH_AT_MOST = 12
LOOK_FOR_MS = 400
"""Open items are not indexed by amount: in very large books the look is given up after this long."""


@dataclass(frozen=True, slots=True)
class AccountHit:
    """An account that was found, with what it owes."""

    id: int
    number: str
    name: str
    currency: str
    state: str
    balance_minor: int


@dataclass(frozen=True, slots=True)
class NumberHit:
    """A document, receipt or open item that was found."""

    kind: str
    id: int
    number: str
    reference: str
    on_day: date
    amount_minor: int
    currency: str
    account_number: str | None
    account_name: str | None

    @property
    def href(self) -> str:
        """Where it is looked at."""
        if self.kind in ("invoice", "credit_note") and self.number:
            return f"/invoices/{self.number}"
        if self.kind in ("receipt", "payment"):
            return f"/payments/receipts/{self.id}"
        return f"/accounts/{self.account_number}?tab=items"


@dataclass(frozen=True, slots=True)
class LineHit:
    """An open bank line that was found."""

    id: int
    booked_on: date
    amount_minor: int
    currency: str
    payer_name: str
    text: str
    bank: str


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """A number series and where it stands."""

    document_kind: str
    year: int
    prefix: str
    width: int
    next_seq: int


@dataclass(slots=True)
class Found:
    """Everything a search found, by group."""

    q: str
    amount_minor: int | None = None
    currency: str = ""
    accounts: Sequence[AccountHit] = field(default_factory=list)
    documents: Sequence[NumberHit] = field(default_factory=list)
    agreements: Sequence[AgreementRow] = field(default_factory=list)
    items: Sequence[NumberHit] = field(default_factory=list)
    lines: Sequence[LineHit] = field(default_factory=list)
    gave_up: bool = False

    def hrefs(self) -> list[str]:
        """Return where each hit leads."""
        return [
            *(f"/accounts/{hit.number}" for hit in self.accounts),
            *(hit.href for hit in self.documents),
            *(f"/agreements/{hit.number}" for hit in self.agreements),
            *(hit.href for hit in self.items),
            *(f"/match/{hit.id}" for hit in self.lines),
        ]


def series(entity_id: int) -> list[SeriesRow]:
    """Return the number series by kind and year."""
    return fetch_sql(HERE, "search/series.sql", SeriesRow, entity=entity_id)


def search(actor: Actor, q: str) -> Found:
    """Find accounts, documents, payments, agreements, open items and bank lines by what was typed."""
    entity_id, text = actor.entity_id, q.strip()[:100]
    found = Found(text, currency=entity(entity_id).currency)
    if not text:
        return found
    padded = padded_numbers(text, series(entity_id))
    found.amount_minor = amount_in(text, found.currency, actor.language)
    where = {"entity": entity_id, "q": text, "padded": padded, "limit": EACH_AT_MOST}
    found.accounts = fetch_sql(HERE, "search/accounts.sql", AccountHit, prefix=f"{like(text.lower())}%", **where)
    bare = re.sub(r"[\s/+*]+", "", text).upper()
    found.documents = fetch_sql(HERE, "search/numbers.sql", NumberHit, bare=bare, **where)
    found.agreements = agreement_of(entity_id, text)
    words = f"%{like(text)}%" if len(text) >= 3 else None
    minor = found.amount_minor if found.amount_minor is not None else None
    found.lines = fetch_sql(
        HERE, "search/bank_lines.sql", LineHit, entity=entity_id, minor=minor, words=words, limit=EACH_AT_MOST
    )
    if minor:
        find_items(found, entity_id, minor)
    return found


def find_items(found: Found, entity_id: int, minor: int) -> None:
    """Look for open items of exactly this amount, for a moment at most."""
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("select set_config('statement_timeout', %s, true)", [f"{LOOK_FOR_MS}ms"])
            found.items = fetch_sql(
                HERE,
                "search/items_of_amount.sql",
                NumberHit,
                entity=entity_id,
                minor=minor,
                currency=found.currency,
                limit=EACH_AT_MOST,
            )
            with connection.cursor() as cursor:
                cursor.execute("select set_config('statement_timeout', '0', true)")
    except OperationalError:
        found.gave_up = True


def amount_in(text: str, currency: str, language: str) -> int | None:
    """Return the amount that was typed in minor units (never negative), None when it is none."""
    if not re.search(r"\d", text) or re.search(r"[A-Za-z]{2,}-", text):
        return None
    try:
        minor = abs(parse_money(text, currency, language))
    except ValueError:
        return None
    return minor or None


def padded_numbers(text: str, known: Sequence[SeriesRow]) -> list[str]:
    """Return the numbers '1042' or 'INV-1042' may stand for, in every series of the office."""
    shape = re.fullmatch(r"([A-Za-z]*)[-\s]?(\d{1,9})", text)
    if not shape:
        return []
    letters, digits = shape[1].upper(), shape[2]
    return [
        f"{row.prefix}{digits.zfill(row.width)}"
        for row in known
        if (not letters or row.prefix.startswith(f"{letters}-")) and int(digits) < row.next_seq
    ]


def agreement_of(entity_id: int, text: str) -> list[AgreementRow]:
    """Return the agreement of this number; by the customer's name the account is found already."""
    if not re.fullmatch(r"[A-Za-z]{1,4}-[\d-]+", text):
        return []
    return [
        row
        for row in find_agreements(entity_id, AgreementFilter(q=text), date.min, limit=EACH_AT_MOST)
        if row.number == text.upper()
    ]


def like(text: str) -> str:
    """Escape what LIKE would read as a pattern."""
    return text.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
