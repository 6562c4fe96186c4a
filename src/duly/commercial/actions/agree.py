"""Making agreements, many in one go; withdrawing those from which nothing was billed yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from typing import Any

from duly.commercial.models import AGREEMENT_STATES, Agreed, NewAgreement, NewTerm, Rejected
from duly.kernel import clock
from duly.kernel.actions import act, action
from duly.kernel.actor import Actor
from duly.kernel.doors import analyze, door
from duly.kernel.refusals import Refused
from duly.kernel.sql import copy_rows, fetch_sql, run_sql

HERE = "duly.commercial"
NAMED_IN_EVENT = 1000
"""Ids an event lists one by one; larger batches are undone by their import batch."""

STAGED = {
    "staged_agreement": """
        place int not null,
        agreement_id bigint not null default nextval('commercial_agreement_id_seq'),
        account_id bigint,
        account_number text,
        account_external_id text,
        number text,
        external_id text,
        name text not null default '',
        currency char(3),
        price_list text not null default 'standard',
        starts_on date,
        ends_on date,
        trial_ends_on date,
        anchor_kind text not null default 'calendar',
        anchor_day smallint,
        interval_unit text not null default 'month',
        interval_count int not null default 1,
        timing text not null default 'advance',
        proration text not null default 'day',
        po_number text not null default '',
        state text not null default 'active',
        anchor_on date,
        repeated boolean not null default false,
        problem text,
        about text not null default ''""",
    "staged_term": """
        place int not null,
        line smallint not null,
        term_id bigint not null default nextval('commercial_term_id_seq'),
        item text not null,
        item_id bigint,
        description text not null default '',
        model text not null default 'per_unit',
        quantity numeric(20, 6) not null default 1,
        unit_price numeric(20, 6),
        package_size numeric(20, 6),
        percentage numeric(9, 6),
        minimum_minor bigint,
        meter text,
        aggregate text,
        included_quantity numeric(20, 6) not null default 0,
        interval_unit text,
        interval_count int,
        timing text,
        valid_from date,
        valid_to date,
        problem text""",
    "staged_tier": """
        place int not null,
        line smallint not null,
        step smallint not null,
        up_to numeric(20, 6),
        unit_price numeric(20, 6) not null default 0,
        flat_price numeric(20, 6) not null default 0""",
    "staged_milestone": """
        place int not null,
        line smallint not null,
        name text not null,
        price numeric(20, 6),
        planned_on date""",
}

AGREEMENT_FIELDS = [
    "account_id", "account_number", "account_external_id", "number", "external_id", "name", "currency",
    "price_list", "starts_on", "ends_on", "trial_ends_on", "anchor_kind", "anchor_day", "interval_unit",
    "interval_count", "timing", "proration", "po_number", "state",
]  # fmt: skip
TERM_FIELDS = [
    "item", "description", "model", "quantity", "unit_price", "package_size", "percentage",
    "minimum_minor", "meter", "aggregate", "included_quantity", "interval_unit", "interval_count",
    "timing", "valid_from", "valid_to",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one staged agreement."""

    place: int
    agreement_id: int
    account_id: int | None
    number: str | None
    repeated: bool
    problem: str | None
    about: str


@contextmanager
def agreement_batch(entity_id: int, *, import_batch_id: int | None = None) -> Iterator[Agreed]:
    """Open staged_agreement, staged_term, staged_tier and staged_milestone; at the end their rows are
    agreements.

    `place` joins them and names a row in `rejected`; an agreement whose external_id is known is counted as
    repeated and left as it is. Rows with a problem are not taken, the others are.
    """
    agreed = Agreed([], 0, [])
    with door(STAGED, lambda: _take_in(entity_id, import_batch_id, agreed)):
        yield agreed


def _take_in(entity_id: int, import_batch_id: int | None, agreed: Agreed) -> None:
    where = {"entity": entity_id}
    run_sql(HERE, "agree/1_resolve.sql", **where)
    run_sql(HERE, "agree/2_resolve_terms.sql", **where)
    analyze("staged_agreement", "staged_term")
    run_sql(HERE, "agree/3_reject_terms.sql", **where)
    run_sql(HERE, "agree/4_reject.sql", **where)
    at = clock.now()
    run_sql(HERE, "agree/5_write_agreements.sql", batch=import_batch_id, at=at, **where)
    run_sql(HERE, "agree/6_write_terms.sql", at=at, **where)
    run_sql(HERE, "agree/7_write_tiers.sql", **where)
    run_sql(HERE, "agree/8_write_milestones.sql", **where)
    run_sql(HERE, "agree/9_claim_usage.sql", **where)
    for row in fetch_sql(HERE, "agree/outcome.sql", Outcome):
        if row.problem is not None:
            agreed.rejected.append(Rejected(row.place, f"agreement.{row.problem}", row.about))
        elif row.repeated:
            agreed.repeated += 1
        else:
            agreed.ids.append(row.agreement_id)


