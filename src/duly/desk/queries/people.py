"""Who works here, for owners and lists."""

from __future__ import annotations

from datetime import date

from duly.access.queries import members


def names(entity_id: int, today: date) -> dict[int, str]:
    """Return the name of everybody in the office by id."""
    return {member.user_id: member.name for member in members(entity_id)}


def working(entity_id: int, today: date) -> dict[int, str]:
    """Return the names of those who may sign in, by id."""
    return {member.user_id: member.name for member in members(entity_id) if member.is_active}
