"""The close's checklist. Each item is a function; capabilities above put theirs in through site/wiring.

An item answers with what is still wrong, one sentence each; nothing wrong means it ties.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from duly.kernel.sql import fetch_sql
from duly.ledger.models import Period
from duly.ledger.queries import periods

HERE = "duly.ledger"


@dataclass(frozen=True, slots=True)
class CloseCheck:
    """One line of the checklist: its name, what it asks, where one puts it right, and who answers it."""

    name: str
    title: str
    href: str
    find_open: Callable[[int, Period], Sequence[str]]


@dataclass(frozen=True, slots=True)
class CloseItem:
    """One line of the checklist with its answer: red as long as `open` names something."""

    name: str
    title: str
    href: str
    open: tuple[str, ...]

    @property
    def ties(self) -> bool:
        """Whether nothing is left to do."""
        return not self.open


def earlier_periods_open(entity_id: int, period: Period) -> list[str]:
    """Name earlier periods that are still open and hold entries; an empty one from before the books needs no
    close."""
    used = {row.id for row in fetch_sql(HERE, "close/periods_in_use.sql", _Used, entity=entity_id)}
    return [
        f"{earlier.starts_on:%B %Y} is still open"
        for earlier in periods(entity_id)
        if earlier.ends_on < period.starts_on and earlier.state == "open" and earlier.id in used
    ]


def unsealed_entries(entity_id: int, period: Period) -> list[str]:
    """Name entries of the period that are not in the hash chain yet: a transaction that began before is
    still running."""
    [found] = fetch_sql(
        HERE,
        "close/unsealed.sql",
        _Unsealed,
        entity=entity_id,
        starts_on=period.starts_on,
        ends_on=period.ends_on,
    )
    if not found.entries:
        return []
    return [f"{found.entries} entries wait for a running transaction to end before they can be sealed; try again"]


def waiting_journals(entity_id: int, period: Period) -> list[str]:
    """Name journals of the period that wait for somebody's decision."""
    rows = fetch_sql(
        HERE,
        "close/waiting_journals.sql",
        _Waiting,
        entity=entity_id,
        starts_on=period.starts_on,
        ends_on=period.ends_on,
    )
    return [f"Journal {row.id} by {row.made_by_name} waits for a decision" for row in rows]


@dataclass(frozen=True, slots=True)
class _Used:
    id: int


@dataclass(frozen=True, slots=True)
class _Unsealed:
    entries: int


@dataclass(frozen=True, slots=True)
class _Waiting:
    id: int
    made_by_name: str


CLOSE_CHECKS: list[CloseCheck] = [
    CloseCheck("earlier", "All earlier periods are closed", "/settings/periods", earlier_periods_open),
    CloseCheck("journals", "No journal waits for a decision", "/reports/journals/waiting", waiting_journals),
    CloseCheck("sealed", "Every entry is sealed", "/settings/periods", unsealed_entries),
]


def add_close_check(check: CloseCheck) -> None:
    """Put a line on the checklist, once however often it is wired."""
    if all(known.name != check.name for known in CLOSE_CHECKS):
        CLOSE_CHECKS.append(check)


def checklist(entity_id: int, period: Period) -> list[CloseItem]:
    """Return every line of the checklist with what is still open."""
    return [
        CloseItem(check.name, check.title, check.href, tuple(check.find_open(entity_id, period)))
        for check in CLOSE_CHECKS
    ]
