"""What stands in the demo office, counted from its rows."""

from __future__ import annotations

from dataclasses import dataclass

from duly.access.queries import entity
from duly.banking.queries.reconcile import reconcile
from duly.invoicing.queries.runs import runs
from duly.kernel import clock
from duly.kernel.sql import fetch_one
from duly.receivables.queries import aging_totals
from duly.site.verify import verify

HERE = "duly.site"


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows of an office."""

    accounts: int
    agreements: int
    invoices: int
    postings: int
    bank_lines: int
    lines_open: int


@dataclass(frozen=True, slots=True)
class Summary:
    """The office in figures; money in minor units of its currency."""

    office: str
    currency: str
    accounts: int
    agreements: int
    invoices: int
    postings: int
    bank_lines: int
    lines_placed: int
    lines_open: int
    run_documents: int
    run_net_minor: int
    held_accounts: int
    certificate_adds_up: bool
    owed_minor: int
    past_due_minor: int
    unapplied_minor: int
    bank_difference_minor: int
    explained: bool
    problems: int


def summary_of(entity_id: int) -> Summary:
    """Count and prove."""
    home = entity(entity_id)
    today = clock.today_in(home.zone)
    counts = fetch_one(HERE, "demo/counts.sql", Counts, entity=entity_id)
    assert counts is not None
    last = runs(entity_id, limit=1)[0]
    certificate = last.certificate or {}
    aging = [row for row in aging_totals(entity_id, today) if row.currency == home.currency]
    bank = reconcile(entity_id, today)
    return Summary(
        home.name,
        home.currency,
        counts.accounts,
        counts.agreements,
        counts.invoices,
        counts.postings,
        counts.bank_lines,
        counts.bank_lines - counts.lines_open,
        counts.lines_open,
        int(certificate.get("documents", 0)),
        int(certificate.get("billed_net", {}).get(home.currency, 0)),
        int(certificate.get("held_accounts", 0)),
        bool(certificate.get("adds_up")),
        sum(sum(row.buckets) for row in aging),
        sum(row.past_due_minor for row in aging),
        sum(row.unapplied_minor for row in aging),
        sum(one.figures.difference_minor for one in bank.banks),
        all(one.figures.unexplained_minor == 0 for one in bank.banks) and bank.subledger_ties,
        len(verify([entity_id]).problems),
    )
