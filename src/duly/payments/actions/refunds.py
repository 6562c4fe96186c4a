"""Money goes back: asked for, checked, approved by another, paid by file, seen in the bank, closed, or returned.

The money leaves the customer's unapplied cash (2150) for 2170 when the file is made, and 2170 for the bank when the
bank shows it. A returned refund goes the same way back.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta

from duly.kernel import clock, crypto
from duly.kernel.actions import act, action
from duly.kernel.actor import Actor
from duly.kernel.money import Money
from duly.kernel.refusals import BadInput, NotAllowed, NotFound, Refused
from duly.kernel.sql import fetch_sql, fetch_value, run_sql
from duly.parties.actions.bank_changes import bring_into_force
from duly.payments.actions.batch import HERE, receipt_batch
from duly.payments.actions.reverse import lock_items, reverse_from_bank
from duly.payments.models import REFUND_STATES, Refund
from duly.payments.queries.refunds import look_at, refund, refunds_by_id
from duly.payments.rules.refunds import CHECK_WORDS, CLEARING_CODE, Check, failed, not_accepted
from duly.receivables.actions import allocation_batch, number_batch
from duly.receivables.actions.on_account import keep_on_account, release_on_account

REVIEW_DAYS = 14


@dataclass(frozen=True, slots=True)
class Purse:
    """A credit of an account: what is open of it, and what other refunds in the works claim of it (minor units)."""

    id: int
    account_id: int
    currency: str
    kind: str
    open_minor: int
    claimed_minor: int


@dataclass(frozen=True, slots=True)
class Id:
    """A row's id."""

    id: int


