"""Changing lines of agreements from a day on, ahead or back in time; ending them; taking a change back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from duly.commercial.actions.agree import STAGED as AGREE_STAGED
from duly.commercial.actions.agree import stage_terms
from duly.commercial.models import Amendment
from duly.kernel import clock
from duly.kernel.actions import act, action
from duly.kernel.actor import Actor
from duly.kernel.doors import door
from duly.kernel.refusals import Refused
from duly.kernel.sql import copy_rows, fetch_one, fetch_sql, fetch_value, run_sql

HERE = "duly.commercial"

STAGED = {
    "staged_amendment": """
        place int not null,
        amendment_id bigint not null default nextval('commercial_amendment_id_seq'),
        term_id bigint not null default nextval('commercial_term_id_seq'),
        agreement_id bigint,
        account_id bigint,
        from_on date not null,
        line smallint,
        item text,
        quantity numeric(20, 6),
        unit_price numeric(20, 6),
        price_from_list boolean not null,
        percentage numeric(9, 6),
        minimum_minor bigint,
        included_quantity numeric(20, 6),
        ends boolean not null,
        replace_later boolean not null,
        old_term_id bigint,
        next_from date,
        problem text""",
    "staged_amended_tier": """
        place int not null,
        step smallint not null,
        up_to numeric(20, 6),
        unit_price numeric(20, 6) not null,
        flat_price numeric(20, 6) not null""",
}
FIELDS = [
    "agreement_id", "from_on", "line", "quantity", "unit_price", "price_from_list", "percentage",
    "minimum_minor", "included_quantity", "ends", "replace_later",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class BadRow:
    """The first staged row that breaks a rule."""

    place: int
    code: str
    about: str


@dataclass(frozen=True, slots=True)
class MadeAmendment:
    """An amendment just made."""

    id: int
    agreement_id: int
    account_id: int


@action("agreements.edit", name="agreements.amend")
def amend(amendments: Sequence[Amendment], *, reason: str = "", by: Actor) -> list[int]:
    """Change, add or end lines from a day on; billed periods it changes are repaired by the next plan.

    All or nothing: the first amendment that breaks a rule refuses all. Returns the amendments' ids.
    """
    with door({**STAGED, **AGREE_STAGED}, lambda: None):
        _stage(amendments)
        made = _amend_staged(by, reason)
    ids = [row.id for row in made]
    current = act()
    if len({row.agreement_id for row in made}) == 1:
        current.about("agreement", made[0].agreement_id, account_id=made[0].account_id)
    first_on = min(amendment.from_on for amendment in amendments)
    current.say(
        f"Agreement changed from {first_on}" if len(ids) == 1 else f"{len(ids)} changes from {first_on}",
        amendments=ids,
        reason=reason,
    )
    current.undo_with("agreements.undo_amendments", amendment_ids=ids)
    return ids


def _stage(amendments: Sequence[Amendment]) -> None:
    copy_rows("staged_amendment", ["place", "item", *FIELDS], _rows(amendments))
    copy_rows(
        "staged_amended_tier",
        ["place", "step", "up_to", "unit_price", "flat_price"],
        (
            (place, step, tier.up_to, tier.unit_price, tier.flat_price)
            for place, amendment in enumerate(amendments, 1)
            for step, tier in enumerate(amendment.tiers or (), 1)
        ),
    )
    added = [(place, 1, a.new_term) for place, a in enumerate(amendments, 1) if a.new_term is not None]
    copy_rows("staged_agreement", ["place"], ((place,) for place, _, _ in added))
    stage_terms(added)


def _rows(amendments: Sequence[Amendment]) -> Iterator[tuple[Any, ...]]:
    for place, amendment in enumerate(amendments, 1):
        item = amendment.new_term.item if amendment.new_term else None
        yield (place, item, *(getattr(amendment, name) for name in FIELDS))


def _amend_staged(by: Actor, reason: str) -> list[MadeAmendment]:
    where = {"entity": by.entity_id}
    run_sql(HERE, "amend/2_lock.sql", **where)
    run_sql(HERE, "amend/1_resolve.sql", **where)
    run_sql(HERE, "amend/new_lines_of.sql", **where)
    run_sql(HERE, "agree/2_resolve_terms.sql", **where)
    run_sql(HERE, "agree/3_reject_terms.sql", **where)
    run_sql(HERE, "amend/new_lines_bad.sql")
    if bad := fetch_one(HERE, "amend/problem.sql", BadRow):
        raise Refused(f"agreement.{bad.code}", place=bad.place, agreement=bad.about)
    at = clock.now()
    run_sql(HERE, "amend/3_remember.sql", reason=reason, made_by=by.name, at=at, **where)
    run_sql(HERE, "amend/4_close.sql", **where)
    run_sql(HERE, "amend/5_write.sql", at=at, **where)
    run_sql(HERE, "amend/6_write_tiers.sql", **where)
    run_sql(HERE, "amend/7_add_lines.sql", at=at, **where)
    run_sql(HERE, "amend/7_add_tiers.sql", **where)
    run_sql(HERE, "amend/7_add_milestones.sql", **where)
    run_sql(HERE, "amend/8_doubt.sql", **where)
    return fetch_sql(HERE, "amend/made.sql", MadeAmendment)


@action("agreements.edit", name="agreements.undo_amendments")
def undo_amendments(amendment_ids: Sequence[int], *, by: Actor) -> int:
    """Take amendments back: their lines run as before; refused when a later change stands on one of them."""
    which: dict[str, Any] = {"entity": by.entity_id, "ids": list(amendment_ids)}
    if fetch_value(HERE, "amend/undo_check.sql", **which):
        raise Refused("agreement.amended_since", amendments=list(amendment_ids))
    undone = run_sql(HERE, "amend/undo_1_mark.sql", at=clock.now(), **which)
    if undone != len(set(amendment_ids)):
        raise Refused("agreement.amendment_undone_already", amendments=list(amendment_ids))
    run_sql(HERE, "amend/undo_2_empty.sql", **which)
    run_sql(HERE, "amend/undo_3_restore.sql", **which)
    run_sql(HERE, "amend/undo_4_doubt.sql", **which)
    act().say(f"{undone} change{'' if undone == 1 else 's'} taken back", amendments=list(amendment_ids))
    return undone
