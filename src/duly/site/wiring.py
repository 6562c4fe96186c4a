"""Who hears of what: the one place where capabilities that do not know each other are joined."""

from __future__ import annotations

from duly.site.working import Step

WORK: dict[str, Step] = {}
"""What a worker does in one round, in this order; the name says what it counts."""
