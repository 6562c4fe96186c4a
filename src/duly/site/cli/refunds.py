"""`duly refund`: ask for one, see its checks, approve, refuse, write the payment file, close."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from pathlib import Path

import click

from duly.access.models import Entity
from duly.banking.actions.refunds import release_refunds
from duly.kernel.money import format_minor, to_minor
from duly.kernel.refusals import BadInput, Refused
from duly.matching.actions.refunds import match_refunds, place_returned_refund
from duly.parties.queries import bank_details_of
from duly.payments.actions.refunds import RefundWish, approve_refund, refuse_refund, request_refund
from duly.payments.actions.refunds_seen import close_refunds, return_refunds
from duly.payments.models import REFUND_STATES, Refund
from duly.payments.queries.refunds import (
    checks_of,
    file_content,
    money_of,
    refund,
    refund_by_number,
    refund_file,
    refunds,
)
from duly.payments.rules.refunds import CHECK_WORDS
from duly.receivables.queries import account_by_number
from duly.site.cli.common import DATE, answer, options, rehearsing, table, today_of
from duly.site.cli.work import acting, person

MARKS = {"pass": "ok", "warn": "look", "fail": "NO"}


@click.group("refund")
def refund_command() -> None:
    """Money back to customers: `duly refund request|list|show|approve|refuse|release|file|close|return`.

    Approving and releasing need a person (--as EMAIL) who did not ask for the refund.
    """


@refund_command.command("request")
@click.argument("account_number")
@click.argument("amount", type=Decimal)
@click.option("--to", "to", type=int, metavar="DETAIL", help="Bank account known of the customer [default: in force].")
@click.option("--reason", required=True, help="Why the money goes back.")
@click.option("--dry-run", is_flag=True, help="Do it and keep nothing; show the checks.")
@acting
@options
def refund_request(
    account_number: str,
    amount: Decimal,
    to: int | None,
    reason: str,
    dry_run: bool,
    as_email: str | None,
    as_json: bool,
    entity: Entity,
) -> None:
    """Ask for unapplied money of an account to go back to its customer."""
    account = account_by_number(entity.id, account_number)
    try:
        minor = to_minor(amount, account.currency)
    except ValueError as error:
        raise BadInput("refunds.amount_unclear", problem=str(error)) from error
    wish = RefundWish(account.id, minor, to or _only_detail(entity, account.party_id), reason)
    with rehearsing(dry_run):
        refund_id = request_refund(wish, today=today_of(entity), by=person(entity, as_email))
        asked = None if dry_run else refund(entity.id, refund_id)
    if asked is None:
        answer({"dry_run": True}, f"A refund of {format_minor(minor, account.currency)} could be asked for.", as_json)
    else:
        _show(asked, entity, as_json)


def _only_detail(entity: Entity, party_id: int) -> int:
    known = bank_details_of(entity.id, party_id)
    in_force = [one for one in known if one.in_force_from]
    chosen = in_force or known
    if len(chosen) != 1:
        listed = ", ".join(f"{one.id} (…{one.last4})" for one in known) or "none"
        raise BadInput("refunds.which_bank_account", known=listed, remedy="say --to DETAIL")
    return chosen[0].id


@refund_command.command("list")
@click.option("--state", type=click.Choice(list(REFUND_STATES.moves)), multiple=True, help="Only these states.")
@click.option("--account", "account_number", help="Only this account's.")
@click.option("--limit", type=click.IntRange(1, 500), default=50, show_default=True)
@options
def refund_list(state: tuple[str, ...], account_number: str | None, limit: int, as_json: bool, entity: Entity) -> None:
    """List refunds, newest first."""
    account_id = account_by_number(entity.id, account_number).id if account_number else None
    found = refunds(entity.id, states=state or None, account_id=account_id, limit=limit)
    rows = [
        (one.number, one.state, one.account_number, one.account_name[:30], f"…{one.last4}",
         f"{format_minor(one.amount_minor, one.currency)} {one.currency}", one.requested_on)
        for one in found
    ]  # fmt: skip
    heads = ("Refund", "State", "Account", "Name", "To", "Amount", "Asked on")
    answer({"refunds": found}, table(heads, rows, right=(5,)), as_json)


@refund_command.command("show")
@click.argument("number")
@options
def refund_show(number: str, as_json: bool, entity: Entity) -> None:
    """Show a refund with its money and every check as it was made."""
    _show(refund_by_number(entity.id, number), entity, as_json)


def _show(asked: Refund, entity: Entity, as_json: bool) -> None:
    checks, money = checks_of(entity.id, asked.id), money_of(entity.id, asked.id)
    words = [
        f"{asked.number}: {format_minor(asked.amount_minor, asked.currency)} {asked.currency} of {asked.account_number}"
        f" {asked.account_name} to the account ending in {asked.last4}: {asked.state}",
        f"  asked for by {asked.requested_by_name} on {asked.requested_on}: {asked.reason}",
        *(f"  from {one.number or one.kind} {format_minor(one.amount_minor, asked.currency)}" for one in money),
        *(f"  [{one.stage}] {MARKS[one.outcome]:4} {CHECK_WORDS[one.name]}: {one.sentence}" for one in checks),
    ]
    answer({"refund": asked, "money": money, "checks": checks}, "\n".join(words), as_json)


@refund_command.command("approve")
@click.argument("number")
@click.option("--accept", multiple=True, type=click.Choice(list(CHECK_WORDS)), help="A warning that was looked at.")
@acting
@options
def refund_approve(number: str, accept: tuple[str, ...], as_email: str | None, as_json: bool, entity: Entity) -> None:
    """Stand for a refund as the second person; every check is made anew."""
    asked = refund_by_number(entity.id, number)
    approve_refund(asked.id, accept=accept, today=today_of(entity), by=person(entity, as_email))
    _show(refund(entity.id, asked.id), entity, as_json)


@refund_command.command("refuse")
@click.argument("number")
@click.option("--reason", required=True)
@acting
@options
def refund_refuse(number: str, reason: str, as_email: str | None, as_json: bool, entity: Entity) -> None:
    """Say no; the money may be used again."""
    asked = refund_by_number(entity.id, number)
    refuse_refund(asked.id, reason=reason, today=today_of(entity), by=person(entity, as_email))
    _show(refund(entity.id, asked.id), entity, as_json)


@refund_command.command("release")
@click.argument("numbers", nargs=-1, required=True, metavar="NUMBER...")
@click.option("--bank-account", "bank_account_id", type=int, required=True, help="The account of ours that pays.")
@click.option("--on", "on", type=DATE, help="The day the bank is to pay [default: today].")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write the payment file here.")
@acting
@options
def refund_release(
    numbers: tuple[str, ...],
    bank_account_id: int,
    on: datetime | None,
    out: Path | None,
    as_email: str | None,
    as_json: bool,
    entity: Entity,
) -> None:
    """Put approved refunds into one payment file (pain.001 or NACHA, by the customers' accounts)."""
    ids = [refund_by_number(entity.id, number).id for number in numbers]
    file_id = release_refunds(
        ids,
        bank_account_id=bank_account_id,
        execute_on=on.date() if on else None,
        today=today_of(entity),
        by=person(entity, as_email),
    )
    _write(file_id, out, entity, as_json)


@refund_command.command("file")
@click.argument("file_id", type=int, metavar="FILE_ID")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True)
@options
def refund_file_command(file_id: int, out: Path, as_json: bool, entity: Entity) -> None:
    """Write a payment file again as it was made."""
    _write(file_id, out, entity, as_json)


