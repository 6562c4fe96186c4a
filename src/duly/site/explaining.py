"""Why something is what it is: a sentence, and the sentences it rests on, down to the rows. Subjects are what people
have in their hands: a document's or receipt's number, a payment reference, an account's number, a bank line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from duly.commercial.queries import charge_versions
from duly.events.queries import events_about
from duly.invoicing.queries.documents import DocumentLine, explain_document
from duly.kernel.money import Money
from duly.kernel.refusals import NotFound
from duly.kernel.sql import fetch_one
from duly.matching.queries import explain as explain_line
from duly.payments.queries import allocations_of, receipt
from duly.receivables.queries import account_by_number
from duly.receivables.queries.accounts import holds_of
from duly.receivables.queries.balance import explain_balance

HERE = "duly.site"
BANK_LINE = re.compile(r"(?:line[ :]*)?(\d+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Why:
    """A sentence and what it rests on."""

    sentence: str
    because: tuple[Why, ...] = ()

    def lines(self, depth: int = 0) -> list[str]:
        """Return the tree as text, two spaces a level."""
        return [f"{'  ' * depth}{self.sentence}", *(line for one in self.because for line in one.lines(depth + 1))]


@dataclass(frozen=True, slots=True)
class _Registered:
    kind: str
    id: int
    number: str


def why(entity_id: int, subject: str, *, as_of: date) -> Why:
    """Explain a subject; NotFound names what can be asked about."""
    word = subject.strip()
    if (line := BANK_LINE.fullmatch(word)) is not None:
        found_line = explain_line(entity_id, int(line[1]))
        return Why(found_line.sentence, tuple(Why(one) for one in found_line.because))
    found = fetch_one(HERE, "register_entry.sql", _Registered, entity=entity_id, word=word)
    if found is None or found.kind == "account":
        return why_account(entity_id, word, as_of)
    if found.kind in ("invoice", "credit_note"):
        return why_document(entity_id, found.id)
    if found.kind == "receipt":
        return why_receipt(entity_id, found.id)
    told = tuple(
        Why(f"{one.at:%Y-%m-%d} {one.actor}: {one.summary}") for one in events_about(entity_id, found.kind, found.id)
    )
    return Why(f"{found.number} is a number of kind {found.kind}", told)


def why_account(entity_id: int, number: str, as_of: date) -> Why:
    """Explain what an account owes and what is stopped for it."""
    try:
        account = account_by_number(entity_id, number)
    except NotFound as error:
        known = "a document's, receipt's or account's number, a payment reference, or a bank line as `line 12`"
        raise NotFound("why.subject_unknown", subject=number, remedy=f"name {known}") from error
    balance = explain_balance(entity_id, account.id, as_of)
    steps = [
        Why(f"{step.label}: {Money(step.amount_minor, balance.currency)} in {step.items:,} documents")
        for step in balance.lines
    ]
    holds = [
        Why(f"held for {hold.scope} by {hold.placed_by} until {hold.deadline_on}: {hold.reason}")
        for hold in holds_of(entity_id, account.id)
    ]
    total = Money(balance.balance_minor, balance.currency)
    return Why(f"{account.number} {account.name} owes {total} at the end of {as_of}", (*steps, *holds))


def why_document(entity_id: int, document_id: int) -> Why:
    """Explain a document: each line's price, its taxes, what is tied to it, what settled it, how it left."""
    found = explain_document(entity_id, document_id)
    doc = found.document
    lines = [why_document_line(entity_id, line, doc.currency) for line in found.lines]
    taxes = [
        Why(
            f"{tax.tax_code} {tax.component} {tax.rate.scaleb(2).normalize():f} % of"
            f" {Money(tax.taxable_minor, doc.currency)} is {Money(tax.tax_minor, doc.currency)}"
            + (f" ({tax.reason_code})" if tax.reason_code else "")
        )
        for tax in found.taxes
    ]
    links = [
        Why(f"{link.relation.replace('_', ' ')} {link.number} over {Money(link.total_minor, doc.currency)}")
        for link in found.links
    ]
    settled = [
        Why(f"{Money(one.amount_minor, one.currency)} settled with {one.other_number} on {one.effective_on}"
            + (f": {one.reason}" if one.reason else "") + (" (taken back later)" if one.taken_back else ""))
        for one in found.settlements
    ]  # fmt: skip
    told = [
        Why(f"{one.at:%Y-%m-%d} {one.actor}: {one.summary}") for one in events_about(entity_id, "invoice", document_id)
    ]
    is_open = "" if doc.open_minor is None else f", of which {Money(doc.open_minor, doc.currency)} is open"
    head = f"{doc.number} of {doc.issued_on} to {doc.account_name} is {Money(doc.total_minor, doc.currency)}{is_open}"
    return Why(head, (*lines, *taxes, *links, *settled, *told))


def why_document_line(entity_id: int, line: DocumentLine, currency: str) -> Why:
    """Explain one line by the pricing kept when it was made."""
    versions = [one for one in charge_versions(entity_id, line.charge_key) if one.version == line.version]
    steps = tuple(Why(sentence) for one in versions[:1] for sentence in one.why())
    return Why(f"line {line.line}: {line.description}, {Money(line.net_minor, currency)} net", steps)


def why_receipt(entity_id: int, receipt_id: int) -> Why:
    """Explain a receipt: where it came from and what it paid."""
    found = receipt(entity_id, receipt_id)
    paid = tuple(
        Why(f"{Money(one.amount_minor, one.currency)} to {one.number or one.item_kind} on {one.effective_on}"
            + (f": {one.reason}" if one.reason else "") + (" (taken back later)" if one.taken_back else ""))
        for one in allocations_of(entity_id, receipt_id)
    )  # fmt: skip
    left = Money(found.unapplied_minor, found.currency)
    head = (
        f"{found.number} of {found.received_on}: {Money(found.amount_minor, found.currency)} by {found.method} from"
        f" {found.payer_name or found.account_name} on {found.account_number}, recorded by {found.by_name};"
        f" {left} is on no document"
    )
    return Why(head, paid)
