"""Who asks. HTTP, CLI and jobs each build an Actor; actions only ever see this."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from duly.kernel.refusals import BeyondRight, NotAllowed

EVERY_RIGHT = "*"


@dataclass(frozen=True, slots=True)
class Actor:
    """One person (or the system) acting for one entity, with the rights and limits of that moment.

    rights: what the person does alone. approves: what they decide when others ask, but do not do alone.
    proposes: what they may only ask for. gates: right -> the training gate that is missing for it (such a right is
    among `proposes`). limits: (right, currency) -> largest amount in minor units; a right without any limit row is
    unlimited, one that is limited in another currency only covers nothing in this one.
    """

    entity_id: int
    user_id: int | None
    name: str
    rights: frozenset[str]
    limits: Mapping[tuple[str, str], int] = field(default_factory=dict)
    roles: tuple[str, ...] = ()
    zone: str = "UTC"
    language: str = "en"
    proposes: frozenset[str] = frozenset()
    approves: frozenset[str] = frozenset()
    gates: Mapping[str, str] = field(default_factory=dict)

    def may_do(self, right: str) -> bool:
        """Return whether the actor does this alone."""
        return right in self.rights or EVERY_RIGHT in self.rights

    def may(self, right: str) -> bool:
        """Return whether the actor may do this or ask for it: what a screen offers."""
        return self.may_do(right) or right in self.approves or right in self.proposes

    def may_decide(self, right: str) -> bool:
        """Return whether the actor decides when others ask for this."""
        return self.may_do(right) or right in self.approves

    def deciding(self) -> Actor:
        """Return the actor as the checker of another's act: what they approve, they do."""
        return replace(self, rights=self.rights | self.approves)

    def trying(self) -> Actor:
        """Return the actor for a look at what an act would do, taken back at once: what they may ask for, they try."""
        return replace(self, rights=self.rights | self.approves | self.proposes, limits={})

    def require(self, right: str) -> None:
        """Refuse when the actor lacks the right; BeyondRight when they may ask for it."""
        if self.may_do(right):
            return
        if right in self.gates:
            raise BeyondRight("access.gate_missing", right=right, gate=self.gates[right], actor=self.name)
        if self.may(right):
            raise BeyondRight("access.needs_approval", right=right, actor=self.name)
        raise NotAllowed("access.right_missing", right=right, actor=self.name)

    def limit_of(self, right: str, currency: str) -> int | None:
        """Return the largest amount (minor units) the actor moves with a right in a currency; None is any."""
        if (right, currency) in self.limits:
            return self.limits[right, currency]
        return 0 if any(name == right for name, _ in self.limits) else None

    def require_within_limit(self, right: str, amount_minor: int, currency: str) -> None:
        """Refuse an amount (minor units, sign ignored) above the actor's limit for the right."""
        limit_minor = self.limit_of(right, currency)
        if limit_minor is not None and abs(amount_minor) > limit_minor:
            raise BeyondRight(
                "access.limit_exceeded",
                right=right,
                amount_minor=abs(amount_minor),
                limit_minor=limit_minor,
                currency=currency,
            )


def system_actor(entity_id: int, *, zone: str = "UTC") -> Actor:
    """Return the actor under which Duly's own runs act (night run, importer, demo)."""
    return Actor(entity_id, None, "Duly", frozenset([EVERY_RIGHT]), roles=("system",), zone=zone)
