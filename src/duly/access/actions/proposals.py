"""What somebody may not do alone: kept with its evidence, then accepted, edited, refused or withdrawn.

The act itself is rehearsed when it is asked for (so that what cannot be done is refused at once, with its reason) and
done when it is accepted, by its checker, with all rules asked again. In between nothing of it has happened.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from duly.access.models import PROPOSAL_STATES, Proposal
from duly.access.queries import policy, proposal, waiver_of, who_can_decide
from duly.access.rules import PURE_RIGHTS, covers
from duly.kernel import clock
from duly.kernel.actions import REGISTRY, Act, Asked, act, action, is_rehearsal, perform, try_out
from duly.kernel.actor import EVERY_RIGHT, Actor
from duly.kernel.arguments import CannotKeep, arguments_from, kept_arguments, wants_today
from duly.kernel.days import business_days_after
from duly.kernel.refusals import BadInput, NotAllowed, Proposed, Refused
from duly.kernel.sql import fetch_sql, run_sql

HERE = "duly.access"


@dataclass(frozen=True, slots=True)
class Balance:
    """What an account owes (minor units)."""

    minor: int
    currency: str


_balances: list[Callable[[int, int], Balance | None]] = []


def look_at_balances_with(look: Callable[[int, int], Balance | None]) -> None:
    """Set who knows what an account owes (entity, account): the site joins the receivables here."""
    _balances[:] = [look]


@dataclass(frozen=True, slots=True)
class Witness(Actor):
    """The maker during the rehearsal: stopped by nothing, every right and amount that is asked is written down."""

    needed: dict[str, list[Any]] = field(default_factory=lambda: {"rights": [], "amounts": []})

    def require(self, right: str) -> None:
        """Note a right the checker will need."""
        if right not in self.needed["rights"]:
            self.needed["rights"].append(right)

    def require_within_limit(self, right: str, amount_minor: int, currency: str) -> None:
        """Note an amount the checker's limit will have to cover."""
        self.needed["amounts"].append([right, abs(amount_minor), currency])


@dataclass(frozen=True, slots=True)
class _Kept:
    id: int
    deadline_on: date
    is_new: bool


def keep_proposal(asked: Asked) -> Proposed | None:
    """Keep an act beyond its maker's right as a proposal; None when it cannot wait or nobody could decide it.

    Refused like the act itself where it would be refused to anybody.
    """
    run: Any = asked.run
    if asked.beyond.facts["right"] in PURE_RIGHTS:
        return None
    try:
        arguments = kept_arguments(run, asked.args, asked.kwargs)
    except CannotKeep:
        return None
    tried, after, needs = _rehearse(asked)
    by = asked.by
    who = who_can_decide(by.entity_id, needs, {by.user_id, tried.beneficiary_id})
    if not who and waiver_of(by.entity_id, by.user_id, clock.today_in(by.zone)) is not None:
        who = [by.name]
    if not who:
        return None
    facts: dict[str, Any] = {"who": who, "summary": tried.summary}
    if is_rehearsal():
        return Proposed("access.proposed", proposal=None, **facts)
    kept = perform("proposals.make", by, lambda: _keep(asked, arguments, tried, after, needs))
    proposed = Proposed("access.proposed", proposal=kept.id, deadline_on=kept.deadline_on, **facts)
    proposed.again = lambda: keep_proposal(asked)
    return proposed


def _rehearse(asked: Asked) -> tuple[Act, Balance | None, dict[str, Any]]:
    by, run = asked.by, asked.run
    witness = Witness(by.entity_id, by.user_id, by.name, frozenset([EVERY_RIGHT]), {}, by.roles, by.zone, by.language)
    kwargs = {**asked.kwargs, "by": witness}
    change = run.__wrapped__  # type: ignore[attr-defined]
    tried, after = try_out(
        run.action_name,  # type: ignore[attr-defined]
        witness,
        lambda: change(*asked.args, **kwargs),
        lambda done: _balance(by.entity_id, done.account_id),
    )
    witness.require(run.right)  # type: ignore[attr-defined]
    witness.require(str(asked.beyond.facts["right"]))
    return tried, after, witness.needed


