"""The reports there are, by name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from duly.kernel.refusals import BadInput, NotFound
from duly.reports.models import Asked, Report, ReportKind
from duly.reports.queries import books, cash, collecting, control, lists, receivables, revenue

KINDS: tuple[ReportKind, ...] = (
    *receivables.KINDS,
    *cash.KINDS,
    *collecting.KINDS,
    *control.KINDS,
    *books.KINDS,
    *revenue.KINDS,
    *lists.KINDS,
)
BY_NAME = {kind.name: kind for kind in KINDS}


def report(entity_id: int, name: str, *, today: date, values: Mapping[str, str] | None = None) -> Report:
    """Build a report from its name and the address's parameters; NotFound for an unknown name.

    Refuses parameters that cannot be read (BadInput "reports.parameter_unreadable").
    """
    kind = BY_NAME.get(name)
    if kind is None:
        raise NotFound("reports.unknown", name=name, known=", ".join(BY_NAME))
    try:
        return kind.build(Asked(entity_id, today, values or {}))
    except ValueError as error:
        raise BadInput("reports.parameter_unreadable", problem=str(error), remedy="write days as 2026-01-31") from error
