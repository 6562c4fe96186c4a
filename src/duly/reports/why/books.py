"""Why a ledger account has its balance, what an entry or journal is for, how a month stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from duly.kernel.refusals import NotFound
from duly.kernel.sql import fetch_sql
from duly.ledger.closing import checklist
from duly.ledger.models import Period
from duly.ledger.queries import gl_account, journal, period_of, periods, postings_of, trial_balance
from duly.receivables.queries import control_totals
from duly.reports.why.models import Asked, Why, group, in_the_books, of_money, what_happened

HERE = "duly.reports"
MADE_BY = {
    "invoice": "invoices",
    "credit_note": "credit notes",
    "receipt": "receipts",
    "allocation": "allocations between control accounts",
    "allocation_undone": "allocations taken back",
    "bank_line": "bank lines placed without a receipt",
    "bank_opening": "what the bank held before the first statement",
    "opening": "opening balances taken over",
    "transfer": "items moved between accounts",
    "write_off": "write-offs",
    "journal": "journals by hand",
    "journal_undone": "journals reversed",
}


@dataclass(frozen=True, slots=True)
class BySource:
    """What one kind of source moved on a ledger account."""

    source_kind: str
    currency: str
    postings: int
    minor: int


@dataclass(frozen=True, slots=True)
class EntryHead:
    """An entry's head with the number of the document it was made for."""

    id: int
    source_kind: str
    source_id: int
    number: str
    effective_on: date
    posted_at: datetime
    memo: str
    reverses_id: int | None
    reversed_by: int | None


def why_ledger_account(asked: Asked) -> Why:
    """Explain a ledger account's balance by what moved it; a control account also by its open items."""
    account = gl_account(asked.entity_id, asked.number)
    balances = trial_balance(asked.entity_id, asked.as_of, gl_account_id=account.id)
    moved = fetch_sql(
        HERE, "why/moved_by.sql", BySource, entity=asked.entity_id, gl_account=account.id, as_of=asked.as_of
    )
    controls = {row.currency: row for row in control_totals(asked.entity_id, asked.as_of) if row.code == account.code}
    told = []
    for balance in balances:
        steps = [
            of_money(
                f"{{}} from {MADE_BY.get(row.source_kind, row.source_kind)} ({row.postings:,} postings)",
                row.minor,
                row.currency,
            )
            for row in moved
            if row.currency == balance.currency
        ]
        if balance.currency in controls:
            control = controls[balance.currency]
            ties = "the same" if not control.difference_minor else "not the same: run `duly verify`"
            steps.append(of_money(f"The open items on it have {{}}: {ties}", control.items_minor, control.currency))
        told.append(
            of_money(
                f"{{}} in {balance.currency}",
                balance.balance_minor,
                balance.currency,
                steps,
                href=f"/reports/ledger-account?code={account.code}&currency={balance.currency}&to={asked.as_of}",
            )
        )
    control_note = f", the control account of {account.control} items" if account.control else ""
    return Why(
        f"{account.code} {account.name} is an account of kind {account.kind}{control_note}; its balance at the end of"
        f" {asked.as_of}, debit positive",
        tuple(told) or (Why("Nothing was ever posted to it"),),
        href=f"/reports/ledger-account?code={account.code}",
    )


def why_entry(asked: Asked) -> Why:
    """Explain an entry: what it was made for, its postings, what it reverses or what reversed it."""
    heads = fetch_sql(HERE, "why/entry.sql", EntryHead, entity=asked.entity_id, id=asked.id)
    if not heads:
        raise NotFound("ledger.unknown_entry", entry=asked.id)
    head = heads[0]
    source = head.number or f"{head.source_kind.replace('_', ' ')} {head.source_id}"
    because = [
        of_money(
            f"{'debit' if row.amount_minor > 0 else 'credit'} {row.code} {row.gl_name} {{}}",
            abs(row.amount_minor),
            row.currency,
        )
        for row in postings_of(asked.entity_id, head.source_kind, head.source_id)
        if row.entry_id == head.id
    ]
    if head.reverses_id:
        because.append(Why(f"It reverses entry {head.reverses_id}", href=f"/why/entry-{head.reverses_id}"))
    if head.reversed_by:
        because.append(Why(f"Entry {head.reversed_by} reverses it", href=f"/why/entry-{head.reversed_by}"))
    memo = f": {head.memo}" if head.memo else ""
    return Why(
        f"Entry {head.id} of {head.effective_on}, posted {head.posted_at:%Y-%m-%d %H:%M}, was made for {source}{memo}",
        tuple(because),
        href=f"/why/{head.number}" if head.number else "",
    )


def why_journal(asked: Asked) -> Why:
    """Explain a journal by hand: who wrote it, who decided it, what it posted."""
    found = journal(asked.entity_id, asked.id)
    decided = f", {found.state} by {found.decided_by_name}" if found.decided_by_name else f", {found.state}"
    return Why(
        f"Journal {found.id} of {found.effective_on} by {found.made_by_name}{decided}: {found.memo}",
        (
            *in_the_books(asked.entity_id, "journal", found.id),
            *what_happened(asked.entity_id, ("journal",), found.id),
        ),
    )


def why_period(asked: Asked) -> Why:
    """Explain a month: open with what keeps it open, or closed by whom and bound by what."""
    found = period_of(asked.entity_id, date.fromisoformat(f"{asked.number}-01"))
    bound = f", bound by {bytes(found.closed_hash).hex()}" if found.closed_hash else ""
    closed = f", closed by {found.closed_by_name} on {found.closed_at:%Y-%m-%d}{bound}" if found.closed_at else ""
    return Why(
        f"{found.starts_on:%B %Y} is {found.state}{closed}",
        (
            *group("What its close asks for", _asks(asked, found)),
            *what_happened(asked.entity_id, ("period",), found.id),
        ),
        href=f"/settings/periods/{found.id}",
    )


def _asks(asked: Asked, found: Period) -> Iterator[Why]:
    if found.state == "open":
        for item in checklist(asked.entity_id, found):
            yield Why(f"{'✓' if item.ties else '✗'} {item.title}", tuple(Why(one) for one in item.open), href=item.href)
    later = [row for row in periods(asked.entity_id) if row.starts_on > found.ends_on and row.state == "closed"]
    if later:
        yield Why(f"{later[-1].starts_on:%B %Y} is closed after it")
