"""`duly verify`, `close`, `age`, `trial-balance`, `undo`."""

from __future__ import annotations

from datetime import datetime

import click

from duly.access.models import Entity
from duly.access.queries import entities
from duly.events.actions import undo
from duly.events.sealing import seal_events
from duly.kernel import clock
from duly.kernel.money import format_minor
from duly.kernel.refusals import BadInput, Refused
from duly.ledger.actions import close_period
from duly.ledger.closing import checklist
from duly.ledger.queries import periods, trial_balance
from duly.ledger.sealing import seal_ledger
from duly.receivables.queries import BUCKETS, aging_totals
from duly.site.cli.common import DATE, answer, day, operator, options, rehearsing, table, today_of
from duly.site.verify import verify

SHOWN_PROBLEMS = 50


@click.command("verify")
@click.option("--quick", is_flag=True, help="Leave the hash chains out.")
@options
def verify_command(quick: bool, as_json: bool, entity: Entity) -> None:
    """Prove the books of every entity from their rows; exit 1 names what is broken."""
    seal_ledger(clock.now())
    seal_events(clock.now())
    verdict = verify([known.id for known in entities()], quick=quick)
    facts = {
        "problems": verdict.problems,
        "postings": verdict.postings,
        "seconds": round(verdict.seconds, 3),
        "chains": verdict.chain_heads,
    }
    if verdict.clean:
        answer(facts, f"The books are true: {verdict.postings:,} postings proved in {verdict.seconds:.1f} s.", as_json)
        return
    lines = [f"{p.check}: {p.subject}: {p.detail}" for p in verdict.problems[:SHOWN_PROBLEMS]]
    answer({**facts, "ok": False}, "\n".join(lines), as_json)
    raise Refused("verify.failed", problems=len(verdict.problems))


@click.command("close")
@click.argument("month", metavar="YYYY-MM")
@click.option("--dry-run", is_flag=True, help="Show the checklist, close nothing.")
@options
def close_command(month: str, dry_run: bool, as_json: bool, entity: Entity) -> None:
    """Close a month once everything ties; otherwise show what is still red."""
    found = [period for period in periods(entity.id) if f"{period.starts_on:%Y-%m}" == month]
    if not found:
        raise BadInput("ledger.period_unknown", month=month, remedy="write it as 2026-01")
    seal_ledger(clock.now())
    seal_events(clock.now())
    items = checklist(entity.id, found[0])
    lines = [
        f"{'✓' if item.ties else '✗'} {item.title}" + "".join(f"\n    {one}" for one in item.open[:5]) for item in items
    ]
    facts = {"period": month, "checklist": [{"name": i.name, "ties": i.ties, "open": i.open} for i in items]}
    if dry_run:
        answer(facts, "\n".join(lines), as_json)
        return
    if not all(item.ties for item in items):
        click.echo("\n".join(lines), err=True)
    digest = close_period(found[0].id, today=today_of(entity), by=operator(entity))
    answer({**facts, "hash": digest}, "\n".join([*lines, f"{month} is closed, bound by {digest}."]), as_json)


@click.command("age")
@click.option("--as-of", type=DATE, help="Any date [default: today].")
@options
def age_command(as_of: datetime | None, as_json: bool, entity: Entity) -> None:
    """Who owes what since when: totals by days late, as of any date."""
    on = day(as_of, entity)
    rows = aging_totals(entity.id, on)
    heads = ("Currency", "Items", "Not due", "1-30", "31-60", "61-90", "Over 90", "Unapplied", "Total")
    cells = [
        (row.currency, f"{row.items:,}", *(format_minor(minor, row.currency) for minor in row.buckets),
         format_minor(row.unapplied_minor, row.currency), format_minor(row.total_minor, row.currency))
        for row in rows
    ]  # fmt: skip
    words = f"Aging as of {on}\n" + table(heads, cells, right=range(1, len(heads)))
    answer({"as_of": on, "buckets": BUCKETS, "rows": rows}, words, as_json)


@click.command("trial-balance")
@click.option("--as-of", type=DATE, help="Any date [default: today].")
@options
def trial_balance_command(as_of: datetime | None, as_json: bool, entity: Entity) -> None:
    """Debits and credits of every ledger account as of any date; they are equal in every currency."""
    on = day(as_of, entity)
    rows = trial_balance(entity.id, on)
    cells = [
        (row.code, row.name, row.currency, format_minor(row.debit_minor, row.currency),
         format_minor(row.credit_minor, row.currency), format_minor(row.balance_minor, row.currency))
        for row in rows
    ]  # fmt: skip
    heads = ("Account", "Name", "Currency", "Debit", "Credit", "Balance")
    answer({"as_of": on, "rows": rows}, f"Trial balance as of {on}\n" + table(heads, cells, right=(3, 4, 5)), as_json)


@click.command("undo")
@click.argument("event_id", type=int)
@click.option("--dry-run", is_flag=True, help="Do it and keep nothing.")
@options
def undo_command(event_id: int, dry_run: bool, as_json: bool, entity: Entity) -> None:
    """Reverse one act, whole: the act with this event number (see the account's timeline or `duly why`)."""
    today = today_of(entity)
    with rehearsing(dry_run):
        summary = undo(event_id, by=operator(entity), today=today, effective_on=today)
    answer({"event": event_id, "dry_run": dry_run, "undone": summary}, f"Undone: {summary}", as_json)
