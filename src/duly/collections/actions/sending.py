"""What leaves, at the door: the last question to the gate, and what is noted of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from duly.collections.actions.gate import Question, may_contact
from duly.events.outbox import Leave, Outgoing, mark_bounced
from duly.formats.mail import Bounce
from duly.kernel.actions import act, action
from duly.kernel.actor import Actor, system_actor
from duly.kernel.sql import fetch_one, fetch_value, run_sql

HERE = "duly.collections"
PURPOSES = {"letter": "dunning", "account_statement": "statement", "invoice": "invoice"}


@dataclass(frozen=True, slots=True)
class _Addressee:
    party_id: int
    zone: str


def gate_for(row: Outgoing, at: datetime) -> Leave:
    """Ask the gate about a row of the outbox that is about to leave; what goes to nobody's person may."""
    purpose = PURPOSES.get(row.subject_kind)
    if purpose is None or row.account_id is None:
        return Leave(True)
    to = fetch_one(HERE, "sending/addressee.sql", _Addressee, entity=row.entity_id, account=row.account_id)
    if to is None:
        return Leave(True)
    channel = "email" if row.kind == "mail" else "letter"
    [answer] = may_contact(
        [Question(to.party_id, channel, purpose, at, row.account_id)], by=system_actor(row.entity_id, zone=to.zone)
    )
    return Leave(answer.allowed, answer.next_allowed_at, answer.reason)


@action("dunning.release", name="dunning.settled_meanwhile")
def settled_meanwhile(letter_id: int, *, by: Actor) -> bool:
    """Call a letter back whose items were paid, disputed or put into a plan while it waited; True when it was."""
    act().quiet = True
    return fetch_value(HERE, "sending/call_back.sql", entity=by.entity_id, id=letter_id) is not None


@action("dunning.release", name="contacts.note_sent")
def note_sent(topic: str, subject_id: int, at: datetime, *, by: Actor) -> None:
    """Note in the contact log that a letter or statement left."""
    act().quiet = True
    what = "letter" if topic == "collections.letter" else "statement"
    run_sql(HERE, f"sending/{what}_sent.sql", entity=by.entity_id, id=subject_id)
    run_sql(HERE, f"sending/log_{what}.sql", entity=by.entity_id, id=subject_id, at=at, by=by.name)


@action("dunning.release", name="dunning.record_bounce")
def record_bounce(bounce: Bounce, *, by: Actor) -> int | None:
    """Note that a letter or statement sent by mail did not arrive; its id, or None when it is not ours."""
    act().quiet = True
    if not bounce.is_failure:
        return None
    for kind in ("letter", "account_statement"):
        found = fetch_value(HERE, f"sending/{kind}_by_public_id.sql", entity=by.entity_id, public_id=bounce.document_id)
        if found is None:
            continue
        sent = mark_bounced(by.entity_id, kind, int(found), f"{bounce.status} {bounce.diagnostic}".strip())
        if sent is not None:
            act().quiet = False
            act().about(kind, int(found), account_id=sent.account_id)
            act().say(f"Not delivered to {bounce.recipient}", permanent=bounce.is_permanent)
            return int(found)
    return None
