"""Thinking about cases: facts fetched in sets, every cause test run, the best three kept."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

from duly.kernel import clock
from duly.kernel.sql import fetch_sql, run_sql
from duly.matching.models import CaseCause, Id
from duly.matching.queries.facts import facts_of
from duly.matching.rules.finding import Explanation
from duly.matching.rules.ranking import explain

HERE = "duly.matching"
AT_ONCE = 500
STALE = timedelta(days=1)
"""What is around a case changes, too: a credit comes in, a practice is agreed."""


def analyse(entity_id: int, case_ids: Sequence[int] | None = None) -> int:
    """Step: explain the open cases that have moved or were not for a day, of these or of all; returns how many."""
    done, stale = 0, clock.now() - STALE
    while ids := _waiting(entity_id, case_ids, stale):
        _write(entity_id, ids)
        done += len(ids)
    return done


def _waiting(entity_id: int, case_ids: Sequence[int] | None, stale: datetime) -> list[int]:
    wanted = None if case_ids is None else sorted(set(case_ids))
    rows = fetch_sql(HERE, "cases/to_analyse.sql", Id, entity=entity_id, cases=wanted, stale=stale, limit=AT_ONCE)
    return [row.id for row in rows]


def _write(entity_id: int, ids: list[int]) -> None:
    rows = [
        {
            "case_id": facts.case.id,
            "rank": rank,
            "cause": each.cause,
            "sentence": each.sentence,
            "score": each.score,
            "parts": parts(each),
        }
        for facts in facts_of(entity_id, ids, since=habits_since())
        for rank, each in enumerate(explain(facts), start=1)
    ]
    run_sql(HERE, "cases/forget_causes.sql", entity=entity_id, cases=ids, at=clock.now())
    run_sql(HERE, "cases/write_causes.sql", entity=entity_id, causes=json.dumps(rows, default=_plain))


def habits_since() -> date:
    """Return the day from which what people picked counts: two years back."""
    return clock.now().date() - timedelta(days=730)


def explained(entity_id: int, case_id: int) -> list[CaseCause]:
    """Step: explain one case by what is known this moment, keeping nothing."""
    [facts] = facts_of(entity_id, [case_id], since=habits_since())
    return [
        CaseCause(rank, each.cause, each.sentence, each.score, parts(each))
        for rank, each in enumerate(explain(facts), start=1)
    ]


def parts(each: Explanation) -> list[dict[str, Any]]:
    """Return the parts of an explanation as rows keep them."""
    return [{name: value for name, value in asdict(part).items() if name != "specific"} for part in each.parts]


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