def _balance(entity_id: int, account_id: int | None) -> Balance | None:
    return _balances[0](entity_id, account_id) if _balances and account_id is not None else None


def _keep(asked: Asked, arguments: dict[str, Any], tried: Act, after: Balance | None, needs: dict[str, Any]) -> _Kept:
    by, beyond, run = asked.by, asked.beyond, asked.run
    today = clock.today_in(by.zone)
    before = _balance(by.entity_id, tried.account_id)
    amount_minor, currency = _amount(str(beyond.facts["right"]), needs["amounts"])
    name = run.action_name  # type: ignore[attr-defined]
    text = json.dumps(arguments, sort_keys=True)
    [kept] = fetch_sql(
        HERE,
        "proposal/write.sql",
        _Kept,
        entity=by.entity_id,
        action=name,
        arguments=text,
        fingerprint=hashlib.sha256(f"{name}\n{text}".encode()).digest(),
        right_name=beyond.facts["right"],
        cause=beyond.code,
        cause_facts=json.dumps(beyond.facts, default=str),
        needs=json.dumps(needs),
        amount_minor=amount_minor,
        currency=currency,
        reason=str(arguments.get("reason") or arguments.get("note") or arguments.get("memo") or ""),
        summary=tried.summary or name,
        facts=json.dumps(tried.facts, default=str),
        subject_kind=tried.subject_kind,
        subject_id=tried.subject_id,
        account_id=tried.account_id,
        balance_before_minor=before.minor if before and after else None,
        balance_after_minor=after.minor if before and after else None,
        balance_currency=before.currency if before and after else None,
        made_by=by.user_id,
        made_by_name=by.name,
        made_at=clock.now(),
        beneficiary_id=tried.beneficiary_id,
        deadline_on=business_days_after(today, int(policy(by.entity_id, "proposals.deadline_days", today))),
    )
    current = act()
    current.quiet = not kept.is_new
    current.about("proposal", kept.id, account_id=tried.account_id)
    current.say(f"Asked for approval: {tried.summary or name}", action=name, cause=beyond.code, proposal=kept.id)
    return kept


def _amount(right: str, amounts: list[list[Any]]) -> tuple[int | None, str | None]:
    ours = [each for each in amounts if each[0] == right] or amounts
    if not ours:
        return None, None
    currency = str(ours[0][2])
    return sum(int(each[1]) for each in ours if each[0] == ours[0][0] and each[2] == currency), currency


@action("proposals.see", name="proposals.accept", proposable=False)
def accept_proposal(proposal_id: int, *, changes: Mapping[str, Any] | None = None, by: Actor) -> str:
    """Do what was asked for, as its checker; returns what was done. `changes` replace arguments (values as JSON).

    The checker needs every right and limit of the act, and is never its maker or beneficiary. All rules of the act
    are asked again; what they refuse stays waiting.
    """
    wanted = proposal(by.entity_id, proposal_id)
    waiver = _require_checker(wanted, by)
    arguments = {**wanted.arguments, **_allowed(wanted, changes or {})}
    _decide(wanted, "accepted", by, arguments=arguments if changes else None, waiver=waiver)
    run: Any = REGISTRY[wanted.action]
    deciding = by.deciding()
    deciding.require(run.right)
    edge = {"today": clock.today_in(by.zone)} if wants_today(run) else {}
    current = act()
    current.account_id = wanted.account_id
    run(**arguments_from(run, arguments), **edge, by=deciding)
    if current.beneficiary_id is not None and current.beneficiary_id == by.user_id:
        raise NotAllowed("proposal.checker_is_beneficiary", proposal=proposal_id)
    summary = current.summary or wanted.summary
    current.quiet = False
    current.say(
        f"{summary} (asked for by {wanted.made_by_name}, accepted by {by.name})",
        proposal=wanted.id,
        action=wanted.action,
        maker=wanted.made_by_name,
        maker_id=wanted.made_by,
        checker=by.name,
        checker_id=by.user_id,
        edited=sorted(changes or ()),
        waiver=waiver,
    )
    return summary


