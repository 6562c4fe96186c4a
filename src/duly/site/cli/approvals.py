"""`duly approve`: what waits for approval, and saying yes or no to it as somebody entitled."""

from __future__ import annotations

import json
from typing import Any

import click

from duly.access.actions import accept_proposal, refuse_proposal
from duly.access.models import Entity, Proposal
from duly.access.queries import proposal, proposals, who_can_decide
from duly.kernel.money import format_minor
from duly.kernel.refusals import BadInput
from duly.site.cli.common import answer, options, person, table

STATES = ("waiting", "accepted", "refused", "withdrawn")


@click.group("approve")
def approve_command() -> None:
    """See what waits for approval, and decide it."""


@approve_command.command("list")
@click.option("--state", type=click.Choice(STATES), default="waiting", show_default=True, help="Which ones.")
@options
def list_them(entity: Entity, as_json: bool, state: str) -> None:
    """List proposals, those that wait by their deadline."""
    rows = proposals(entity.id, state=state)
    text = table(
        ("id", "what", "amount", "asked by", "decide by"),
        [(row.id, row.summary, amount_of(row), row.made_by_name, row.deadline_on) for row in rows],
        right=(0, 2),
    )
    answer({"proposals": [facts_of(row) for row in rows]}, text if rows else "Nothing is in this list.", as_json)


@approve_command.command("show")
@click.argument("proposal_id", type=int, metavar="ID")
@options
def show(entity: Entity, as_json: bool, proposal_id: int) -> None:
    """Show one proposal with its evidence, and who can decide it."""
    found = proposal(entity.id, proposal_id)
    who = who_can_decide(entity.id, found.needs, {found.made_by, found.beneficiary_id})
    lines = [
        f"{found.summary} ({found.state})",
        f"Asked for by {found.made_by_name}, {found.made_at:%Y-%m-%d %H:%M} UTC; decide by {found.deadline_on}",
        f"Why it waits: {found.cause} ({found.right_name})",
        f"Amount: {amount_of(found) or '–'}",
    ]
    if found.balance_before_minor is not None and found.balance_after_minor is not None:
        currency = found.balance_currency or ""
        before, after = (format_minor(x, currency) for x in (found.balance_before_minor, found.balance_after_minor))
        lines.append(f"Balance: {before} {currency} before, {after} {currency} after")
    if found.state == "waiting":
        lines.append(f"Can decide: {', '.join(who) or 'nobody'}")
    answer({**facts_of(found), "who": who}, "\n".join(lines), as_json)


@approve_command.command("accept")
@click.argument("proposal_id", type=int, metavar="ID")
@click.option("--set", "changes", multiple=True, metavar="NAME=JSON", help="Accept another value of an argument.")
@options
def accept(entity: Entity, as_json: bool, proposal_id: int, changes: tuple[str, ...]) -> None:
    """Do what was asked for, as the person of --as; never as its maker."""
    by = person(entity)
    done = accept_proposal(proposal_id, changes=read_changes(changes), by=by)
    answer({"proposal": proposal_id, "done": done, "by": by.name}, f"Accepted: {done}", as_json)


@approve_command.command("refuse")
@click.argument("proposal_id", type=int, metavar="ID")
@click.option("--reason", required=True, help="Why; who asked reads it.")
@options
def refuse(entity: Entity, as_json: bool, proposal_id: int, reason: str) -> None:
    """Say no, with a reason, as the person of --as."""
    by = person(entity)
    refuse_proposal(proposal_id, reason=reason, by=by)
    answer({"proposal": proposal_id, "by": by.name}, f"Proposal {proposal_id} is refused.", as_json)


def read_changes(changes: tuple[str, ...]) -> dict[str, Any]:
    """Read NAME=JSON options; what is not JSON is text."""
    read: dict[str, Any] = {}
    for change in changes:
        name, equals, text = change.partition("=")
        if not equals:
            raise BadInput("cli.change_unclear", change=change, remedy="write --set name=value")
        try:
            read[name] = json.loads(text)
        except json.JSONDecodeError:
            read[name] = text
    return read


def amount_of(found: Proposal) -> str:
    """Write the amount of a proposal, '' where it moves none."""
    if found.amount_minor is None or found.currency is None:
        return ""
    return f"{format_minor(found.amount_minor, found.currency)} {found.currency}"


def facts_of(found: Proposal) -> dict[str, Any]:
    """Return a proposal as a program reads it."""
    return {name: getattr(found, name) for name in Proposal.__dataclass_fields__}
