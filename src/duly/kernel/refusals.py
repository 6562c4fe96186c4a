"""Ways the office says no. Every refusal has a stable code that the API, the CLI and the screens show."""

from __future__ import annotations

from collections.abc import Callable


class Refused(Exception):
    """The request makes sense, the rules do not allow it now; nothing was changed."""

    def __init__(self, code: str, **facts: object) -> None:
        shown = ", ".join(f"{key}={value}" for key, value in facts.items())
        super().__init__(f"{code} ({shown})" if shown else code)
        self.code = code
        self.facts = facts


class NotAllowed(Refused):
    """The actor lacks the right or exceeds the limit; facts name who can."""


class BeyondRight(NotAllowed):
    """The actor may ask for this but not do it alone: the outermost action turns it into a proposal."""


class Proposed(Refused):
    """Nothing was changed yet: the act was sent for approval; facts name the proposal and who can decide."""

    again: Callable[[], Proposed | None] | None = None
    """Keeps it once more, for an edge whose own transaction has taken the row back with all else."""


class NotFound(Refused):
    """Nothing of that name is visible to the actor (another tenant's row is not visible either)."""


class NeedsConfirmation(Refused):
    """Allowed, but surprising enough that a person must say yes; facts say what would happen."""


class BadInput(Refused):
    """Input that cannot be understood; facts name the file, line and field where known, and the remedy."""
