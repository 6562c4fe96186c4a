"""The chain of event blocks."""

from __future__ import annotations

from datetime import datetime

from duly.kernel.chain import Chain

CHAIN = Chain("duly.events")


def seal_events(at: datetime) -> int:
    """Seal all events whose transactions have ended; returns how many. Meant to run every minute and at each
    close."""
    return CHAIN.seal(at)
