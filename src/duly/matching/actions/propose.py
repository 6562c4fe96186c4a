"""Having proposals made, and saying no to one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from duly.kernel import clock
from duly.kernel.actions import act, action
from duly.kernel.actor import Actor
from duly.kernel.money import Money
from duly.kernel.refusals import Refused
from duly.kernel.sql import fetch_one, run_sql
from duly.matching import engine
from duly.matching.actions.accept import auto_apply

HERE = "duly.matching"


@dataclass(frozen=True, slots=True)
class Matched:
    """What one round of matching did: lines looked at, applied without a person, skipped for moved items."""

    lines: int
    applied: int
    moved: int


@action("matching.match", name="matching.propose")
def propose(line_ids: Sequence[int] | None = None, *, by: Actor) -> int:
    """Propose anew for these open lines, or for all; returns how many were looked at. Applies nothing."""
    wanted = None if line_ids is None else sorted(set(line_ids))
    with engine.matching_round(engine.Scope(by.entity_id, wanted)) as looked_at:
        pass
    current = act()
    current.say(f"Proposals made for {looked_at} bank lines", lines=looked_at)
    current.quiet = looked_at == 0
    return looked_at


@action("matching.match")
def match(*, today: date, by: Actor) -> Matched:
    """Propose for every open line and apply what is exact: the whole of `duly match`. One act, one undo."""
    with engine.matching_round(engine.Scope(by.entity_id)) as looked_at:
        accepted = auto_apply(today=today, by=by)
    current = act()
    current.say(
        f"{accepted.lines} of {looked_at} bank lines matched and applied",
        looked_at=looked_at,
        applied=accepted.lines,
    )
    return Matched(looked_at, accepted.lines, accepted.moved)


@dataclass(frozen=True, slots=True)
class RefusedLine:
    """The line whose proposal was refused."""

    line_id: int
    account_id: int


@action("matching.match", name="matching.refuse")
def refuse(proposal_id: int, *, reason: str, by: Actor) -> None:
    """Say that a proposal is wrong; it is never applied without a person again, and the next one moves up."""
    found = fetch_one(
        HERE,
        "accept/refuse.sql",
        RefusedLine,
        entity=by.entity_id,
        id=proposal_id,
        at=clock.now(),
        by_name=by.name,
    )
    if found is None:
        raise Refused("matching.proposal_is_not_open", proposal=proposal_id)
    run_sql(
        HERE,
        "accept/after_refusal.sql",
        entity=by.entity_id,
        line=found.line_id,
        reason=reason,
        by_name=by.name,
    )
    act().about("bank_line", found.line_id, account_id=found.account_id)
    act().say(f"Proposal refused: {reason}", proposal=proposal_id, reason=reason)


@action("settings.edit", name="matching.set_first_payment_limit")
def set_first_payment_limit(limit: Money, *, by: Actor) -> None:
    """Set from which amount a first payment from a bank account is left to a person."""
    run_sql(HERE, "set_limit.sql", entity=by.entity_id, currency=limit.currency, limit_minor=limit.minor)
    act().say(f"First payments from {limit} on are left to a person")
