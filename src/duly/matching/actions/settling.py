"""The steps that settle a difference, each through an act that exists: none posts anything itself.

Each returns what takes it back, in the order it was done; a step that can not be taken back returns None for it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from duly.invoicing.actions import NewCharge, add_charges
from duly.invoicing.actions.credit import credit_invoice
from duly.invoicing.actions.void import void_invoice
from duly.kernel.actions import act
from duly.kernel.actor import Actor
from duly.kernel.refusals import Refused
from duly.kernel.sql import fetch_one, fetch_value
from duly.ledger.actions import post_journal
from duly.ledger.rules import JournalLine
from duly.matching.models import Case
from duly.matching.rules.resolutions import Resolution
from duly.payments.actions import apply
from duly.payments.actions.corrections import AsItShouldBe, correct
from duly.payments.actions.refunds import RefundWish, request_refund
from duly.payments.rules import Application
from duly.receivables.actions.accounts import NewHold, hold_accounts
from duly.receivables.actions.transfers import Transfer, transfer
from duly.receivables.actions.writeoffs import WriteOff, write_off

HERE = "duly.matching"
HOLD_DAYS = 7
Undo = dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Settling:
    """A part of a case that is being settled."""

    case: Case
    amount_minor: int
    arguments: dict[str, Any]
    note: str
    resolution: Resolution

    @property
    def reason(self) -> str:
        """The reason written into documents: the person's words, or what was found."""
        return self.note.strip() or f"{self.resolution.title}: {self.case.sentence}"[:300]

    def item(self) -> int:
        """Return the item the case hangs on."""
        if self.case.item_id is None:
            raise Refused("discrepancies.needs_an_item", case=self.case.id)
        return self.case.item_id

    def argument(self, name: str) -> int:
        """Return an id the explanation named, or the person chose."""
        if (value := self.arguments.get(name)) is None:
            raise Refused("discrepancies.argument_missing", argument=name, case=self.case.id)
        return int(value)


def kept() -> list[Undo]:
    """Return what takes the act just done back, and make room for the next one's."""
    undo, act().undo = act().undo, None
    return [undo]


def credit(one: Settling, today: date, by: Actor) -> list[Undo]:
    """Step: a credit note of the amount, by line where the explanation names lines that come to it."""
    invoice_id = _invoice_of(one, by)
    credit_id = credit_invoice(invoice_id, amount_minor=one.amount_minor, reason=one.reason, today=today, by=by)
    return [{"action": "discrepancies.bill_back", "args": {"credit_id": credit_id}}]


def write_it_off(one: Settling, today: date, by: Actor) -> list[Undo]:
    """Step: the open rest is booked to the ledger account of its reason."""
    item = WriteOff(one.item(), one.amount_minor)
    write_off([item], reason=one.resolution.reason, note=one.reason, today=today, by=by)
    return kept()


def net(one: Settling, today: date, by: Actor) -> list[Undo]:
    """Step: their own credit settles the debt."""
    settles = Application(one.argument("credit_item_id"), one.item(), one.amount_minor)
    apply([settles], reason=one.reason, today=today, by=by)
    return kept()


def apply_elsewhere(one: Settling, today: date, by: Actor) -> list[Undo]:
    """Step: the money settles another item of the account."""
    apply([Application(one.item(), one.argument("item_id"), one.amount_minor)], reason=one.reason, today=today, by=by)
    return kept()


def move(one: Settling, today: date, by: Actor) -> list[Undo]:
    """Step: the money moves to the account it was meant for; the item there is settled with it when it is named."""
    to = one.argument("to_account_id")
    [transfer_id] = transfer([Transfer(one.item(), to, one.amount_minor)], reason=one.reason, today=today, by=by)
    return kept() + _settle_there(transfer_id, one.arguments.get("item_id"), one, today, by)


def bring(one: Settling, today: date, by: Actor) -> list[Undo]:
    """Step: money of a sister account moves here and settles the debt."""
    money, here = one.argument("item_id"), one.case.account_id
    if here is None:
        raise Refused("discrepancies.needs_an_item", case=one.case.id)
    [transfer_id] = transfer([Transfer(money, here, one.amount_minor)], reason=one.reason, today=today, by=by)
    return kept() + _settle_there(transfer_id, one.item(), one, today, by)


def bill(one: Settling, today: date, by: Actor) -> list[Undo]:
    """Step: a charge is drafted, from what the finder knows of it or as an amount of an item of the catalog."""
    told = {**one.case.facts, **one.arguments}
    if one.case.account_id is None:
        raise Refused("discrepancies.needs_an_item", case=one.case.id)
    wanted = NewCharge(
        account_id=one.case.account_id,
        bill_on=today,
        item_code=str(told.get("item_code", "")),
        description=str(told.get("description", "")),
        quantity=Decimal(str(told.get("quantity", 1))),
        unit_price=Decimal(str(told["unit_price"])) if told.get("unit_price") is not None else None,
        net_minor=int(told.get("net_minor", one.amount_minor)),
        period_from=_day(told.get("period_from")),
        period_to=_day(told.get("period_to")),
        charge_key=str(told.get("charge_key", "")),
    )
    if not wanted.item_code:
        raise Refused("discrepancies.argument_missing", argument="item_code", case=one.case.id)
    add_charges([wanted], by=by)
    return kept()