@dataclass(frozen=True, slots=True)
class OfFile:
    """A refund of a file."""

    id: int
    state: str
    receipt_id: int | None
    account_id: int


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A payment file: its number, id, kind and content as the bank gets it."""

    id: int
    format: str
    message_id: str
    bank_account_id: int
    currency: str
    execute_on: date
    content: bytes


@dataclass(frozen=True, slots=True)
class RefundWish:
    """So much (minor units) of an account's money is to go back to a bank account known of its customer.

    `item_ids` names the credits it is taken from (None: all of the account); `again_of` the refund that came back.
    """

    account_id: int
    amount_minor: int
    bank_detail_id: int
    reason: str
    item_ids: tuple[int, ...] | None = None
    again_of: int | None = None


@action("refunds.request")
def request_refund(wish: RefundWish, *, today: date, by: Actor) -> int:
    """Ask for a customer's own unapplied money to go back; returns the refund's id.

    Taken from the credits named (else all of the account), oldest first; the money then stays on account. All checks
    are made and kept. Refused when less is free than asked for: the same money is never asked for twice.
    """
    if wish.amount_minor <= 0:
        raise BadInput("refunds.amount_not_above_zero")
    if not wish.reason.strip():
        raise Refused("refunds.reason_missing")
    bring_into_force(today=today, by=by)
    taken = _take(wish, by)
    refund_id = fetch_value(
        HERE,
        "refund/2_write.sql",
        entity=by.entity_id,
        account=wish.account_id,
        detail=wish.bank_detail_id,
        amount_minor=wish.amount_minor,
        reason=wish.reason.strip(),
        again_of=wish.again_of,
        by_id=by.user_id,
        by=by.name,
        today=today,
        at=clock.now(),
    )
    if refund_id is None:
        raise NotFound("bank_details.unknown", detail=wish.bank_detail_id)
    named = {"entity": by.entity_id, "refund": int(refund_id)}
    run_sql(HERE, "refund/3_write_items.sql", **named, items=list(taken), amounts_minor=list(taken.values()))
    review_on = today + timedelta(days=REVIEW_DAYS)
    keep_on_account(list(taken), reason="money about to go back", review_on=review_on, by=by)
    with number_batch(by.entity_id):
        run_sql(HERE, "refund/4_stage_number.sql", **named, today=today)
    checks = _check(int(refund_id), "request", today, by)
    asked = refund(by.entity_id, int(refund_id))
    by.require_within_limit("refunds.request", wish.amount_minor, asked.currency)
    _tell(asked, f"asked for, to the account ending in {asked.last4}: {asked.reason}", failed=failed(checks))
    act().undo_with("refunds.withdraw", refund_id=asked.id, reason="withdrawn")
    return asked.id


@action("refunds.approve")
def approve_refund(refund_id: int, *, accept: Sequence[str] = (), today: date, by: Actor) -> list[Check]:
    """Stand for a refund as the second person; `accept` names the warnings that were looked at. Returns the checks.

    All checks are made anew and kept. Refused for who asked for it, while a check fails, and above the actor's limit.
    """
    asked = lock_refunds([refund_id], by)[0]
    REFUND_STATES.require(asked.state, "approved")
    if by.user_id is None or by.user_id == asked.requested_by:
        raise NotAllowed("refunds.approver_is_requester", refund=refund_id, requested_by=asked.requested_by_name)
    by.require_within_limit("refunds.approve", asked.amount_minor, asked.currency)
    checks = _check(refund_id, "approve", today, by)
    _require_passed(asked, checks, accept)
    run_sql(
        HERE,
        "refund/approve.sql",
        entity=by.entity_id,
        id=refund_id,
        by_id=by.user_id,
        by=by.name,
        today=today,
        accepted=sorted(set(accept)),
    )
    _tell(asked, "approved", accepted=sorted(set(accept)))
    act().undo_with("refunds.take_approval_back", refund_id=refund_id)
    return checks


@action("refunds.approve", name="refunds.take_approval_back")
def take_approval_back(refund_id: int, *, by: Actor) -> None:
    """Let an approved refund that is not paid yet wait for a second person again."""
    asked = lock_refunds([refund_id], by)[0]
    REFUND_STATES.require(asked.state, "requested")
    run_sql(HERE, "refund/unapprove.sql", entity=by.entity_id, id=refund_id)
    _tell(asked, "waits for approval again")


@action("refunds.approve", name="refunds.refuse")
def refuse_refund(refund_id: int, *, reason: str, today: date, by: Actor) -> None:
    """Say no to a refund that is not paid yet; the money may be used again."""
    _refuse(refund_id, reason, today, by)


@action("refunds.request", name="refunds.withdraw")
def withdraw_refund(refund_id: int, *, reason: str, today: date, by: Actor) -> None:
    """Take a request back that nobody has decided yet; the money may be used again."""
    if lock_refunds([refund_id], by)[0].state != "requested":
        raise Refused("refunds.decided_already", refund=refund_id)
    _refuse(refund_id, reason, today, by)


@action("refunds.release", name="refunds.pay_out")
def pay_out(refund_ids: Sequence[int], file: HandedOver, *, today: date, by: Actor) -> int:
    """Take approved refunds out of the customers' money and keep the file; a step of making it. Returns its id."""
    entity, ids = by.entity_id, sorted(set(refund_ids))
    asked = require_payable(ids, today=today, by=by)
    total_minor = sum(one.amount_minor for one in asked)
    run_sql(
        HERE,
        "refund/write_file.sql",
        entity=entity,
        id=file.id,
        format=file.format,
        message_id=file.message_id,
        bank_account=file.bank_account_id,
        currency=file.currency,
        execute_on=file.execute_on,
        refunds=len(ids),
        total_minor=total_minor,
        sha256=hashlib.sha256(file.content).digest(),
        content=crypto.encrypt(file.content.decode()),
        by_id=by.user_id,
        by=by.name,
        at=clock.now(),
    )
    named = {"entity": entity, "ids": ids, "today": today}
    key = str(file.id)
    with receipt_batch(by=by) as write:
        run_sql(HERE, "refund/pay_1_stage.sql", **named, file=key, clearing=CLEARING_CODE)
        write()
        with allocation_batch(entity_id=entity, effective_on=today, by=by):
            run_sql(HERE, "refund/pay_2_stage_allocations.sql", entity=entity, file=key)
        released = run_sql(HERE, "refund/pay_3_released.sql", **named, file=file.id, by_id=by.user_id, by=by.name)
    if released < len(ids):
        raise Refused("refunds.changed_meanwhile", refunds=ids)
    act().about("refund_file", file.id, account_id=asked[0].account_id if len(asked) == 1 else None)
    total = Money(total_minor, file.currency)
    act().say(
        f"{len(ids)} refund{'s' if len(ids) > 1 else ''} of {total} in file {file.message_id}",
        refunds=ids,
        total_minor=total_minor,
        currency=file.currency,
    )
    act().undo_with("refunds.cancel_file", file_id=file.id)
    return file.id


def require_payable(refund_ids: Sequence[int], *, today: date, by: Actor) -> list[Refund]:
    """Step: lock approved refunds, make every check once more and keep it; refused when one must not be paid now."""
    asked = lock_refunds(sorted(set(refund_ids)), by)
    for one in asked:
        REFUND_STATES.require(one.state, "released")
        if by.user_id is None or by.user_id == one.requested_by:
            raise NotAllowed("refunds.payer_is_requester", refund=one.id, requested_by=one.requested_by_name)
        _require_passed(one, _check(one.id, "release", today, by), one.accepted_warnings)
    for currency in {one.currency for one in asked}:
        by.require_within_limit(
            "refunds.release", sum(one.amount_minor for one in asked if one.currency == currency), currency
        )
    return asked


