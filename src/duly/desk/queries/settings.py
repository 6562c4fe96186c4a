"""What the settings and the forms offer to choose from."""

from __future__ import annotations

from duly.catalog.queries import items

MOST_ITEMS = 500


def item_choices(entity_id: int) -> list[tuple[str, str]]:
    """Return the items that are sold, as code and name."""
    return [(item.code, f"{item.code} · {item.name}") for item in items(entity_id, limit=MOST_ITEMS) if item.active]
