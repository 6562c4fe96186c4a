"""A run's life between planning and issue: approval, cancelling, the end with its certificate."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from duly.invoicing.actions.certify import Certificate, certify
from duly.invoicing.models import RUN_STATES, Run, from_json
from duly.invoicing.queries.runs import run
from duly.kernel import clock
from duly.kernel.actions import act, action
from duly.kernel.actor import Actor
from duly.kernel.money import format_minor
from duly.kernel.refusals import NotAllowed, Refused
from duly.kernel.sql import fetch_one, run_sql

HERE = "duly.invoicing"
OWN_RUN = "runs.approve_own"
"""A limit row of this name makes an approver other than the maker necessary above its amount."""


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A run being issued: chunks still to be issued, the accounts it is limited to, what a former try certified."""

    chunks_left: int
    account_ids: list[int] | None
    certificate: Any


@action("runs.approve")
def approve_run(run_id: int, *, by: Actor) -> None:
    """Approve what a planned run will bill; above one's limit (its maker's own, too) another person must."""
    wanted = run(by.entity_id, run_id)
    for currency, minor in wanted.to_bill_net.items():
        by.require_within_limit("runs.approve", minor, currency)
        require_other_approver(wanted, by, currency, minor)
    move(wanted, "approved", by)
    money = ", ".join(f"{format_minor(minor, currency)} {currency}" for currency, minor in wanted.to_bill_net.items())
    act().about("run", run_id)
    act().say(
        f"Bill run approved: {wanted.planned_accounts} accounts, {money or 'nothing'} net",
        accounts=wanted.planned_accounts,
        held=wanted.held_accounts,
        net=wanted.to_bill_net,
    )


def require_other_approver(wanted: Run, actor: Actor, currency: str, minor: int) -> None:
    """Maker and approver differ where a limit says so."""
    limit_minor = actor.limits.get((OWN_RUN, currency))
    if limit_minor is not None and actor.user_id == wanted.made_by and abs(minor) > limit_minor:
        raise NotAllowed("runs.approver_is_maker", run=wanted.id, limit_minor=limit_minor, currency=currency)


def move(wanted: Run, state: str, actor: Actor) -> None:
    """Move the run to a state, guarded: of two who try, one succeeds."""
    moved = run_sql(
        HERE,
        "run/move.sql",
        entity=actor.entity_id,
        id=wanted.id,
        state=state,
        sources=RUN_STATES.sources_of(state),
        at=clock.now(),
        approver=actor.user_id,
        approver_name=actor.name,
    )
    if not moved:
        raise Refused(f"run.cannot_become_{state}", run=wanted.id, current=wanted.state)


@action("runs.plan", name="runs.cancel")
def cancel_run(run_id: int, *, by: Actor) -> None:
    """Give a run up before anything of it is issued; its drafts wait for the next one."""
    move(run(by.entity_id, run_id), "cancelled", by)
    act().about("run", run_id)
    act().say("Bill run cancelled")


@action("runs.issue", name="runs.start")
def start_issuing(run_id: int, *, by: Actor) -> bool:
    """Let workers issue an approved run; False when it is being issued already."""
    wanted = run(by.entity_id, run_id)
    if wanted.state in ("issuing", "issued"):
        act().quiet = True
        return False
    move(wanted, "issuing", by)
    act().about("run", run_id)
    act().say("Bill run started")
    return True


@action("runs.issue", name="runs.finish")
def finish_run(run_id: int, *, by: Actor) -> Certificate | None:
    """Draw up the certificate once every chunk is issued; None when chunks are left or another did it."""
    found = fetch_one(HERE, "run/lock_for_finish.sql", Unfinished, entity=by.entity_id, id=run_id)
    if found is None or found.chunks_left > 0:
        act().quiet = True
        return None
    certificate = certify(by.entity_id, run_id, found.account_ids)
    act().quiet = from_json(found.certificate) == asdict(certificate)  # tried again, nothing is new
    act().about("run", run_id)
    verdict = "adds up" if certificate.adds_up else "DOES NOT ADD UP"
    act().say(
        f"Bill run issued: {certificate.documents} documents, {certificate.held_accounts} held; it {verdict}",
        documents=certificate.documents,
        held=certificate.held_accounts,
        off_by=certificate.off_by,
    )
    return certificate
