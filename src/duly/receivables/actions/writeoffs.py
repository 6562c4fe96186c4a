"""Giving up what will not come: by reason and limit, small remainders by rule; taken back with one verb."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date

from duly.kernel import clock
from duly.kernel.actions import act, action
from duly.kernel.actor import Actor
from duly.kernel.doors import analyze, door
from duly.kernel.money import Money
from duly.kernel.refusals import BadInput, Refused
from duly.kernel.sql import fetch_one, fetch_sql, fetch_value, run_sql
from duly.ledger.actions import posting_batch
from duly.receivables.actions.allocations import BadAllocation, allocation_batch, unallocate
from duly.receivables.actions.items import item_batch
from duly.receivables.actions.numbers import number_batch
from duly.receivables.queries.corrections import small_balance_rule
from duly.receivables.rules import BAD_DEBT_CODE, SMALL_DIFFERENCE_CODE, WRITE_OFF_REASONS, SmallBalanceRule

HERE = "duly.receivables"

STAGED = {
    "staged_write_off": """
        write_off_id bigint not null default nextval('receivables_write_off_id_seq'),
        item_id bigint not null,
        write_off_item_id bigint not null default nextval('receivables_item_id_seq'),
        amount_minor bigint,
        reverses_id bigint,
        account_id bigint,
        control_id int,
        gl_account_id int,
        currency char(3),
        side int,
        open_minor bigint,
        effective_on date""",
}


@dataclass(frozen=True, slots=True)
class WriteOff:
    """So much (minor units, above zero; None: all that is open) of an item is given up."""

    item_id: int
    amount_minor: int | None = None


@dataclass(frozen=True, slots=True)
class Id:
    """A row's id."""

    id: int


@dataclass(frozen=True, slots=True)
class TheirMoney:
    """Money or credit of an account that pays before anything of it is written off."""

    account_id: int
    minor: int
    currency: str


@dataclass(frozen=True, slots=True)
class WrittenOff:
    """What a batch gives up in one currency: `lost_minor` of debts, `won_minor` of credits."""

    currency: str
    items: int
    lost_minor: int
    won_minor: int
    accounts: int
    account_id: int


@dataclass(frozen=True, slots=True)
class SmallRun:
    """What a run by rule wrote off: its batch (what an undo names) and the totals per currency."""

    batch_id: int
    totals: list[WrittenOff]

    @property
    def items(self) -> int:
        """How many remainders were written off."""
        return sum(total.items for total in self.totals)


@dataclass(frozen=True, slots=True)
class StandingWriteOff:
    """A write-off that is to be taken back."""

    id: int
    account_id: int
    by_rule: bool
    allocation_id: int | None


@dataclass(slots=True)
class _Batch:
    """One act of writing off."""

    id: int
    reason: str
    note: str
    code: str
    today: date
    by: Actor
    small: bool = False
    rule: int | None = None
    mirror: bool = False
    totals: list[WrittenOff] = field(default_factory=list)
    ids: list[int] = field(default_factory=list)


@action("writeoffs.make")
def write_off(items: Sequence[WriteOff], *, reason: str, note: str = "", today: date, by: Actor) -> list[int]:
    """Give up debts for a reason of WRITE_OFF_REASONS; returns the write-offs' ids. One act, one undo.

    Refuses an amount above the actor's limit, debts of an account that has money with us (apply or refund it first),
    and money of theirs that is more than a small difference: it is owed to them however long they are silent.
    """
    known = WRITE_OFF_REASONS.get(reason)
    if known is None:
        raise BadInput("receivables.write_off_reason_unknown", reason=reason, reasons=", ".join(WRITE_OFF_REASONS))
    if known.needs_note and not note.strip():
        raise Refused("receivables.reason_missing")
    small = reason == "small_difference"
    batch = _batch(reason, note, known.code, today, by)
    batch.small = small
    with _write_offs(batch):
        run_sql(
            HERE,
            "write_off/stage.sql",
            items=[item.item_id for item in items],
            amounts_minor=[item.amount_minor for item in items],
        )
    for total in batch.totals:
        by.require_within_limit("writeoffs.make", total.lost_minor + total.won_minor, total.currency)
        if small:
            _require_small(total, by, today)
    total = batch.totals[0]
    given_up = Money(total.lost_minor + total.won_minor, total.currency)
    act().about("write_off", batch.ids[0] if len(batch.ids) == 1 else None)
    act().account_id = total.account_id if total.accounts == 1 else None
    act().say(
        f"{given_up} written off: {known.words}",
        write_offs=batch.ids[:100],
        reason=reason,
        note=note,
        total_minor=given_up.minor,
        currency=total.currency,
    )
    act().undo_with("writeoffs.take_back", batch_id=batch.id)
    return batch.ids


