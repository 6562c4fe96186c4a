"""What settling a case would post: done for real and taken back, so that what is shown is what will be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from duly.kernel.actions import try_out
from duly.kernel.actor import Actor, system_actor
from duly.kernel.refusals import Refused
from duly.kernel.sql import fetch_sql, fetch_value
from duly.matching.actions.resolve import Decision, resolve
from duly.matching.models import Case

HERE = "duly.matching"


@dataclass(frozen=True, slots=True)
class WouldPost:
    """One line of the journal that settling would make. Minor units, debit positive."""

    code: str
    name: str
    currency: str
    amount_minor: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What settling a case would do: its journal (empty where nothing is booked), or why it cannot be."""

    lines: list[WouldPost]
    refused: Refused | None = None


def preview(entity_id: int, found: Case, decision: Decision, *, today: date) -> Preview:
    """Return what settling the case so would post, whoever asks; nothing of it is kept."""
    actor: Actor = system_actor(entity_id)
    after = int(fetch_value(HERE, "cases/last_entry.sql", entity=entity_id))
    try:
        _, lines = try_out(
            "discrepancies.resolve",
            actor,
            lambda: resolve(found.id, decision, version=found.version, today=today, by=actor),
            lambda _: fetch_sql(HERE, "cases/posted_now.sql", WouldPost, entity=entity_id, after=after),
        )
    except Refused as refusal:
        return Preview([], refusal)
    return Preview(lines)
