"""What a check of the books answers with."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One broken invariant: which check, about what, and the detail a person needs to find it."""

    check: str
    subject: str
    detail: str
