"""Putting a payment right: entered wrongly, put on the wrong account, meant for several accounts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from duly.kernel.actions import act, action
from duly.kernel.actor import Actor
from duly.kernel.money import Money
from duly.kernel.refusals import BadInput, NotFound, Refused
from duly.kernel.sql import fetch_one, fetch_sql, run_sql
from duly.payments.actions.batch import HERE, receipt_batch
from duly.payments.actions.reverse import Reversed, check_by_hand, claim_reversal, lock_items
from duly.receivables.actions import allocation_batch, unallocate
from duly.receivables.actions.on_account import Again, settle_again
from duly.receivables.actions.transfers import Transfer, move_items, take_transfers_back

STAYS = frozenset({"transfer_out", "payment", "write_off"})
"""Kinds of items by which money left a receipt for good: moved, paid back; a correction does not undo those."""


@dataclass(frozen=True, slots=True)
class AsItShouldBe:
    """A receipt by hand as it should have been entered."""

    account_id: int
    amount_minor: int
    received_on: date
    method: str
    payer_name: str = ""
    reference: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class AccountShare:
    """So much (minor units, above zero) of a payment belongs to an account."""

    account_id: int
    amount_minor: int


@dataclass(frozen=True, slots=True)
class MoneyNow:
    """A receipt's money as it is now."""

    id: int
    account_id: int
    currency: str
    amount_minor: int
    kind: str
    state: str
    item_id: int
    unapplied_minor: int
    received_on: date
    method: str
    payer_name: str
    reference: str
    note: str


@dataclass(frozen=True, slots=True)
class Settling:
    """An allocation of a receipt that stands."""

    id: int
    debit_item_id: int
    credit_item_id: int
    amount_minor: int
    debit_kind: str


@dataclass(frozen=True, slots=True)
class StagedItem:
    """A receipt about to be written, with its item."""

    receipt_id: int
    item_id: int
    reverses_id: int | None
    account_id: int
    amount_minor: int


@action("receipts.reverse", name="receipts.correct")
def correct(receipt_id: int, right: AsItShouldBe, *, reason: str, today: date, by: Actor) -> int:
    """Reverse a receipt entered wrongly and enter it again as it should be: one act, one step on the timeline.

    What it settled is settled again in the old order, where the account stays and as far as the money reaches.
    Refused for money of the bank (move it instead), for amounts above the actor's limit. Returns the new receipt's id.
    """
    if right.amount_minor <= 0:
        raise BadInput("receipts.amount_not_above_zero", remedy="money that goes back is a reversal or a refund")
    lock_items([receipt_id], entity_id=by.entity_id)
    was = _money(by.entity_id, receipt_id)
    claimed = claim_reversal([receipt_id], by.entity_id)
    check_by_hand(claimed, by)
    by.require_within_limit("receipts.reverse", right.amount_minor, was.currency)
    settled = _settling(by.entity_id, receipt_id)
    if any(one.debit_kind in STAYS for one in settled):
        raise Refused("receipts.money_has_moved_on", receipt=receipt_id)
    if settled:
        unallocate([one.id for one in settled], effective_on=today, by=by)
    again = settled if right.account_id == was.account_id else []
    new_id = _reverse_and_enter(claimed[0], right, again, reason=reason, today=today, actor=by)
    _tell_correction(was, right, new_id, reason)
    return new_id


def _reverse_and_enter(
    claimed: Reversed, right: AsItShouldBe, again: Sequence[Settling], *, reason: str, today: date, actor: Actor
) -> int:
    entity, ids = actor.entity_id, [claimed.id]
    with receipt_batch(by=actor) as write:
        run_sql(HERE, "reverse/4_stage_mirrors.sql", entity=entity, ids=ids, today=today, reason=reason)
        run_sql(
            HERE,
            "correct/stage_as_it_should_be.sql",
            entity=entity,
            id=claimed.id,
            account=right.account_id,
            currency=claimed.currency,
            amount_minor=right.amount_minor,
            day=right.received_on,
            posted_on=today,
            method=right.method,
            payer=right.payer_name,
            reference=right.reference,
            note=right.note,
        )
        write()
        [entered] = [row for row in fetch_sql(HERE, "correct/staged.sql", StagedItem) if row.reverses_id is None]
        with allocation_batch(entity_id=entity, effective_on=today, by=actor):
            run_sql(HERE, "reverse/5_stage_allocations.sql", entity=entity)
            run_sql(
                HERE,
                "correct/stage_again.sql",
                entity=entity,
                credit=entered.item_id,
                paid_minor=right.amount_minor,
                debits=[one.debit_item_id for one in again],
                amounts_minor=[one.amount_minor for one in again],
            )
    return entered.receipt_id


def _tell_correction(was: MoneyNow, right: AsItShouldBe, new_id: int, reason: str) -> None:
    names = ("account_id", "amount_minor", "received_on", "method", "payer_name", "reference", "note")
    before = {name: getattr(was, name) for name in names if getattr(was, name) != getattr(right, name)}
    after = {name: getattr(right, name) for name in before}
    words = ", ".join(name.removesuffix("_minor").removesuffix("_id").replace("_", " ") for name in before)
    act().about("receipt", new_id, account_id=was.account_id)
    act().say(
        f"Receipt corrected ({words or 'entered again'}): {reason}",
        before=before,
        after=after,
        reversed_receipt=was.id,
        receipt=new_id,
        reason=reason,
    )
    back = {name: getattr(was, name) for name in names} | {"received_on": was.received_on.isoformat()}
    act().undo_with("receipts.correct_back", receipt_id=new_id, right=back)