def _write(file_id: int, out: Path | None, entity: Entity, as_json: bool) -> None:
    made = refund_file(entity.id, file_id)
    if out is not None:
        if made.state == "cancelled":
            raise Refused("refunds.file_is_cancelled", file=file_id)
        out.write_bytes(file_content(entity.id, file_id))
        out.chmod(0o600)
    facts = {name: getattr(made, name) for name in ("id", "format", "message_id", "refunds", "total_minor", "currency")}
    words = f"{made.refunds} refunds of {format_minor(made.total_minor, made.currency)} {made.currency}"
    where = f", written to {out}" if out else f"; write it with: duly refund file {made.id} --out FILE"
    answer({"file": {**facts, "sha256": made.sha256.hex()}}, f"File {made.message_id} ({made.format}): {words}{where}.",
           as_json)  # fmt: skip


@refund_command.command("close")
@click.argument("numbers", nargs=-1, metavar="[NUMBER...]")
@acting
@options
def refund_close(numbers: tuple[str, ...], as_email: str | None, as_json: bool, entity: Entity) -> None:
    """Look for refunds on open bank lines, and close those named (else every one that the bank shows)."""
    by, today = person(entity, as_email), today_of(entity)
    matched = match_refunds(today=today, by=by)
    ids = (
        [refund_by_number(entity.id, number).id for number in numbers]
        if numbers
        else [one.id for one in refunds(entity.id, states=["seen"], limit=500)]
    )
    closed = close_refunds(ids, today=today, by=by) if ids else 0
    words = f"{matched.seen} seen in the bank, {matched.returned} came back, {closed} closed."
    answer({"seen": matched.seen, "returned": matched.returned, "closed": closed}, words, as_json)


@refund_command.command("return")
@click.argument("number")
@click.option("--line", type=int, help="The bank line that brought it back.")
@click.option("--reason", required=True, help="What the bank says.")
@acting
@options
def refund_return(
    number: str, line: int | None, reason: str, as_email: str | None, as_json: bool, entity: Entity
) -> None:
    """Note that a refund came back; its money is unapplied on the account again."""
    asked, by, today = refund_by_number(entity.id, number), person(entity, as_email), today_of(entity)
    if line is None:
        return_refunds([asked.id], [""], [reason], today=today, by=by)
    else:
        place_returned_refund(line, asked.id, reason=reason, today=today, by=by)
    _show(refund(entity.id, asked.id), entity, as_json)
