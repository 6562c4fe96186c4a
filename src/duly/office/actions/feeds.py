"""Secret calendar addresses: made, and revoked."""

from __future__ import annotations

import secrets
from hashlib import sha256

from duly.kernel import clock
from duly.kernel.actions import act, action
from duly.kernel.actor import Actor
from duly.kernel.refusals import BadInput
from duly.kernel.sql import fetch_value, run_sql

HERE = "duly.office"
SCOPES = ("mine", "team")


@action("work.do", name="work.open_calendar", proposable=False)
def open_calendar(scope: str, *, by: Actor) -> str:
    """Make a secret calendar address of a person's deadlines, or the team's; a former one leads nowhere from now on.

    Returns the secret part of the address, which is shown once: only its hash is kept.
    """
    if scope not in SCOPES:
        raise BadInput("work.calendar_unknown", scope=scope)
    if scope == "team":
        by.require("team.manage")
    run_sql(HERE, "team/revoke.sql", entity=by.entity_id, user=by.user_id, scope=scope, at=clock.now())
    token = secrets.token_urlsafe(32)
    made = fetch_value(
        HERE,
        "team/feed.sql",
        entity=by.entity_id,
        user=by.user_id,
        token_hash=hash_of(token),
        scope=scope,
        at=clock.now(),
    )
    act().about("calendar", int(made))
    act().say(f"Calendar address made ({scope})")
    return token


@action("work.do", name="work.revoke_calendar", proposable=False)
def revoke_calendar(scope: str, *, by: Actor) -> int:
    """Revoke a person's calendar address; returns how many led somewhere."""
    gone = run_sql(HERE, "team/revoke.sql", entity=by.entity_id, user=by.user_id, scope=scope, at=clock.now())
    act().say(f"Calendar address revoked ({scope})")
    act().quiet = not gone
    return gone


def hash_of(token: str) -> bytes:
    """Return what is kept of an address."""
    return sha256(token.encode()).digest()