@action("proposals.see", name="proposals.refuse", proposable=False)
def refuse_proposal(proposal_id: int, *, reason: str, by: Actor) -> None:
    """Say no to what was asked for, with a reason its maker reads; nothing is done."""
    wanted = proposal(by.entity_id, proposal_id)
    if not reason.strip():
        raise BadInput("proposal.reason_missing")
    waiver = _require_checker(wanted, by, amounts=False)
    _decide(wanted, "refused", by, reason=reason.strip(), waiver=waiver)
    act().say(f"Refused: {wanted.summary} ({reason.strip()})", maker=wanted.made_by_name, proposal=wanted.id)


@action("proposals.see", name="proposals.withdraw", proposable=False)
def withdraw_proposal(proposal_id: int, *, by: Actor) -> None:
    """Take back what one asked for oneself."""
    wanted = proposal(by.entity_id, proposal_id)
    if by.user_id != wanted.made_by:
        raise NotAllowed("proposal.not_its_maker", proposal=proposal_id, who=[wanted.made_by_name])
    _decide(wanted, "withdrawn", by)
    act().say(f"Withdrawn: {wanted.summary}", proposal=wanted.id)


def _require_checker(wanted: Proposal, by: Actor, *, amounts: bool = True) -> int | None:
    """Refuse a checker who is the maker (but under a waiver), the beneficiary, or lacks right or limit."""
    if by.user_id is None:
        raise NotAllowed("proposal.needs_a_person", proposal=wanted.id)
    waiver = None
    if by.user_id == wanted.made_by:
        waiver = waiver_of(by.entity_id, by.user_id, clock.today_in(by.zone))
        if waiver is None:
            raise NotAllowed("proposal.checker_is_maker", proposal=wanted.id, who=_others(wanted, by))
    if wanted.beneficiary_id is not None and by.user_id == wanted.beneficiary_id:
        raise NotAllowed("proposal.checker_is_beneficiary", proposal=wanted.id, who=_others(wanted, by))
    needs = wanted.needs if amounts else {**wanted.needs, "amounts": []}
    if not covers(by, needs):
        raise NotAllowed("proposal.beyond_the_checker", proposal=wanted.id, who=_others(wanted, by))
    return waiver


def _others(wanted: Proposal, by: Actor) -> list[str]:
    return who_can_decide(by.entity_id, wanted.needs, {wanted.made_by, wanted.beneficiary_id, by.user_id})


def _allowed(wanted: Proposal, changes: Mapping[str, Any]) -> Mapping[str, Any]:
    unknown = sorted(set(changes) - set(wanted.arguments))
    if unknown:
        raise BadInput("proposal.argument_unknown", arguments=", ".join(unknown))
    return changes


def _decide(
    wanted: Proposal,
    state: str,
    by: Actor,
    *,
    reason: str = "",
    arguments: dict[str, Any] | None = None,
    waiver: int | None = None,
) -> None:
    PROPOSAL_STATES.require(wanted.state, state)
    moved = run_sql(
        HERE,
        "proposal/decide.sql",
        entity=by.entity_id,
        id=wanted.id,
        state=state,
        by=by.user_id,
        by_name=by.name,
        at=clock.now(),
        reason=reason,
        arguments=json.dumps(arguments) if arguments is not None else None,
        waiver=waiver,
    )
    if not moved:
        raise Refused("proposal.decided_meanwhile", proposal=wanted.id)
    act().about("proposal", wanted.id, account_id=wanted.account_id)
