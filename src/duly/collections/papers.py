"""Letters and statements of account on paper: what is frozen in their rows, in the payer's language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from duly.formats.pdf import (
    Address,
    AgingBucket,
    Buyer,
    ReminderDoc,
    ReminderLine,
    StatementDoc,
    StatementLine,
)
from duly.formats.pdf.figures import Figures, locale_of
from duly.formats.pdf.words import Words
from duly.invoicing.actions.paper import seller_of
from duly.kernel.refusals import NotFound
from duly.kernel.sql import fetch_one, fetch_sql, fetch_value
from duly.parties.models import Party
from duly.parties.queries import party
from duly.receivables.models import Account
from duly.receivables.queries import Aging, Statement, account, statement

HERE = "duly.collections"
RANGES: tuple[tuple[int | None, int | None], ...] = ((None, None), (1, 30), (31, 60), (61, 90), (91, None))
KINDS = {
    "en": {
        "invoice": "Invoice",
        "credit_note": "Credit note",
        "payment": "Payment",
        "opening": "Opening balance",
        "late_charge": "Late charge",
        "transfer": "Transfer",
        "transfer_out": "Transfer",
        "write_off": "Adjustment",
        "other": "Other",
    },
    "de": {
        "invoice": "Rechnung",
        "credit_note": "Gutschrift",
        "payment": "Zahlung",
        "opening": "Anfangsbestand",
        "late_charge": "Verzugskosten",
        "transfer": "Umbuchung",
        "transfer_out": "Umbuchung",
        "write_off": "Ausbuchung",
        "other": "Sonstiges",
    },
    "es": {
        "invoice": "Factura",
        "credit_note": "Abono",
        "payment": "Pago",
        "opening": "Saldo inicial",
        "late_charge": "Recargo por mora",
        "transfer": "Traspaso",
        "transfer_out": "Traspaso",
        "write_off": "Ajuste",
        "other": "Otros",
    },
    "fr": {
        "invoice": "Facture",
        "credit_note": "Avoir",
        "payment": "Paiement",
        "opening": "Solde initial",
        "late_charge": "Pénalité de retard",
        "transfer": "Virement interne",
        "transfer_out": "Virement interne",
        "write_off": "Ajustement",
        "other": "Autre",
    },
}


@dataclass(frozen=True, slots=True)
class _Head:
    public_id: Any
    party_id: int
    account_id: int
    language: str
    currency: str
    pay_by_on: date
    through_on: date
    texts: Any
    items: int
    reference: str


@dataclass(frozen=True, slots=True)
class _Row:
    kind: str
    number: str
    currency: str
    due_on: date
    asked_minor: int
    disputed_minor: int
    charge: str
    about_number: str
    from_on: date | None
    to_on: date | None
    terms: str


def kind_word(kind: str, language: str) -> str:
    """Return what an item's kind is called in a customer's language."""
    return KINDS.get(language, KINDS["en"]).get(kind, kind)


def reminder_doc(entity_id: int, letter_id: int) -> ReminderDoc:
    """Return a letter as it goes on paper: its items as they were, and what it charged."""
    head = fetch_one(HERE, "papers/letter.sql", _Head, entity=entity_id, id=letter_id)
    if head is None:
        raise NotFound("dunning.letter_unknown", letter=letter_id)
    rows = fetch_sql(HERE, "papers/lines.sql", _Row, entity=entity_id, id=letter_id)
    totals: dict[str, int] = {head.currency: 0}
    for row in rows:
        totals[row.currency] = totals.get(row.currency, 0) + row.asked_minor
    text = head.texts.get(head.language) or head.texts.get("en") or {"subject": "Reminder", "body": ""}
    figures = Figures(locale_of(head.language), head.currency)
    seller = seller_of(seller_now(entity_id, head.currency))
    owner = account(entity_id, head.account_id)
    facts = {
        "seller": seller.name,
        "name": owner.name,
        "total": figures.money(totals[head.currency]),
        "pay_by": figures.day(head.pay_by_on),
        "account": owner.number,
    }
    return ReminderDoc(
        number=f"{owner.number}/{letter_id}",
        issued_on=head.through_on,
        pay_by_on=head.pay_by_on,
        seller=seller,
        buyer=buyer_of(party(entity_id, head.party_id), owner),
        currency=head.currency,
        subject=filled(text["subject"], facts),
        body=filled(text["body"], facts),
        lines=tuple(_line(row, head) for row in rows),
        totals=tuple(totals.items()),
        language=head.language,
        payment_reference=head.reference if head.items == 1 else "",
    )


def filled(text: str, facts: dict[str, str]) -> str:
    """Put the facts into a text a person wrote; braces that name none of them stay as they are."""
    for name, value in facts.items():
        text = text.replace("{" + name + "}", value)
    return text


def _line(row: _Row, head: _Head) -> ReminderLine:
    words = Words(head.language)
    figures = Figures(locale_of(head.language), row.currency)
    if row.charge:
        dates = {name: figures.day(day) for name, day in (("from", row.from_on), ("to", row.to_on)) if day}
        description = (
            words(f"reminder.{row.charge}", **dates, terms=row.terms) if dates else words(f"reminder.{row.charge}")
        )
        number = row.about_number
    else:
        description, number = kind_word(row.kind, head.language), row.number
    rests = words("reminder.disputed", amount=figures.money(row.disputed_minor)) if row.disputed_minor else ""
    return ReminderLine(
        number=number,
        description=description,
        asked_minor=row.asked_minor,
        currency=row.currency,
        due_on=row.due_on,
        days_late=(head.through_on - row.due_on).days,
        note=rests,
    )


def seller_now(entity_id: int, currency: str) -> dict[str, Any]:
    """Return what the entity says of itself today, with the bank account its customers pay into."""
    found: dict[str, Any] = fetch_value(HERE, "papers/seller.sql", entity=entity_id, currency=currency)
    return found


def buyer_of(payer: Party, owner: Account) -> Buyer:
    """Return the payer as an address block."""
    return Buyer(
        name=payer.legal_name or payer.name,
        address=Address(
            street=payer.street,
            more=tuple(part for part in [payer.street2] if part),
            town=payer.city,
            postcode=payer.postal_code,
            region=payer.region,
            country=payer.country,
        ),
        account_number=owner.number,
        vat_id=payer.vat_id,
        order_number=owner.po_number,
    )


def statement_doc(entity_id: int, owner: Account, found: Statement) -> StatementDoc:
    """Return a statement of account as it goes on paper, in the customer's language."""
    return StatementDoc(
        number=owner.number,
        issued_on=found.to_on,
        seller=seller_of(seller_now(entity_id, found.currency)),
        buyer=buyer_of(party(entity_id, owner.party_id), owner),
        currency=found.currency,
        lines=tuple(
            StatementLine(
                on=line.issued_on,
                description=kind_word(line.kind, owner.language),
                amount_minor=line.amount_minor,
                number=line.number,
                due_on=line.due_on if line.amount_minor > 0 else None,
                open_minor=line.open_minor,
            )
            for line in found.lines
        ),
        opening_minor=found.opening_minor,
        closing_minor=found.closing_minor,
        due_minor=found.aging.past_due_minor if found.aging else 0,
        aging=aging_of(found.aging, found.closing_minor),
        period_start=found.from_on,
        period_end=found.to_on,
        language=owner.language,
    )


def aging_of(aging: Aging | None, closing_minor: int) -> tuple[AgingBucket, ...]:
    """Return the buckets where they make up the balance; money not yet applied belongs to none of them."""
    if aging is None or sum(aging.buckets) != closing_minor:
        return ()
    return tuple(
        AgingBucket(open_minor=minor, days_from=first, days_to=last)
        for minor, (first, last) in zip(aging.buckets, RANGES, strict=True)
    )


@dataclass(frozen=True, slots=True)
class _Sent:
    account_id: int
    currency: str
    from_on: date
    to_on: date


def sent_statement_doc(entity_id: int, statement_id: int) -> StatementDoc:
    """Return a statement that was made, drawn again from the books as of its day."""
    row = fetch_one(HERE, "papers/statement.sql", _Sent, entity=entity_id, id=statement_id)
    if row is None:
        raise NotFound("statements.unknown", statement=statement_id)
    owner = account(entity_id, row.account_id)
    found = statement(entity_id, row.account_id, from_on=row.from_on, to_on=row.to_on, currency=row.currency)
    return statement_doc(entity_id, owner, found)
