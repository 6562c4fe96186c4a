"""A customer's new bank account: asked for, called back at an older number, confirmed by another, cooled, in force.

Most money lost to fraud by mail is lost here, so no step can be left out, and the customer hears of each at the address
we had before (decision 0019).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from duly.access.queries import policy
from duly.events.actions import outbox_batch
from duly.kernel import clock, crypto
from duly.kernel.actions import act, action
from duly.kernel.actor import Actor
from duly.kernel.days import business_days_after
from duly.kernel.refusals import BadInput, NotAllowed, NotFound, Refused
from duly.kernel.sql import fetch_sql, fetch_value, run_sql
from duly.parties.models import BANK_CHANGE_STATES, BankChange
from duly.parties.queries import bank_change, older_contacts
from duly.parties.queries import party as party_of
from duly.parties.rules import CAME_BY, account_number

HERE = "duly.parties"
COOLING = "bank_details.cooling_days"


@dataclass(frozen=True, slots=True)
class Email:
    """An address to write to."""

    email: str


@dataclass(frozen=True, slots=True)
class Due:
    """A confirmed change whose cooling is over."""

    id: int
    party_id: int


@dataclass(frozen=True, slots=True)
class NewDetails:
    """A customer's new bank account: an IBAN, or `routing account`; why, and by which way it was asked for."""

    party_id: int
    account: str
    reason: str
    came_by: str
    holder: str = ""


@action("bank_details.request", proposable=False)
def request_bank_change(wanted: NewDetails, *, today: date, by: Actor) -> int:
    """Ask for a customer's new bank account; returns the change's id. It is never kept in clear, so not as a proposal.

    The old details stay in force. The customer is told at the addresses we had. Refused while another change is on its
    way, and for an account that does not prove itself.
    """
    known = party_of(by.entity_id, wanted.party_id)
    number = account_number(wanted.account)
    if number is None:
        raise BadInput("bank_change.account_unclear", remedy="an IBAN, or routing number and account number")
    if wanted.came_by not in CAME_BY:
        raise BadInput("bank_change.came_by_unknown", came_by=wanted.came_by, known=", ".join(CAME_BY))
    if not wanted.reason.strip():
        raise Refused("bank_change.reason_missing")
    change_id = fetch_value(
        HERE,
        "bank_change/request.sql",
        entity=by.entity_id,
        party=wanted.party_id,
        hash=crypto.blind_index(number.kept),
        sealed=crypto.encrypt(number.kept),
        last4=number.last4,
        holder=wanted.holder.strip() or known.name,
        reason=wanted.reason.strip(),
        came_by=wanted.came_by,
        by_id=by.user_id,
        by=by.name,
        today=today,
        at=clock.now(),
    )
    if change_id is None:
        raise Refused("bank_change.another_is_on_its_way", party=wanted.party_id)
    asked = _tell(int(change_id), f"Bank account …{number.last4} asked for: {wanted.reason.strip()}", by)
    _notify(asked, "requested", by)
    act().undo_with("bank_details.withdraw", change_id=asked.id, reason="withdrawn")
    return asked.id


@action("bank_details.confirm", name="bank_details.call_back")
def call_back(change_id: int, contact_id: int, *, said_yes: bool, note: str, today: date, by: Actor) -> str:
    """Note the call to somebody we knew before the change was asked for; returns the change's state.

    Made by another than who asked. Where they know nothing of it, the change is refused. `contact_id` 0 is the
    customer's own number, where it is older than the request.
    """
    change = _lock(change_id, by)
    _require_another(change.requested_by, by, "bank_change.caller_is_requester", change)
    called = next((one for one in older_contacts(by.entity_id, change_id) if one.id == contact_id), None)
    if called is None:
        raise Refused("bank_change.contact_is_not_older", contact=contact_id, requested_on=change.requested_on)
    if not note.strip():
        raise Refused("bank_change.note_missing")
    if not said_yes:
        return _refuse(change, f"{called.name} knows nothing of it: {note.strip()}", by)
    _move(
        change, "called_back", by, contact=contact_id, name=called.name, phone=called.phone, by_id=by.user_id,
        note=note.strip(),
    )  # fmt: skip
    _tell(change_id, f"Called {called.name} (known since {called.known_since}): they confirm …{change.last4}", by)
    return "called_back"


@action("bank_details.confirm")
def confirm_bank_change(change_id: int, *, today: date, by: Actor) -> date:
    """Stand for a change as the second person; it comes into force after the cooling days. Returns that day."""
    change = _lock(change_id, by)
    _require_another(change.requested_by, by, "bank_change.confirmer_is_requester", change)
    until = business_days_after(today, int(policy(by.entity_id, COOLING, today)))
    _move(change, "confirmed", by, by_id=by.user_id, today=today, until=until)
    _notify(change, "confirmed", by)
    _tell(change_id, f"Bank account …{change.last4} confirmed; in force from {until} on", by)
    act().undo_with("bank_details.refuse", change_id=change_id, reason="confirmation taken back")
    return until