@action("writeoffs.small")
def write_off_small(*, currency: str, today: date, by: Actor) -> SmallRun:
    """Write off every remainder within the office's rule (amount and age), as one set; twice is the same as once.

    Left alone: accounts held, remainders of an account that has something on the other side (that is to be applied),
    and accounts whose remainders together are above the limit.
    """
    rule = small_balance_rule(by.entity_id, currency, today)
    by.require_within_limit("writeoffs.small", rule.limit_minor, currency)
    batch = _batch("small_difference", "", SMALL_DIFFERENCE_CODE, today, by)
    batch.small, batch.rule = True, rule.id
    with _write_offs(batch):
        _stage_small(rule, today, by)
    done = SmallRun(batch.id, batch.totals)
    act().about("write_off_batch", batch.id)
    act().say(
        f"{done.items} remainder{'' if done.items == 1 else 's'} written off by rule:"
        f" up to {Money(rule.limit_minor, currency)}, due {rule.older_than_days} days ago or longer",
        items=done.items,
        lost_minor=sum(total.lost_minor for total in done.totals),
        won_minor=sum(total.won_minor for total in done.totals),
        currency=currency,
    )
    act().quiet = done.items == 0
    if done.items:
        act().undo_with("writeoffs.take_small_back", batch_id=batch.id)
    return done


@action("writeoffs.make", name="writeoffs.take_back")
def take_write_offs_back(
    write_off_ids: Sequence[int] = (), *, batch_id: int | None = None, reason: str = "undone", today: date, by: Actor
) -> int:
    """Take write-offs back, these or all of one act: the debts are open again. Returns how many."""
    return _take_back(write_off_ids, batch_id, reason=reason, today=today, actor=by)


@action("writeoffs.small", name="writeoffs.take_small_back")
def take_small_back(batch_id: int, *, today: date, by: Actor) -> int:
    """Take back what one run by rule wrote off and still stands; returns how many remainders are open again."""
    return _take_back((), batch_id, reason="undone", today=today, actor=by, by_rule=True)


@action("policies.edit", name="writeoffs.set_small_rule")
def set_small_rule(limit: Money, older_than_days: int, *, valid_from: date, by: Actor) -> int:
    """Set up to which amount, and how many days after it was due, a remainder is written off by rule, from a day on.

    What counted before that day stays on record. Returns the rule's id.
    """
    if limit.minor < 0 or older_than_days < 0:
        raise BadInput("receivables.rule_below_zero")
    rule_id = int(
        fetch_value(
            HERE,
            "write_off/set_policy.sql",
            entity=by.entity_id,
            currency=limit.currency,
            limit_minor=limit.minor,
            days=older_than_days,
            valid_from=valid_from,
            by=by.name,
            at=clock.now(),
        )
    )
    act().about("policy", rule_id)
    act().say(
        f"Remainders up to {limit} are written off {older_than_days} days after they were due, from {valid_from} on",
        limit_minor=limit.minor,
        older_than_days=older_than_days,
    )
    return rule_id


def _batch(reason: str, note: str, code: str, today: date, actor: Actor) -> _Batch:
    batch_id = int(fetch_value(HERE, "write_off/next_batch.sql"))
    return _Batch(batch_id, reason, note.strip(), code, today, actor)


def _stage_small(rule: SmallBalanceRule, today: date, actor: Actor) -> None:
    run_sql(
        HERE,
        "write_off/stage_small.sql",
        entity=actor.entity_id,
        currency=rule.currency,
        limit=rule.limit_minor,
        days=rule.older_than_days,
        today=today,
    )