@action("refunds.release", name="refunds.cancel_file")
def cancel_file(file_id: int, *, today: date, by: Actor) -> int:
    """Take a file back that the bank did not carry out: its refunds are approved and unpaid again. Returns how many."""
    of_file = fetch_sql(HERE, "refund/of_file.sql", OfFile, entity=by.entity_id, id=file_id)
    if not of_file or any(one.state != "released" for one in of_file):
        raise Refused("refunds.file_is_carried_out", file=file_id)
    receipts = [one.receipt_id for one in of_file if one.receipt_id is not None]
    lock_items(receipts, entity_id=by.entity_id)
    run_sql(HERE, "refund/cancel_file.sql", entity=by.entity_id, id=file_id)
    run_sql(HERE, "refund/unrelease.sql", entity=by.entity_id, id=file_id)
    reverse_from_bank(receipts, reason="payment file cancelled", today=today, by=by)
    act().about("refund_file", file_id, account_id=of_file[0].account_id if len(of_file) == 1 else None)
    act().say(f"Payment file cancelled, {len(of_file)} refunds are unpaid", refunds=[one.id for one in of_file])
    return len(of_file)


def _take(wish: RefundWish, actor: Actor) -> dict[int, int]:
    """Lock the credits and take so much of what is free of them, oldest first.

    What others claim is read after the lock: whoever came first has claimed by then.
    """
    items = None if wish.item_ids is None else sorted(set(wish.item_ids))
    named = {"entity": actor.entity_id, "account": wish.account_id, "items": items}
    run_sql(HERE, "refund/1_lock_items.sql", **named)
    purses = fetch_sql(HERE, "refund/1b_purses.sql", Purse, **named)
    if any(purse.account_id != wish.account_id for purse in purses) or (items and len(purses) < len(items)):
        raise Refused("refunds.not_their_money", account=wish.account_id)
    left_minor, taken = wish.amount_minor, {}
    for purse in purses:
        part_minor = min(left_minor, max(purse.open_minor - purse.claimed_minor, 0))
        if part_minor:
            taken[purse.id] = part_minor
            left_minor -= part_minor
    if left_minor:
        raise Refused(
            "refunds.less_money_is_free",
            free_minor=wish.amount_minor - left_minor,
            wanted_minor=wish.amount_minor,
            claimed_minor=sum(purse.claimed_minor for purse in purses),
            currency=purses[0].currency if purses else "",
        )
    return taken


def lock_refunds(refund_ids: Sequence[int], actor: Actor) -> list[Refund]:
    """Hold refunds until commit, in id order, and return them; NotFound for one of another office."""
    ids = sorted(set(refund_ids))
    if run_sql(HERE, "refund/lock.sql", entity=actor.entity_id, ids=ids) < len(ids):
        raise NotFound("refunds.unknown", refund=ids[0])
    return refunds_by_id(actor.entity_id, ids)


def _check(refund_id: int, stage: str, today: date, actor: Actor) -> list[Check]:
    checks = look_at(actor.entity_id, refund_id, today)
    run_sql(
        HERE,
        "refund/write_checks.sql",
        entity=actor.entity_id,
        refund=refund_id,
        stage=stage,
        checks=json.dumps([asdict(check) for check in checks], default=str),
        at=clock.now(),
    )
    return checks


def _require_passed(asked: Refund, checks: Sequence[Check], accepted: Sequence[str]) -> None:
    if names := failed(checks):
        first = next(check for check in checks if check.name == names[0])
        raise Refused("refunds.check_failed", refund=asked.number, check=CHECK_WORDS[names[0]], because=first.sentence)
    if names := not_accepted(checks, accepted):
        first = next(check for check in checks if check.name == names[0])
        raise Refused("refunds.warning_not_accepted", refund=asked.number, check=names[0], because=first.sentence)


def _refuse(refund_id: int, reason: str, today: date, actor: Actor) -> None:
    if not reason.strip():
        raise Refused("refunds.reason_missing")
    asked = lock_refunds([refund_id], actor)[0]
    REFUND_STATES.require(asked.state, "refused")
    run_sql(
        HERE,
        "refund/refuse.sql",
        entity=actor.entity_id,
        id=refund_id,
        by=actor.name,
        reason=reason.strip(),
        states=REFUND_STATES.sources_of("refused"),
    )
    items = [row.id for row in fetch_sql(HERE, "refund/items_of.sql", Id, entity=actor.entity_id, ids=[refund_id])]
    release_on_account(items, today=today, by=actor)
    _tell(asked, f"refused: {reason.strip()}")


def _tell(asked: Refund, words: str, **facts: object) -> None:
    act().quiet = False
    act().about("refund", asked.id, account_id=asked.account_id)
    act().say(
        f"Refund {asked.number} of {Money(asked.amount_minor, asked.currency)} {words}",
        refund=asked.id,
        amount_minor=asked.amount_minor,
        currency=asked.currency,
        **facts,
    )
