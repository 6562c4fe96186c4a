"""What of the rows between bank and ledger is a difference. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar


class Between(Protocol):
    """A row between bank and ledger: an amount (bank minus ledger) of some kind."""

    @property
    def kind(self) -> str:
        """'line', 'entry', 'opening' or 'gap'."""

    @property
    def amount_minor(self) -> int:
        """Minor units."""


B = TypeVar("B", bound=Between)


def uncancelled(rows: Sequence[B]) -> list[B]:
    """Leave out entries that another entry takes back: a journal and the one that corrects it differ from nothing."""
    left: list[B] = []
    for row in rows:
        mirror = next(
            (one for one in left if one.kind == row.kind == "entry" and one.amount_minor == -row.amount_minor), None
        )
        if mirror is None:
            left.append(row)
        else:
            left.remove(mirror)
    return left
