"""`duly dun` and `duly statement`: reminders and statements of account, in bulk or one."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

import click

from duly.access.models import Entity
from duly.collections.actions.plan_run import cancel_run, plan_dunning
from duly.collections.actions.standing import refresh_board
from duly.collections.actions.statements import Wanted, send_statements
from duly.collections.jobs import release_dunning, send_due_statements, work_dunning
from duly.collections.models import Run
from duly.collections.queries.runs import certificate_of, left_out_of, letters_of
from duly.kernel.money import format_minor
from duly.kernel.refusals import BadInput
from duly.receivables.queries import account_by_number, statement
from duly.site.cli.common import DATE, Progress, answer, day, operator, options, rehearsing, today_of

MOST_LISTED = 1000


@click.command("dun")
@click.option("--through", type=DATE, help="Look at everything overdue at the end of this day [default: today].")
@click.option("--dry-run", is_flag=True, help="Show who would get what and who is left out; nothing is sent.")
@click.option("--workers", default=2, show_default=True)
@options
def dun_command(through: datetime | None, dry_run: bool, workers: int, as_json: bool, entity: Entity) -> None:
    """Remind whoever is overdue: one letter a payer, each past the gate, the rest left out with a reason.

    Killed anywhere, the worker goes on with a run that was let go; nobody gets a step twice.
    """
    by, today = operator(entity), today_of(entity)
    progress = Progress()
    try:
        run_id = plan_dunning(day(through, entity), today=today, by=by)
        found = work_dunning(run_id, today=today, by=by, workers=workers, progress=progress)
        facts = _facts(entity, found)
        if dry_run:
            cancel_run(run_id, by=by)
        else:
            found = release_dunning(run_id, today=today, by=by, workers=workers, progress=progress)
            facts = _facts(entity, found)
            refresh_board(today, by=by)
    finally:
        progress.end()
    answer({"dry_run": dry_run, **facts}, _told(found, facts, dry_run), as_json)


def _facts(entity: Entity, found: Run) -> dict[str, Any]:
    certificate = found.certificate or certificate_of(entity.id, found.id)
    letters = letters_of(entity.id, found.id, limit=MOST_LISTED)
    out = left_out_of(entity.id, found.id, limit=MOST_LISTED)
    return {
        "run": found.id,
        "through": found.through_on,
        "state": found.state,
        "letters": found.letters,
        "left_out": found.left_out,
        "certificate": certificate,
        "letters_listed": [asdict(letter) for letter in letters],
        "left_out_listed": [asdict(row) for row in out],
    }


def _told(found: Run, facts: dict[str, Any], dry_run: bool) -> str:
    certificate = facts["certificate"]
    reasons = ", ".join(f"{count:,} {reason.replace('_', ' ')}" for reason, count in certificate["reasons"].items())
    charges = ", ".join(f"{kind} {minor:,}" for kind, minor in certificate["charges"].items())
    return (
        f"Dunning through {found.through_on}{' (dry run, nothing is sent)' if dry_run else ''}:"
        f" {found.letters:,} letters asking for {_money(certificate['in_letters'])};"
        f" {found.left_out:,} accounts left out{f' ({reasons})' if reasons else ''};"
        f" {certificate['resting_items']:,} items not due for a step.\n"
        f"Late charges in minor units: {charges or 'none'}.\n"
        f"Certificate: {certificate['overdue_items']:,} overdue items = {certificate['letter_items']:,} in letters"
        f" + {certificate['left_out_items']:,} left out + {certificate['resting_items']:,} resting;"
        f" {'it adds up.' if certificate['adds_up'] else 'IT DOES NOT ADD UP.'}"
    )


def _money(amounts: dict[str, int]) -> str:
    return ", ".join(f"{format_minor(minor, currency)} {currency}" for currency, minor in amounts.items()) or "nothing"


@click.command("statement")
@click.argument("number", required=False, metavar="[ACCOUNT]")
@click.option("--due", is_flag=True, help="Send every statement its schedule makes due.")
@click.option("--to", "to_on", type=DATE, help="As of this day [default: today].")
@click.option("--send", is_flag=True, help="Send the account's statement instead of showing it.")
@click.option("--dry-run", is_flag=True, help="Do everything and keep nothing.")
@click.option("--workers", default=2, show_default=True)
@options
def statement_command(
    number: str | None,
    due: bool,
    to_on: datetime | None,
    send: bool,
    dry_run: bool,
    workers: int,
    as_json: bool,
    entity: Entity,
) -> None:
    """Show or send an account's statement of account, or with --due all that are due by schedule."""
    by, today, day_meant = operator(entity), today_of(entity), day(to_on, entity)
    if due:
        made = send_due_statements(day_meant, today=today, by=by, workers=1 if dry_run else workers, keep=not dry_run)
        facts = {"to": day_meant, "dry_run": dry_run, "queued": made.queued, "held": made.held}
        answer(facts, f"{made.queued:,} statements as of {day_meant} on their way, {made.held:,} held.", as_json)
        return
    if not number:
        raise BadInput("statements.which", remedy="name an account, or say --due")
    found = account_by_number(entity.id, number)
    if send:
        with rehearsing(dry_run):
            sent = send_statements(Wanted(day_meant, [found.id], scheduled=False), today=today, by=by)
        answer({"account": number, "queued": sent.queued, "held": sent.held}, f"{sent.queued} on its way.", as_json)
        return
    shown = statement(entity.id, found.id, from_on=day_meant.replace(month=1, day=1), to_on=day_meant)
    lines = "\n".join(
        f"{line.issued_on}  {line.kind:<12} {line.number:<18} {format_minor(line.amount_minor, shown.currency):>14}"
        f" {format_minor(line.balance_minor, shown.currency):>14}"
        for line in shown.lines
    )
    balance = f"{format_minor(shown.closing_minor, shown.currency)} {shown.currency}"
    answer(asdict(shown), f"{number} {found.name}: {balance} as of {day_meant}\n{lines}", as_json)
