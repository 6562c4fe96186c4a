"""Who asks. HTTP, CLI and jobs each build an Actor; actions only ever see this."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from duly.kernel.refusals import NotAllowed

EVERY_RIGHT = "*"


@dataclass(frozen=True, slots=True)
class Actor:
    """One person (or the system) acting for one entity, with the rights and limits of that moment.

    limits: (right, currency) -> largest amount in minor units; a right without a limit row is unlimited.
    """

    entity_id: int
    user_id: int | None
    name: str
    rights: frozenset[str]
    limits: Mapping[tuple[str, str], int] = field(default_factory=dict)
    roles: tuple[str, ...] = ()
    zone: str = "UTC"
    language: str = "en"

    def may(self, right: str) -> bool:
        """Return whether the actor holds the right."""
        return right in self.rights or EVERY_RIGHT in self.rights

    def require(self, right: str) -> None:
        """Refuse when the actor lacks the right."""
        if not self.may(right):
            raise NotAllowed("access.right_missing", right=right, actor=self.name)

    def require_within_limit(self, right: str, amount_minor: int, currency: str) -> None:
        """Refuse an amount (minor units, sign ignored) above the actor's limit for the right."""
        limit_minor = self.limits.get((right, currency))
        if limit_minor is not None and abs(amount_minor) > limit_minor:
            raise NotAllowed(
                "access.limit_exceeded",
                right=right,
                amount_minor=abs(amount_minor),
                limit_minor=limit_minor,
                currency=currency,
            )


def system_actor(entity_id: int, *, zone: str = "UTC") -> Actor:
    """Return the actor under which Duly's own runs act (night run, importer, demo)."""
    return Actor(entity_id, None, "Duly", frozenset([EVERY_RIGHT]), roles=("system",), zone=zone)
