"""What capabilities above add to the search for differences; the site's wiring fills both lists.

A finder inserts rows into `found_difference` (temporary, see actions/sweep.py) for the accounts given, or for all. A
knower says what it knows of open cases. Matching itself never learns who they are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Known:
    """Something known of a case: see `Expected` in rules/facts.py for the kinds."""

    case_id: int
    kind: str
    amount_minor: int
    text: str
    line: int | None = None
    on: date | None = None
    arguments: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Search:
    """What is searched: the accounts given or all of them, and how far back."""

    entity_id: int
    account_ids: list[int] | None
    since: date
    today: date


FINDERS: list[tuple[tuple[str, ...], Callable[[Search], None]]] = []
"""Kinds of cases, and who finds their differences."""
KNOWERS: list[Callable[[int, Sequence[int]], list[Known]]] = []
