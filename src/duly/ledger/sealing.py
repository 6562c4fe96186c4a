"""The chain of ledger blocks."""

from __future__ import annotations

from datetime import datetime

from duly.kernel.chain import Chain

CHAIN = Chain("duly.ledger")


def seal_ledger(at: datetime) -> int:
    """Seal all entries whose transactions have ended; returns how many. Meant to run every minute and at
    each close."""
    return CHAIN.seal(at)
