"""The team's week: work against presence, deadlines at risk, throughput and accuracy."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponseBase

from duly.desk.pages.team.tabs import team_tabs
from duly.desk.web.acting import day_of
from duly.desk.web.export import kind_asked, table_file
from duly.desk.web.frame import signed_in
from duly.desk.web.page import page
from duly.desk.web.render import render
from duly.formats.tabular.write import Column
from duly.office.models import Throughput
from duly.office.queries.team import LATELY_DAYS, AtRisk, PersonWeek, team_week, throughput
from duly.office.rules import KINDS, accuracy_percent

AT_RISK_SHOWN = 12
WHY = {
    "late": ("Late", "bad"),
    "away": ("Owner is away then", "warn"),
    "no time": ("No time left that day", "warn"),
    "nobody's": ("Nobody has it", "bad"),
}
COLUMNS = (
    Column("Person"), Column("Kind"), Column("Done", "int"), Column("Late", "int"), Column("Reviewed", "int"),
    Column("Right", "int"), Column("Accuracy %", "decimal"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tally:
    """What somebody did lately: pieces, how many late, how many reviewed and right, the accuracy in percent."""

    done: int
    late: int
    reviewed: int
    right: int

    @property
    def accuracy(self) -> Decimal | None:
        """Percent right of what was reviewed."""
        return accuracy_percent(self.right, self.reviewed)


def tally(rows: list[Throughput]) -> Tally:
    """Add up some rows."""
    return Tally(
        sum(row.done for row in rows),
        sum(row.late for row in rows),
        sum(row.reviewed for row in rows),
        sum(row.right for row in rows),
    )


@page("GET", right="team.manage")
def show(request: HttpRequest) -> HttpResponseBase:
    """Show the week of everybody."""
    actor = signed_in(request)
    today = day_of(actor)
    team = team_week(actor.entity_id, today)
    rows = throughput(actor.entity_id, today - timedelta(days=LATELY_DAYS))
    names = {week.person.user_id: week.person.name for week in team.people}
    if kind_asked(request):
        return table_file(request, "throughput", COLUMNS, file_rows(rows, names))
    by_person: dict[int, list[Throughput]] = defaultdict(list)
    by_kind: dict[str, list[Throughput]] = defaultdict(list)
    for row in rows:
        by_person[row.user_id].append(row)
        by_kind[row.kind].append(row)
    context = {
        "tabs": team_tabs("/team", actor),
        "team": team,
        "today": today,
        "kinds": KINDS,
        "why": WHY,
        "tallies": {user_id: tally(found) for user_id, found in by_person.items()},
        "by_kind": [(KINDS[name], tally(found), found) for name, found in sorted(by_kind.items()) if name in KINDS],
        "names": names,
        "at_risk": team.at_risk[:AT_RISK_SHOWN],
        "more_at_risk": len(team.at_risk) - AT_RISK_SHOWN,
        "numbers": numbers(team.people, team.at_risk, team.unowned),
        "lately": LATELY_DAYS,
        "tone_of": tone_of,
    }
    return render(request, "team/week.html", context)


def tone_of(week: PersonWeek) -> str:
    """Return how a person's week looks: red only where a deadline is at risk."""
    if week.late or any(day.planned > day.present for day in week.days):
        return "bad" if week.late or week.percent > 100 else "warn"
    return "ok"


def numbers(people: list[PersonWeek], at_risk: list[AtRisk], unowned: int) -> list[dict[str, Any]]:
    """Return the strip: hours of work and presence, at risk, late, nobody's."""
    planned, present = sum(week.planned for week in people), sum(week.present for week in people)
    late = sum(one.works for one in at_risk if one.why == "late")
    return [
        {
            "label": "Work this week",
            "value": f"{planned / 60:.0f} h",
            "small": f"of {present / 60:.0f} h present",
            "tone": "bad" if planned > present else "",
        },
        {"label": "At risk", "value": f"{sum(one.works for one in at_risk):,}", "small": "pieces of work"},
        {"label": "Late", "value": f"{late:,}", "tone": "bad" if late else "", "href": "/queue?show=all&due=late"},
        {"label": "Nobody’s yet", "value": f"{unowned:,}", "small": "to give out", "href": "/queue?show=free"},
    ]


def file_rows(rows: list[Throughput], names: dict[int, str]) -> list[tuple[Any, ...]]:
    """Return throughput and accuracy as the rows of a file."""
    return [
        (
            names.get(row.user_id, str(row.user_id)), KINDS[row.kind].label if row.kind in KINDS else row.kind,
            row.done, row.late, row.reviewed, row.right, accuracy_percent(row.right, row.reviewed),
        )
        for row in rows
    ]  # fmt: skip
