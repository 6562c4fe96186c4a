"""`duly bank import`, `receipt`, `match`, `reconcile`."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from pathlib import Path

import click

from duly.access.models import Entity
from duly.banking.actions import import_statements
from duly.banking.actions.importing import ImportReport
from duly.banking.queries.reconcile import Reconciliation, reconcile
from duly.kernel.money import format_minor, to_minor
from duly.kernel.refusals import BadInput, Refused
from duly.matching.actions import match
from duly.matching.actions.refunds import match_refunds
from duly.matching.queries import explain, tabs
from duly.payments.actions.record import ReceiptRow, record_receipts
from duly.receivables.queries import account_by_number
from duly.site.bank_csv import HELP as MAPPING_HELP
from duly.site.bank_csv import mapping_for
from duly.site.cli.common import DATE, answer, day, operator, options, rehearsing, table, today_of

OPEN_STATES = ("new", "ready", "decide", "none")
LARGEST_FILE = 256 * 1024 * 1024


@click.group("bank")
def bank_command() -> None:
    """Bring in bank statements: `duly bank import FILE`."""


@bank_command.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--account", "bank_account_id", type=int, help="Whose file it is, where the file does not say.")
@click.option("--mapping-option", "mapping_options", multiple=True, metavar="NAME=VALUE", help=MAPPING_HELP)
@click.option("--dry-run", is_flag=True, help="Do everything and keep nothing; show the counts.")
@options
def bank_import(
    file: Path,
    bank_account_id: int | None,
    mapping_options: tuple[str, ...],
    dry_run: bool,
    as_json: bool,
    entity: Entity,
) -> None:
    """Take in camt.053, MT940 or CSV, told apart by content. The same file twice changes nothing."""
    if file.stat().st_size > LARGEST_FILE:
        raise BadInput("bank.file_too_large", file=file.name, bytes=file.stat().st_size, limit=LARGEST_FILE)
    data = file.read_bytes()
    mapping = mapping_for(data, file.name, mapping_options, entity_id=entity.id, bank_account_id=bank_account_id)
    with rehearsing(dry_run):
        done = import_statements(
            data, file.name, bank_account_id=bank_account_id, csv_mapping=mapping, by=operator(entity)
        )
    facts = {name: getattr(done, name) for name in ImportReport.__dataclass_fields__}
    answer({"dry_run": dry_run, **facts}, _told(done, dry_run), as_json)


def _told(done: ImportReport, dry_run: bool) -> str:
    if done.already:
        return f"{done.name}: this very file was brought in before ({done.already}); nothing was changed."
    words = (
        f"{done.name} ({done.format}): {done.lines_new:,} lines {'would be ' if dry_run else ''}brought in,"
        f" {done.lines_known:,} known already, {len(done.statements):,} statements"
    )
    return words + (f", {done.quarantined} in quarantine: see Payments." if done.quarantined else ".")


@click.command("receipt")
@click.argument("account_number")
@click.argument("amount", type=Decimal)
@click.option("--on", "on", type=DATE, help="The day it was received [default: today].")
@click.option("--method", type=click.Choice(["cash", "cheque", "card", "other"]), default="cheque", show_default=True)
@click.option("--reference", default="", help="What it says; a key of the cheque makes it count once.")
@click.option("--dry-run", is_flag=True, help="Do it and keep nothing.")
@options
def receipt_command(
    account_number: str,
    amount: Decimal,
    on: datetime | None,
    method: str,
    reference: str,
    dry_run: bool,
    as_json: bool,
    entity: Entity,
) -> None:
    """Record money received by hand; it stays unapplied on the account until it is matched."""
    account = account_by_number(entity.id, account_number)
    try:
        minor = to_minor(amount, account.currency)
    except ValueError as error:
        raise BadInput("receipts.amount_unclear", problem=str(error)) from error
    row = ReceiptRow(
        account.id, account.currency, minor, day(on, entity), method,
        source_key=f"hand:{account.number}:{reference}" if reference else "", reference=reference,
    )  # fmt: skip
    with rehearsing(dry_run):
        ids = record_receipts([row], by=operator(entity))
    shown = f"{format_minor(minor, account.currency)} {account.currency}"
    answer({"receipts": ids, "dry_run": dry_run}, f"Received {shown} on {account.number} {account.name}.", as_json)


@click.group("match", invoke_without_command=True)
@click.option("--dry-run", is_flag=True, help="Do it and keep nothing; show the counts.")
@options
@click.pass_context
def match_command(context: click.Context, dry_run: bool, as_json: bool, entity: Entity) -> None:
    """Propose for every open bank line and apply what is exact; the rest waits for a person.

    `duly match explain LINE` says why a line was matched, or why it waits.
    """
    if context.invoked_subcommand is not None:
        return
    with rehearsing(dry_run):
        refunded = match_refunds(today=today_of(entity), by=operator(entity))
        done = match(today=today_of(entity), by=operator(entity))
    waiting = sum(tab.lines for tab in tabs(entity.id) if tab.state in OPEN_STATES)
    facts = {"dry_run": dry_run, "lines": done.lines, "applied": done.applied, "moved": done.moved, "waiting": waiting}
    facts |= {"refunds_seen": refunded.seen, "refunds_returned": refunded.returned}
    words = f"{done.lines:,} bank lines looked at, {done.applied:,} {'would be ' if dry_run else ''}applied"
    answer(facts, f"{words}; {waiting:,} wait for a person.", as_json)


@match_command.command("explain")
@click.argument("line_id", type=int, metavar="LINE")
@options
def match_explain(line_id: int, as_json: bool, entity: Entity) -> None:
    """Say why a bank line was matched as it was, or why it waits, with the evidence."""
    found = explain(entity.id, line_id)
    words = "\n".join([found.sentence, *(f"  {reason}" for reason in found.because)])
    answer({"line": line_id, "sentence": found.sentence, "because": found.because}, words, as_json)


@click.command("reconcile")
@click.option("--as-of", type=DATE, help="Any date [default: today].")
@options
def reconcile_command(as_of: datetime | None, as_json: bool, entity: Entity) -> None:
    """Bank = ledger = subledger, with the difference listed line by line; exit 1 when they are not equal."""
    found = reconcile(entity.id, day(as_of, entity))
    unexplained = [bank for bank in found.banks if bank.figures.unexplained_minor]
    answer({"as_of": found.as_of, "reconciled": found.reconciled, "banks": found.banks, "controls": found.controls},
           _listed(found), as_json)  # fmt: skip
    if unexplained or not found.subledger_ties:
        raise Refused("reconcile.does_not_tie", accounts=[bank.figures.name for bank in unexplained])


def _listed(found: Reconciliation) -> str:
    lines = [f"As of {found.as_of}: {'reconciled' if found.reconciled else 'not reconciled'}"]
    for bank in found.banks:
        f = bank.figures
        statement, ledger, difference = (
            format_minor(minor, f.currency) for minor in (f.statement_minor, f.ledger_minor, f.difference_minor)
        )
        lines.append(
            f"{f.name} ({f.gl_code}): statement {statement}, ledger {ledger}, difference {difference} {f.currency}"
        )
        rows = [
            (one.on, one.kind, one.text[:60], format_minor(one.amount_minor, f.currency)) for one in bank.between[:40]
        ]
        if rows:
            lines.append(table(("Day", "What", "Text", "Amount"), rows, right=(3,)))
    checks = [
        (
            *(c.gl_code, c.name, c.currency),
            *(format_minor(minor, c.currency) for minor in (c.ledger_minor, c.items_minor, c.difference_minor)),
        )
        for c in found.controls
    ]
    heads = ("Control", "Name", "Currency", "Ledger", "Open items", "Difference")
    return "\n".join([*lines, table(heads, checks, right=(3, 4, 5))])
