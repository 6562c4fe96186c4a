"""Charge review: each draft against its agreement and the account's history; people decide what surprises."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from duly.invoicing.actions.replan import lock_plans, replan
from duly.invoicing.models import SURPRISE_STATES, Chunk
from duly.kernel import clock
from duly.kernel.actions import act, action
from duly.kernel.actor import Actor
from duly.kernel.refusals import Refused
from duly.kernel.sql import fetch_sql, run_sql

HERE = "duly.invoicing"
DECISIONS = ("accepted", "always", "fixed", "held", "open")


def review_chunk(entity_id: int, chunk: Chunk, deadline_on: date) -> None:
    """Find what is surprising in the chunk's due drafts; each surprise holds its account until decided."""
    where = {
        "entity": entity_id,
        "run": chunk.run_id,
        "first": chunk.first_account_id,
        "last": chunk.last_account_id,
        "account_ids": chunk.account_ids,
    }
    run_sql(HERE, "review/0_staging.sql")
    found = run_sql(HERE, "review/1_drafts_alone.sql", **where, through_on=chunk.through_on)
    if run_sql(HERE, "review/2_recent.sql", **where, through_on=chunk.through_on):
        found += run_sql(HERE, "review/3_against_history.sql", **where, through_on=chunk.through_on)
    run_sql(HERE, "review/4_supersede.sql", **where)
    if found:
        run_sql(HERE, "review/5_write.sql", **where, deadline_on=deadline_on)


@dataclass(frozen=True, slots=True)
class Decided:
    """A surprise that was decided."""

    id: int
    account_id: int
    sentence: str


@action("charges.review")
def decide_surprises(surprise_ids: Sequence[int], *, decision: str, by: Actor, note: str = "") -> int:
    """Decide surprises; what is decided holds its account no longer, unless the decision is 'held' or 'open'.

    'accepted' holds once, 'always' for this kind on this account, 'fixed' says the draft was changed.
    """
    if decision not in DECISIONS:
        raise Refused("surprise.decision_unknown", decision=decision)
    ids = sorted(set(surprise_ids))
    accounts = fetch_sql(HERE, "review/accounts.sql", SurpriseAccount, entity=by.entity_id, ids=ids)
    plans = lock_plans(by.entity_id, sorted({row.account_id for row in accounts}))
    decided = fetch_sql(
        HERE,
        "review/decide.sql",
        Decided,
        entity=by.entity_id,
        ids=ids,
        state=decision,
        sources=SURPRISE_STATES.sources_of(decision),
        decided_by=by.name,
        at=clock.now(),
        note=note,
    )
    if len(decided) != len(ids):
        raise Refused("surprise.cannot_be_decided", asked=len(ids), decided=len(decided))
    replan(by.entity_id, plans)
    one = decided[0] if len(decided) == 1 else None
    act().about("surprise", one.id if one else None, account_id=one.account_id if one else None)
    words = one.sentence if one else f"{len(decided)} surprises"
    act().say(f"{decision.title()}: {words}", surprises=ids[:100], note=note)
    if decision != "open":
        act().undo_with("charges.review", surprise_ids=ids, decision="open", note="undone")
    return len(decided)


@dataclass(frozen=True, slots=True)
class SurpriseAccount:
    """The account a surprise is about."""

    account_id: int
