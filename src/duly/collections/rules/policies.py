"""What a policy must be to make sense. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


def fault(steps: Sequence[Mapping[str, Any]], late_law: str) -> str | None:
    """Return what is wrong with the steps of a policy, None when nothing is."""
    days = [step["days_late"] for step in steps]
    if not steps:
        return "policies.no_steps"
    if days != sorted(set(days)):
        return "policies.steps_out_of_order"
    if any(step["channel"] == "letter" and not step["texts"].get("en") for step in steps):
        return "policies.step_without_words"
    if not late_law and any(step["charges_interest"] or step["charges_lump"] for step in steps):
        return "policies.costs_without_law"
    return None