def rebill(one: Settling, today: date, by: Actor) -> list[Undo]:
    """Step: the invoice is voided; its charges are free to be billed again."""
    void_invoice(_invoice_of(one, by), reason=one.reason, today=today, by=by)
    return kept()


def journal(one: Settling, today: date, by: Actor) -> list[Undo]:
    """Step: a journal moves the difference between the bank's ledger account and the one named."""
    against = str(one.arguments.get("gl_code", "")).strip()
    if not against:
        raise Refused("discrepancies.argument_missing", argument="gl_code", case=one.case.id)
    minor = one.amount_minor if one.case.favours == "us" else -one.amount_minor
    bank, currency = str(one.case.facts["gl_code"]), one.case.currency
    lines = [JournalLine(bank, currency, minor), JournalLine(against, currency, -minor)]
    post_journal(lines, effective_on=today, memo=one.reason, by=by)
    return kept()


def hold(one: Settling, today: date, by: Actor) -> list[Undo]:
    """Step: the account is held until somebody has looked into it."""
    if one.case.account_id is None:
        raise Refused("discrepancies.needs_an_item", case=one.case.id)
    until = today + timedelta(days=HOLD_DAYS)
    hold_accounts([NewHold(one.case.account_id, "all", one.reason, until, one.case.owner_id)], by=by)
    return kept()


def refund(one: Settling, today: date, by: Actor) -> list[Undo]:
    """Step: the money is asked to go back to the bank account it came from; a second person decides."""
    where = {"entity": by.entity_id, "account": one.case.account_id, "line": one.case.line_id}
    detail = fetch_value(HERE, "cases/settle/came_from.sql", **where)
    if detail is None or one.case.account_id is None:
        raise Refused("discrepancies.no_account_to_refund_to", case=one.case.id)
    wish = RefundWish(one.case.account_id, one.amount_minor, int(detail), one.reason, (one.item(),))
    request_refund(wish, today=today, by=by)
    return kept()


@dataclass(frozen=True, slots=True)
class Entered:
    """A receipt as it was entered by hand."""

    account_id: int
    amount_minor: int
    received_on: date
    method: str
    payer_name: str
    reference: str
    note: str


def enter_again(one: Settling, today: date, by: Actor) -> list[Undo]:
    """Step: the receipt is reversed and entered again with the amount that should have been typed."""
    receipt_id = one.case.receipt_id or 0
    was = fetch_one(HERE, "cases/settle/receipt.sql", Entered, entity=by.entity_id, id=receipt_id)
    if was is None:
        raise Refused("discrepancies.argument_missing", argument="receipt_id", case=one.case.id)
    right = AsItShouldBe(
        account_id=was.account_id,
        amount_minor=one.argument("amount_minor"),
        received_on=was.received_on,
        method=was.method,
        payer_name=was.payer_name,
        reference=was.reference,
        note=was.note,
    )
    correct(receipt_id, right, reason=one.reason, today=today, by=by)
    return kept()


def nothing(one: Settling, today: date, by: Actor) -> list[Undo]:
    """Step: nothing is booked; the case itself says what was decided."""
    return []


def _invoice_of(one: Settling, actor: Actor) -> int:
    if one.case.invoice_id is not None:
        return one.case.invoice_id
    found = fetch_value(HERE, "cases/settle/invoice_of.sql", entity=actor.entity_id, item=one.case.item_id)
    if found is None:
        raise Refused("discrepancies.not_an_invoice", case=one.case.id)
    return int(found)


@dataclass(frozen=True, slots=True)
class InItem:
    """What a transfer put on the other account."""

    in_item_id: int


def _settle_there(transfer_id: int, item_id: object, one: Settling, today: date, actor: Actor) -> list[Undo]:
    if item_id is None:
        return []
    moved = fetch_one(HERE, "cases/settle/in_item.sql", InItem, entity=actor.entity_id, id=transfer_id)
    assert moved is not None
    settles = Application(moved.in_item_id, int(str(item_id)), one.amount_minor)
    apply([settles], reason=one.reason, today=today, by=actor)
    return kept()


def _day(value: object) -> date | None:
    return date.fromisoformat(str(value)) if value else None


STEPS: dict[str, Callable[[Settling, date, Actor], list[Undo]]] = {
    "credit": credit,
    "small": write_it_off,
    "fee": write_it_off,
    "withholding": write_it_off,
    "exchange": write_it_off,
    "net": net,
    "apply": apply_elsewhere,
    "transfer": move,
    "transfer_in": bring,
    "bill": bill,
    "rebill": rebill,
    "journal": journal,
    "hold": hold,
    "refund": refund,
    "correct": enter_again,
    "on_account": nothing,
    "ask": nothing,
    "wait": nothing,
    "keep": nothing,
}