def _require_small(total: WrittenOff, actor: Actor, today: date) -> None:
    """A difference is small when the office's rule says so; anything else needs a reason of its own."""
    rule = small_balance_rule(actor.entity_id, total.currency, today)
    largest = max(total.lost_minor, total.won_minor)
    if largest > rule.limit_minor:
        raise Refused(
            "receivables.difference_is_not_small",
            amount_minor=largest,
            limit_minor=rule.limit_minor,
            currency=total.currency,
        )


def _take_back(
    write_off_ids: Sequence[int], batch_id: int | None, *, reason: str, today: date, actor: Actor, by_rule: bool = False
) -> int:
    named = {"entity": actor.entity_id, "ids": sorted(set(write_off_ids)), "batch": batch_id}
    run_sql(HERE, "write_off/back_1_lock.sql", **named)
    standing = fetch_sql(HERE, "write_off/back_2_standing.sql", StandingWriteOff, **named)
    if not standing or len(standing) < len(set(write_off_ids)):
        raise Refused("receivables.write_off_taken_back_already", write_offs=named["ids"] or batch_id)
    if by_rule and not all(one.by_rule for one in standing):
        raise Refused("receivables.write_off_not_by_rule", batch=batch_id)
    if settled := [one.allocation_id for one in standing if one.allocation_id]:
        unallocate(settled, effective_on=today, by=actor)
    ids = [one.id for one in standing]
    batch = _batch(reason, "", BAD_DEBT_CODE, today, actor)
    batch.mirror = True
    with _write_offs(batch):
        run_sql(HERE, "write_off/back_3_stage.sql", entity=actor.entity_id, ids=ids, today=today)
    accounts = {one.account_id for one in standing}
    act().about("write_off", ids[0] if len(ids) == 1 else None)
    act().account_id = accounts.pop() if len(accounts) == 1 else None
    act().say(f"{len(ids)} write-off{'s' if len(ids) > 1 else ''} taken back", write_offs=ids[:100], reason=reason)
    return len(ids)


def _write_offs(batch: _Batch) -> AbstractContextManager[None]:
    return door(STAGED, lambda: _take_in(batch))


def _take_in(batch: _Batch) -> None:
    entity, actor = batch.by.entity_id, batch.by
    run_sql(HERE, "write_off/1_lock.sql", entity=entity)
    if not batch.mirror:
        run_sql(HERE, "write_off/2_complete.sql", entity=entity, today=batch.today, code=batch.code)
        _require_sound(batch)
    batch.totals = fetch_sql(HERE, "write_off/totals.sql", WrittenOff)
    if not batch.totals:
        return
    said = {"reason": batch.reason, "entity": entity}
    run_sql(
        HERE, "write_off/4_write.sql", **said, batch=batch.id, note=batch.note, rule=batch.rule, by_id=actor.user_id,
        by_name=actor.name, at=clock.now(),
    )  # fmt: skip
    with item_batch():
        run_sql(HERE, "write_off/5_stage_items.sql", entity=entity)
    with posting_batch():
        run_sql(HERE, "write_off/6_stage_entries.sql", **said, actor=actor.user_id)
        analyze("staged_entry")
        run_sql(HERE, "write_off/7_stage_postings.sql", entity=entity)
    with allocation_batch(entity_id=entity, effective_on=batch.today, by=actor):
        run_sql(HERE, "write_off/8_stage_allocations.sql", **said)
    with number_batch(entity):
        run_sql(HERE, "write_off/9_stage_numbers.sql", entity=entity)
    batch.ids = [row.id for row in fetch_sql(HERE, "write_off/staged_ids.sql", Id)]


def _require_sound(batch: _Batch) -> None:
    bad = fetch_one(HERE, "write_off/3_find_bad.sql", BadAllocation, small=batch.small)
    if bad is not None:
        raise Refused(
            f"receivables.{bad.problem}",
            item=bad.item_id,
            open_minor=bad.open_minor,
            wanted_minor=bad.wanted_minor,
        )
    theirs = fetch_one(HERE, "write_off/3b_their_money.sql", TheirMoney, entity=batch.by.entity_id)
    if theirs is not None and batch.rule is None:
        raise Refused(
            "receivables.money_lies_on_the_account",
            account=theirs.account_id,
            unapplied_minor=theirs.minor,
            currency=theirs.currency,
        )
