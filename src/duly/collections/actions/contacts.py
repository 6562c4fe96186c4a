"""The contact log, consents and stop lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from duly.collections.actions.gate import Question, may_contact
from duly.collections.queries.laws import laws_of
from duly.collections.rules.gate import asks_to_stop
from duly.kernel import clock
from duly.kernel.actions import act, action
from duly.kernel.actor import Actor
from duly.kernel.refusals import NeedsConfirmation, Refused
from duly.kernel.sql import fetch_value, run_sql
from duly.receivables.queries import account

HERE = "duly.collections"


@dataclass(frozen=True, slots=True)
class NewContact:
    """A contact that took place: with whom, by what, how it ended."""

    account_id: int
    channel: str
    outcome: str
    note: str = ""
    direction: str = "out"
    purpose: str = "dunning"
    at: datetime | None = None


@action("contacts.log")
def log_contact(contact: NewContact, *, by: Actor, sure: bool = False) -> int:
    """Keep a contact in the log, with what the gate says of it; returns its id.

    One of ours that the gate refuses needs a confirmation: it is kept all the same, marked as against the rules. What
    a person writes or says by text or mail to have us stop is heard: their consent to the channel ends.
    """
    at = contact.at or clock.now()
    if at > clock.now():
        raise Refused("contacts.not_yet", at=at.isoformat())
    owner = account(by.entity_id, contact.account_id)
    answer_id = None
    if contact.direction == "out":
        [answer] = may_contact(
            [Question(owner.party_id, contact.channel, contact.purpose, at, contact.account_id)], by=by
        )
        answer_id = answer.answer_id
        if not answer.allowed and not sure:
            raise NeedsConfirmation("contacts.against_rules", reason=answer.reason, next=_text(answer.next_allowed_at))
    made = fetch_value(
        HERE,
        "contacts/log.sql",
        entity=by.entity_id,
        account=contact.account_id,
        party=owner.party_id,
        channel=contact.channel,
        direction=contact.direction,
        purpose=contact.purpose,
        at=at,
        outcome=contact.outcome,
        note=contact.note,
        answer=answer_id,
        letter=None,
        by=by.user_id,
        by_name=by.name,
    )
    word = asks_to_stop(contact.note, laws_of(by.entity_id)) if contact.direction == "in" else None
    if word and contact.channel in ("text", "email"):
        _keep_consent(NewConsent(owner.party_id, contact.channel, "revoked", "said so", words=contact.note), by)
    act().about("contact", int(made), account_id=contact.account_id)
    stopped = "; no more of them by this channel" if word else ""
    act().say(f"{contact.channel.title()}, {contact.outcome.replace('_', ' ')}{stopped}: {contact.note}".rstrip(": "))
    return int(made)


@dataclass(frozen=True, slots=True)
class NewConsent:
    """A person granted or revoked a channel (or one address of it), in these words, on this evidence."""

    party_id: int
    channel: str
    state: str
    source: str
    address: str = ""
    words: str = ""


@action("contacts.log", name="contacts.consent")
def record_consent(word: NewConsent, *, by: Actor) -> None:
    """Add to the ledger of consents that a person allowed a channel, or took it back."""
    if not word.source.strip():
        raise Refused("contacts.consent_needs_source")
    _keep_consent(word, by)
    act().about("party", word.party_id)
    act().say(f"{word.channel.title()} {word.state}: {word.source}")


def _keep_consent(word: NewConsent, by: Actor) -> None:
    row = {name: getattr(word, name) for name in ("channel", "state", "source", "address", "words")}
    run_sql(HERE, "contacts/consent.sql", entity=by.entity_id, party=word.party_id, at=clock.now(), by=by.name, **row)


@action("collections.stop", name="stops.place")
def place_stop(
    party_id: int,
    kind: str,
    reason: str,
    *,
    by: Actor,
    channels: Sequence[str] = (),
    until_on: date | None = None,
) -> int:
    """Put somebody on a stop list: nobody chases them (by these channels) until that day, or until it is lifted."""
    if not reason.strip():
        raise Refused("stops.needs_reason")
    made = fetch_value(
        HERE,
        "contacts/stop.sql",
        entity=by.entity_id,
        party=party_id,
        kind=kind,
        channels=list(channels),
        reason=reason,
        until_on=until_on,
        at=clock.now(),
        by=by.name,
    )
    act().about("party", party_id)
    act().say(f"On the stop list ({kind}): {reason}", stop=made)
    act().undo_with("stops.lift", stop_id=int(made), why="placed by mistake")
    return int(made)


@action("collections.stop", name="stops.lift")
def lift_stop(stop_id: int, *, why: str, by: Actor) -> None:
    """Take an entry off the stop list; the entry itself stays, with who lifted it."""
    if not why.strip():
        raise Refused("stops.needs_reason")
    party = fetch_value(HERE, "contacts/lift.sql", entity=by.entity_id, id=stop_id, at=clock.now(), by=by.name)
    if party is None:
        raise Refused("stops.lifted_already", stop=stop_id)
    act().about("party", int(party))
    act().say(f"Off the stop list: {why}", stop=stop_id)


def _text(at: datetime | None) -> str:
    return at.isoformat() if at else ""