@action("receipts.reverse", name="receipts.correct_back")
def correct_back(receipt_id: int, right: dict[str, object], *, today: date, by: Actor) -> int:
    """Enter a corrected receipt again as it was before the correction; the undo of `receipts.correct`."""
    values = dict(right) | {"received_on": date.fromisoformat(str(right["received_on"]))}
    return correct(receipt_id, AsItShouldBe(**values), reason="correction undone", today=today, by=by)  # type: ignore[arg-type]


@action("receipts.move")
def move(
    receipt_id: int, to_account_id: int, *, amount_minor: int | None = None, reason: str, today: date, by: Actor
) -> list[int]:
    """Move a payment, or so much of it, to another account; what it settled is open again. Returns the transfers' ids.

    Money that is not applied goes first, then the latest application is taken back. The receipt itself, and the bank
    line it came by, stay as they are. Refused above the actor's limit and for money that has moved on already.
    """
    whole = _money(by.entity_id, receipt_id).amount_minor
    shares = [AccountShare(to_account_id, whole if amount_minor is None else amount_minor)]
    return _move(receipt_id, shares, reason=reason, today=today, actor=by)


@action("receipts.move", name="receipts.split")
def split(receipt_id: int, shares: Sequence[AccountShare], *, reason: str, today: date, by: Actor) -> list[int]:
    """Share a payment out over other accounts; what no share takes stays where it is. Returns the transfers' ids."""
    if not shares or len({share.account_id for share in shares}) < len(shares):
        raise BadInput("receipts.each_account_once", remedy="name every account once")
    return _move(receipt_id, shares, reason=reason, today=today, actor=by)


@action("receipts.move", name="receipts.take_move_back")
def take_move_back(transfer_ids: Sequence[int], *, again: Again = (), today: date, by: Actor) -> int:
    """Bring a moved payment back and settle again what it settled; returns how many transfers were taken back."""
    taken = take_transfers_back(transfer_ids, today=today, by=by)
    settle_again(again, reason="move undone", today=today, by=by)
    return taken


def _move(receipt_id: int, shares: Sequence[AccountShare], *, reason: str, today: date, actor: Actor) -> list[int]:
    if any(share.amount_minor <= 0 for share in shares):
        raise BadInput("receipts.amount_not_above_zero", remedy="say how much is to be moved")
    lock_items([receipt_id], entity_id=actor.entity_id)
    money = _money(actor.entity_id, receipt_id)
    if money.kind != "receipt" or money.state != "recorded":
        raise Refused("receipts.cannot_be_moved", receipt=receipt_id, state=money.state)
    wanted_minor = sum(share.amount_minor for share in shares)
    actor.require_within_limit("receipts.move", wanted_minor, money.currency)
    freed = _free(money, wanted_minor, today, actor)
    moves = [Transfer(money.item_id, share.account_id, share.amount_minor) for share in shares]
    made = move_items(moves, reason=reason, today=today, by=actor)
    again = [[one.debit_item_id, one.credit_item_id, one.amount_minor] for one in freed]
    act().about("receipt", receipt_id, account_id=money.account_id)
    act().say(
        f"{Money(wanted_minor, money.currency)} of a payment moved to"
        f" {'another account' if len(shares) == 1 else f'{len(shares)} accounts'}: {reason}",
        receipt=receipt_id,
        opened_again=len(freed),
    )
    act().undo_with("receipts.take_move_back", transfer_ids=[one.id for one in made], again=again)
    return [one.id for one in made]


def _free(money: MoneyNow, wanted_minor: int, today: date, actor: Actor) -> list[Settling]:
    """Take back applications, latest first, until enough of the payment is free; returns them in the old order."""
    settled = [one for one in _settling(actor.entity_id, money.id) if one.debit_kind not in STAYS]
    free_minor, freed = money.unapplied_minor, []
    for one in reversed(settled):
        if free_minor >= wanted_minor:
            break
        freed.append(one)
        free_minor += one.amount_minor
    if free_minor < wanted_minor:
        raise Refused(
            "receipts.less_money_left",
            receipt=money.id,
            left_minor=free_minor,
            wanted_minor=wanted_minor,
            currency=money.currency,
        )
    if freed:
        unallocate([one.id for one in freed], effective_on=today, by=actor)
    return freed[::-1]


def _money(entity_id: int, receipt_id: int) -> MoneyNow:
    found = fetch_one(HERE, "correct/money.sql", MoneyNow, entity=entity_id, id=receipt_id)
    if found is None:
        raise NotFound("receipts.unknown", receipt=receipt_id)
    return found


def _settling(entity_id: int, receipt_id: int) -> list[Settling]:
    return fetch_sql(HERE, "correct/settling.sql", Settling, entity=entity_id, id=receipt_id)
