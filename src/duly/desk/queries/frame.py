"""What the frame tells about the office on every page."""

from __future__ import annotations

from dataclasses import dataclass

from duly.desk.web.frame import FrameFacts
from duly.desk.web.notation import date_text
from duly.kernel.actor import Actor
from duly.kernel.clock import today_in
from duly.kernel.sql import fetch_one
from duly.office.rules import kinds_for

HERE = "duly.desk"


@dataclass(frozen=True, slots=True)
class _Facts:
    office: str
    period_state: str | None
    former_state: str | None
    to_match: int
    to_decide: int
    to_settle: int
    work_due: int
    runs_planned: int
    quarantined: int


def frame_facts(actor: Actor) -> FrameFacts:
    """Return the office's name, the state of this month's books, and the actor's waiting work by place."""
    today = today_in(actor.zone)
    asked = {"entity": actor.entity_id, "today": today, "user": actor.user_id, "kinds": kinds_for(actor)}
    found = fetch_one(HERE, "frame/facts.sql", _Facts, **asked)
    if found is None:
        return FrameFacts()
    month = date_text(today, actor.language, "month")
    counts = {"match": found.to_match if actor.may("matching.match") else 0}
    counts["discrepancies"] = found.to_settle if actor.may("discrepancies.resolve") else 0
    counts["charges"] = found.to_decide if actor.may("charges.review") else 0
    counts["today"] = found.work_due
    counts["runs"] = found.runs_planned if actor.may("runs.approve") else 0
    counts["payments"] = found.quarantined if actor.may("bank.import") else 0
    is_open = found.period_state == "open"
    return FrameFacts(
        office=found.office,
        counts={place: count for place, count in counts.items() if count},
        period=f"{month} is {'open' if is_open else 'closed' if found.period_state else 'outside the books'}",
        period_note="last month is still open" if found.former_state == "open" else "",
        period_tone="ok" if is_open else "warn",
        period_path="/settings/periods",
    )
