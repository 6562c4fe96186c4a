"""Reading what happened."""

from __future__ import annotations

from duly.events.models import Event
from duly.kernel.refusals import NotFound
from duly.kernel.sql import fetch_one, fetch_sql

HERE = "duly.events"


def event(entity_id: int, event_id: int) -> Event:
    """Return one event; NotFound when this entity has none of that id."""
    found = fetch_one(HERE, "event.sql", Event, entity=entity_id, id=event_id)
    if found is None:
        raise NotFound("events.unknown", event=event_id)
    return found


def events_of_account(entity_id: int, account_id: int, *, before_id: int | None = None, limit: int = 50) -> list[Event]:
    """Return the account's events, newest first, older than `before_id`."""
    return fetch_sql(
        HERE, "events_of_account.sql", Event, entity=entity_id, account=account_id, before=before_id, limit=limit
    )


def recent_events(
    entity_id: int, *, actor_id: int | None = None, before_id: int | None = None, limit: int = 50
) -> list[Event]:
    """Return the entity's events, newest first; of one person when `actor_id` is given."""
    return fetch_sql(HERE, "recent_events.sql", Event, entity=entity_id, actor=actor_id, before=before_id, limit=limit)


def events_about(entity_id: int, subject_kind: str, subject_id: int) -> list[Event]:
    """Return what happened to one thing, oldest first."""
    return fetch_sql(HERE, "events_about.sql", Event, entity=entity_id, kind=subject_kind, id=subject_id)
