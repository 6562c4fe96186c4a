"""The one gate for every outgoing message and call; each answer is kept, whatever it was."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from duly.collections.queries.laws import laws_of
from duly.collections.rules.gate import Answer, Ask, Facts, Law, Stop
from duly.collections.rules.gate import may_contact as decide
from duly.collections.rules.zones import zones_of
from duly.kernel.actions import act, action
from duly.kernel.actor import Actor
from duly.kernel.doors import door
from duly.kernel.sql import copy_rows, fetch_sql, run_sql

HERE = "duly.collections"
STAGED = {
    "staged_ask": """
        place bigint not null,
        answer_id bigint not null default nextval('collections_answer_id_seq'),
        party_id bigint not null,
        account_id bigint,
        channel text not null,
        purpose text not null,
        contact_at timestamptz not null,
        address text not null default '',
        facts text""",
    "staged_verdict": """
        facts text not null,
        allowed boolean not null,
        reason text not null,
        next_allowed_at timestamptz,
        laws text[] not null""",
}


@dataclass(frozen=True, slots=True)
class Question:
    """A contact in mind: whom (and about which account), by which channel and address, what for, when."""

    party_id: int
    channel: str
    purpose: str
    at: datetime
    account_id: int | None = None
    address: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """The gate's answer as it was kept."""

    place: int
    answer_id: int
    allowed: bool
    reason: str
    next_allowed_at: datetime | None
    laws: list[str]


@dataclass(frozen=True, slots=True)
class _Known:
    facts: str


@contextmanager
def ask_batch(entity_id: int, *, by: Actor, run_id: int | None = None) -> Iterator[None]:
    """Open staged_ask; at the end each of its rows is answered in staged_verdict (joined by `facts`) and kept."""
    with door(STAGED, lambda: answer_staged(entity_id, by, run_id), keys={"staged_ask": "party_id"}):
        yield


def answer_staged(entity_id: int, by: Actor, run_id: int | None) -> None:
    """Step: gather the facts as a set, decide once for each different situation, keep every answer."""
    run_sql(HERE, "gate/know.sql", entity=entity_id)
    laws = laws_of(entity_id)
    situations = [row.facts for row in fetch_sql(HERE, "gate/asked.sql", _Known)]
    verdicts = ((facts, *_row(judge(facts, laws, zone=by.zone))) for facts in situations)
    copy_rows("staged_verdict", ["facts", "allowed", "reason", "next_allowed_at", "laws"], verdicts)
    run_sql(HERE, "gate/log.sql", entity=entity_id, run=run_id, by=by.name)


def judge(facts: str, laws: Sequence[Law], *, zone: str) -> Answer:
    """Return the answer for a situation as the database describes it; `zone` where nothing says where a person is."""
    known = json.loads(facts)
    contacts = [(datetime.fromisoformat(at), talked, ours) for at, talked, ours in known["contacts"] or ()]
    return decide(
        Ask(known["channel"], known["purpose"], datetime.fromisoformat(known["at"])),
        Facts(
            person_kind=known["kind"],
            country=known["country"],
            region=known["region"],
            zones=zones_of(known["country"], known["region"], known["area"], otherwise=zone),
            stops=tuple(
                Stop(kind, tuple(channels), date.fromisoformat(until) if until else None)
                for kind, channels, until in known["stops"] or ()
            ),
            consent=known["consent"],
            calls=tuple(at for at, _, ours in contacts if ours),
            conversations=tuple(at for at, talked, _ in contacts if talked),
        ),
        laws,
    )


def _row(answer: Answer) -> tuple[bool, str, datetime | None, list[str]]:
    return answer.allowed, answer.reason, answer.next_allowed_at, list(answer.laws)


@action("books.view", name="contacts.ask")
def may_contact(questions: Sequence[Question], *, by: Actor) -> list[Answered]:
    """Answer for each contact in mind whether the law packs, stop lists and consents allow it, and if not, when.

    Every answer is kept with who asked. Nothing else changes, so no event is left.
    """
    if act().name == "contacts.ask":
        act().quiet = True
    columns = ["place", "party_id", "account_id", "channel", "purpose", "contact_at", "address"]
    with ask_batch(by.entity_id, by=by):
        rows = (
            (place, each.party_id, each.account_id, each.channel, each.purpose, each.at, each.address)
            for place, each in enumerate(questions)
        )
        copy_rows("staged_ask", columns, rows)
    return fetch_sql(HERE, "gate/answers.sql", Answered)