def stage_agreements(agreements: Iterable[NewAgreement]) -> int:
    """Fill the staged tables from values, in constant memory for the agreements themselves; returns how
    many.
    """
    terms: list[tuple[Any, ...]] = []
    places = count(1)

    def rows() -> Iterator[tuple[Any, ...]]:
        for place, agreement in zip(places, agreements, strict=False):
            terms.extend((place, line, term) for line, term in enumerate(agreement.terms, 1))
            yield (place, *(getattr(agreement, name) for name in AGREEMENT_FIELDS))

    staged = copy_rows("staged_agreement", ["place", *AGREEMENT_FIELDS], rows())
    stage_terms(terms)
    return staged


def stage_terms(terms: Sequence[tuple[Any, ...]]) -> None:
    """Fill staged_term, staged_tier and staged_milestone from (place, line, NewTerm)."""
    copy_rows(
        "staged_term",
        ["place", "line", *TERM_FIELDS],
        ((place, line, *(getattr(term, name) for name in TERM_FIELDS)) for place, line, term in terms),
    )
    copy_rows("staged_tier", ["place", "line", "step", "up_to", "unit_price", "flat_price"], _tiers(terms))
    copy_rows("staged_milestone", ["place", "line", "name", "price", "planned_on"], _milestones(terms))


def _tiers(terms: Sequence[tuple[int, int, NewTerm]]) -> Iterator[tuple[Any, ...]]:
    for place, line, term in terms:
        for step, tier in enumerate(term.tiers, 1):
            yield place, line, step, tier.up_to, tier.unit_price, tier.flat_price


def _milestones(terms: Sequence[tuple[int, int, NewTerm]]) -> Iterator[tuple[Any, ...]]:
    for place, line, term in terms:
        for milestone in term.milestones:
            yield place, line, milestone.name, milestone.price, milestone.planned_on


@action("agreements.edit", name="agreements.agree")
def agree(agreements: Iterable[NewAgreement], *, by: Actor, import_batch_id: int | None = None) -> Agreed:
    """Make agreements with their lines; rows that break a rule are rejected, the others taken.

    Without `import_batch_id` (by hand) the first rejected row refuses all.
    """
    with agreement_batch(by.entity_id, import_batch_id=import_batch_id) as agreed:
        stage_agreements(agreements)
    if agreed.rejected and import_batch_id is None:
        first = agreed.rejected[0]
        raise Refused(first.code, place=first.place, about=first.about)
    _say(agreed, import_batch_id)
    return agreed


def _say(agreed: Agreed, import_batch_id: int | None) -> None:
    made = len(agreed.ids)
    current = act()
    if made == 1:
        current.about("agreement", agreed.ids[0])
    current.say(f"{made} agreement{'' if made == 1 else 's'} made", agreements=agreed.ids[:NAMED_IN_EVENT])
    if import_batch_id is not None:
        current.undo_with("agreements.withdraw", import_batch_id=import_batch_id)
    elif 0 < made <= NAMED_IN_EVENT:
        current.undo_with("agreements.withdraw", agreement_ids=agreed.ids)


@action("agreements.edit", name="agreements.withdraw")
def withdraw(agreement_ids: Sequence[int] | None = None, *, import_batch_id: int | None = None, by: Actor) -> int:
    """Take agreements back as if never made; refused when anything of them has been billed. Drafts go at
    the next plan.
    """
    which: dict[str, Any] = {
        "entity": by.entity_id,
        "ids": list(agreement_ids) if agreement_ids is not None else None,
        "batch": import_batch_id,
    }
    billed = fetch_sql(HERE, "agree/billed_ones.sql", BilledOne, **which)
    if billed:
        raise Refused("agreement.billed_already", agreement=billed[0].number)
    withdrawn = run_sql(HERE, "agree/withdraw.sql", **which)
    if not withdrawn:
        raise Refused("agreement.nothing_to_withdraw")
    act().say(f"{withdrawn} agreement{'' if withdrawn == 1 else 's'} withdrawn")
    return withdrawn


@action("agreements.approve", name="agreements.activate")
def activate(agreement_ids: Sequence[int], *, by: Actor) -> int:
    """Let drafted agreements come into force; refused when none of them is a draft."""
    moved = run_sql(
        HERE,
        "agree/activate.sql",
        entity=by.entity_id,
        ids=list(agreement_ids),
        sources=AGREEMENT_STATES.sources_of("active"),
    )
    if not moved:
        raise Refused("agreement.cannot_become_active", agreements=list(agreement_ids))
    act().say(f"{moved} agreement{'' if moved == 1 else 's'} approved", agreements=list(agreement_ids))
    return moved


@dataclass(frozen=True, slots=True)
class BilledOne:
    """An agreement of which something was billed."""

    number: str
