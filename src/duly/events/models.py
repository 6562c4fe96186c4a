"""The rows of what happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Event:
    """One thing somebody did, as it stands in the journal of events."""

    id: int
    at: datetime
    actor_id: int | None
    actor: str
    action: str
    subject_kind: str
    subject_id: int | None
    account_id: int | None
    summary: str
    facts: dict[str, Any]
    undo: dict[str, Any] | None
    undo_of: int | None
    undone_by: int | None