@action("bank_details.confirm", name="bank_details.refuse")
def refuse_bank_change(change_id: int, *, reason: str, by: Actor) -> None:
    """Stop a change that is not in force yet; the old details stay."""
    if not reason.strip():
        raise Refused("bank_change.reason_missing")
    _refuse(_lock(change_id, by), reason.strip(), by)


@action("bank_details.request", name="bank_details.withdraw")
def withdraw_bank_change(change_id: int, *, reason: str, by: Actor) -> None:
    """Take a request back that nobody has called about yet."""
    change = _lock(change_id, by)
    if change.state != "requested":
        raise Refused("bank_change.cannot_be_withdrawn", state=change.state)
    _refuse(change, reason, by)


@action("bank_details.confirm", name="bank_details.bring_into_force", proposable=False)
def bring_into_force(*, today: date, by: Actor) -> int:
    """Bring every confirmed change into force whose cooling is over; returns how many. Twice is the same as once."""
    due = fetch_sql(HERE, "bank_change/force_1_due.sql", Due, entity=by.entity_id, today=today)
    ids = [one.id for one in due]
    for step in ("2_end_former", "3_begin", "4_done") if ids else ():
        run_sql(HERE, f"bank_change/force_{step}.sql", entity=by.entity_id, ids=ids, today=today)
    for one in due:
        _notify(bank_change(by.entity_id, one.id), "in_force", by)
    act().quiet = not ids
    act().about("party", due[0].party_id if len(due) == 1 else None)
    act().say(f"{len(ids)} bank account{'' if len(ids) == 1 else 's'} in force", changes=ids)
    return len(ids)


def _lock(change_id: int, actor: Actor) -> BankChange:
    if fetch_value(HERE, "bank_change/lock.sql", entity=actor.entity_id, id=change_id) is None:
        raise NotFound("bank_change.unknown", change=change_id)
    return bank_change(actor.entity_id, change_id)


def _require_another(first: int | None, actor: Actor, code: str, change: BankChange) -> None:
    if actor.user_id is None or actor.user_id == first:
        raise NotAllowed(code, change=change.id, requested_by=change.requested_by_name)


def _move(change: BankChange, target: str, actor: Actor, **values: object) -> None:
    BANK_CHANGE_STATES.require(change.state, target)
    path = {"called_back": "called_back", "confirmed": "confirm"}[target]
    named = {"entity": actor.entity_id, "id": change.id, "by": actor.name, "at": clock.now()}
    if not run_sql(HERE, f"bank_change/{path}.sql", **named, **values):
        raise Refused("bank_change.changed_meanwhile", change=change.id)


def _refuse(change: BankChange, reason: str, actor: Actor) -> str:
    BANK_CHANGE_STATES.require(change.state, "refused")
    run_sql(
        HERE,
        "bank_change/refuse.sql",
        entity=actor.entity_id,
        id=change.id,
        by=actor.name,
        at=clock.now(),
        reason=reason,
        states=BANK_CHANGE_STATES.sources_of("refused"),
    )
    _notify(change, "refused", actor)
    _tell(change.id, f"Bank account …{change.last4} refused: {reason}", actor)
    return "refused"


def _tell(change_id: int, summary: str, actor: Actor) -> BankChange:
    change = bank_change(actor.entity_id, change_id)
    act().about("party", change.party_id)
    act().say(f"{change.party_name}: {summary}", change=change_id, party=change.party_id, last4=change.last4)
    return change


SAID = {
    "requested": "We were asked to send your money to another bank account from now on (ending in {last4}). Until we"
    " have called you at a number we already know, nothing changes. If you did not ask for this, answer this mail.",
    "confirmed": "The bank account ending in {last4} was confirmed for you and will be used from the end of the waiting"
    " time on. If you did not ask for this, answer this mail at once.",
    "in_force": "From today on we send your money to the bank account ending in {last4}.",
    "refused": "The change to the bank account ending in {last4} was not made. Nothing changes.",
}


def _notify(change: BankChange, step: str, actor: Actor) -> None:
    """Tell the addresses we had before the request; nothing a change brings along is ever written to."""
    found = fetch_sql(HERE, "bank_change/addresses.sql", Email, entity=actor.entity_id, id=change.id)
    send_notice(
        [one.email for one in found],
        subject="Your bank details with us",
        text=SAID[step].format(last4=change.last4),
        about=("bank_change", change.id),
        key=f"bank-change:{change.id}:{step}",
        entity_id=actor.entity_id,
    )


def send_notice(
    to: Sequence[str], *, subject: str, text: str, about: tuple[str, int], key: str, entity_id: int
) -> None:
    """Put a notice into the outbox, one row an address; the same key is sent once."""
    with outbox_batch():
        for address in to:
            run_sql(
                HERE,
                "bank_change/stage_notice.sql",
                entity=entity_id,
                topic="notice.bank_details",
                kind=about[0],
                id=about[1],
                payload=json.dumps({"to": address, "subject": subject, "text": text}),
                key=f"{key}:{address}",
                at=clock.now(),
            )
