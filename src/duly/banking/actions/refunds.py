"""Refunds meet the bank: the payment file that asks for them, the lines that show them leaving or coming back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from duly.access.queries import entity
from duly.banking.actions.accounts import HERE
from duly.banking.actions.placing import Part, place
from duly.banking.models import BankAccount
from duly.banking.queries import bank_account
from duly.formats.errors import CannotWrite
from duly.formats.nacha import AchCredit, AchOrder, write_nacha
from duly.formats.sepa import Transfer, TransferOrder, write_pain001
from duly.kernel import clock, crypto
from duly.kernel.actions import act, action
from duly.kernel.actor import Actor
from duly.kernel.money import Money
from duly.kernel.refusals import BadInput, Refused
from duly.kernel.sql import fetch_sql, fetch_value
from duly.parties.rules import AccountNumber, account_number
from duly.payments.actions.refunds import HandedOver, pay_out
from duly.payments.actions.refunds_seen import return_refunds, see_refunds
from duly.payments.queries.refunds import refunds_by_id
from duly.payments.rules.refunds import CLEARING_CODE

PAIN, NACHA = "pain.001.001.09", "nacha"


@dataclass(frozen=True, slots=True)
class Payee:
    """Whom a refund pays; the bank account is sealed until the file is written."""

    id: int
    number: str
    amount_minor: int
    currency: str
    payee: str
    party_kind: str
    country: str
    account_encrypted: bytes
    state: str


@dataclass(frozen=True, slots=True)
class Seen:
    """A bank line that shows one refund, or several that left together."""

    line_id: int
    refund_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Back:
    """A bank line that brings a refund back, and why as the bank says."""

    line_id: int
    refund_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class LineFacts:
    """What a line says of itself."""

    id: int
    amount_minor: int
    currency: str
    booked_on: date
    version: int
    state: str


@action("refunds.release")
def release_refunds(
    refund_ids: Sequence[int], *, bank_account_id: int, execute_on: date | None = None, today: date, by: Actor
) -> int:
    """Write approved refunds into one payment file of a bank account of ours and take them out of the books' 2150.

    IBANs become a pain.001.001.09 file, American routing numbers a NACHA file; not both in one. Every check is made
    once more. Returns the file's id; its content is read with `file_content`. Undone by cancelling the file.
    """
    ids = sorted(set(refund_ids))
    ours = bank_account(by.entity_id, bank_account_id)
    payees = fetch_sql("duly.payments", "refund/payees.sql", Payee, entity=by.entity_id, ids=ids)
    if len(payees) < len(ids) or not ids:
        raise Refused("refunds.unknown", refund=ids[0] if ids else 0)
    if strange := [one.number for one in payees if one.currency != ours.currency]:
        raise Refused("refunds.currency_differs_from_bank", refunds=strange, currency=ours.currency)
    day = execute_on or today
    if day < today:
        raise BadInput("refunds.day_is_past", execute_on=day)
    file_id = int(fetch_value("duly.payments", "refund/next_file.sql"))
    message_id = f"RF-{by.entity_id}-{today:%Y%m%d}-{file_id}"
    kind, content = _written(payees, ours, message_id, day, clock.now(), by.entity_id)
    file = HandedOver(file_id, kind, message_id, ours.id, ours.currency, day, content)
    return pay_out(ids, file, today=today, by=by)


@action("bank.place", name="refunds.seen_in_bank")
def refunds_seen(lines: Sequence[Seen], *, today: date, by: Actor) -> int:
    """Place bank lines that show refunds leaving (or a whole file of them) and note them as seen; returns how many.

    Refused where a line and its refunds are not the same amount. Taken back with the lines' placement.
    """
    facts = _facts([one.line_id for one in lines], by)
    for one in lines:
        line, asked = facts[one.line_id], refunds_by_id(by.entity_id, one.refund_ids)
        if -line.amount_minor != sum(refund.amount_minor for refund in asked) or len(asked) < len(one.refund_ids):
            raise Refused("refunds.line_differs", line=line.id, amount_minor=line.amount_minor, currency=line.currency)
        if any(refund.currency != line.currency for refund in asked):
            raise Refused("refunds.line_differs", line=line.id, amount_minor=line.amount_minor, currency=line.currency)
    place([_part(facts[one.line_id], "refund") for one in lines], today=today, by=by)
    flat = [(refund_id, one.line_id) for one in lines for refund_id in one.refund_ids]
    see_refunds(
        [refund_id for refund_id, _ in flat],
        [f"bank-line:{line_id}" for _, line_id in flat],
        [facts[line_id].booked_on for _, line_id in flat],
        by=by,
    )
    act().say(f"{len(flat)} refund{'s' if len(flat) > 1 else ''} seen in the bank", refunds=[one for one, _ in flat])
    if len(flat) == 1:
        [asked_one] = refunds_by_id(by.entity_id, [flat[0][0]])
        act().about("refund", asked_one.id, account_id=asked_one.account_id)
    return len(flat)


@action("bank.place", name="refunds.came_back")
def refunds_came_back(lines: Sequence[Back], *, today: date, by: Actor) -> list[int]:
    """Place bank lines that bring refunds back: their money is unapplied on the account again. Returns the refunds."""
    facts = _facts([one.line_id for one in lines], by)
    asked = {one.id: one for one in refunds_by_id(by.entity_id, [one.refund_id for one in lines])}
    for one in lines:
        line, refund = facts[one.line_id], asked.get(one.refund_id)
        if refund is None or (line.amount_minor, line.currency) != (refund.amount_minor, refund.currency):
            raise Refused("refunds.line_differs", line=line.id, amount_minor=line.amount_minor, currency=line.currency)
    place([_part(facts[one.line_id], "refund returned") for one in lines], today=today, by=by)
    keys = [f"bank-line:{one.line_id}" for one in lines]
    refund_ids = [one.refund_id for one in lines]
    return_refunds(refund_ids, keys, [one.reason or "returned by the bank" for one in lines], today=today, by=by)
    act().undo = None
    if len(lines) == 1:
        refund = asked[refund_ids[0]]
        act().about("refund", refund.id, account_id=refund.account_id)
        act().say(
            f"Refund {refund.number} of {Money(refund.amount_minor, refund.currency)} came back: {lines[0].reason}",
            refunds=refund_ids,
        )
    return refund_ids


def _facts(line_ids: Sequence[int], actor: Actor) -> dict[int, LineFacts]:
    found = fetch_sql(HERE, "refunds/lines.sql", LineFacts, entity=actor.entity_id, ids=sorted(set(line_ids)))
    if len(found) < len(set(line_ids)) or any(line.state != "open" for line in found):
        raise Refused("bank.line_is_not_open", lines=sorted(set(line_ids)))
    return {line.id: line for line in found}


def _part(line: LineFacts, memo: str) -> Part:
    return Part(line.id, "ledger", gl_code=CLEARING_CODE, memo=memo, line_version=line.version)


def _written(
    payees: Sequence[Payee], ours: BankAccount, message_id: str, day: date, at: datetime, entity_id: int
) -> tuple[str, bytes]:
    numbers = {one.id: _number(one) for one in payees}
    with_iban = [number for number in numbers.values() if number.iban]
    if with_iban and len(with_iban) < len(numbers):
        raise Refused("refunds.two_kinds_of_accounts", remedy="one file for IBANs, one for routing numbers")
    home = entity(entity_id)
    try:
        if with_iban:
            transfers = [
                Transfer(
                    one.number, one.amount_minor, one.currency, one.payee, numbers[one.id].iban,
                    f"Refund {one.number} {home.name}", country=numbers[one.id].iban[:2],
                )
                for one in payees
            ]  # fmt: skip
            order = TransferOrder(message_id, at, day, home.legal_name, ours.iban, transfers, ours.bic)
            return PAIN, write_pain001(order)
        credits = [
            AchCredit(
                one.number, one.payee, one.amount_minor, numbers[one.id].routing, numbers[one.id].number,
                to_business=one.party_kind == "business",
            )
            for one in payees
        ]  # fmt: skip
        ach = AchOrder(
            at, day, home.legal_name, ours.ach_company_id, ours.routing, ours.bank_name or ours.name, credits
        )
        return NACHA, write_nacha(ach)
    except CannotWrite as problem:
        raise Refused("refunds.file_cannot_be_written", because=str(problem)) from problem


def _number(one: Payee) -> AccountNumber:
    found = account_number(crypto.decrypt(bytes(one.account_encrypted)))
    if found is None:
        raise Refused("refunds.account_takes_no_payments", refund=one.number)
    return found
