"""Signing in: passwords, links that open once, attempts that are counted."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from duly.access.models import User
from duly.kernel import clock
from duly.kernel.refusals import BadInput, Refused
from duly.kernel.sql import fetch_sql, fetch_value, run_sql

HERE = "duly.access"
ATTEMPTS_ALLOWED = 10
ATTEMPTS_WINDOW = timedelta(minutes=15)


def set_password(user_id: int, password: str, *, name: str = "", email: str = "") -> None:
    """Set a person's own password; refused when it is weak (too short, too common, like the name or address)."""
    try:
        validate_password(password, User(name=name, email=email))
    except ValidationError as error:
        raise BadInput("access.password_weak", remedy=" ".join(error.messages)) from error
    run_sql(HERE, "set_password.sql", user=user_id, password=make_password(password))


def make_sign_in_link(user_id: int, entity_id: int, *, days: int = 1, uses: int = 1) -> str:
    """Return a secret token that signs a person in `uses` times within `days`; only its hash is kept."""
    token = secrets.token_urlsafe(32)
    run_sql(
        HERE,
        "create_link.sql",
        user=user_id,
        entity=entity_id,
        hash=_hash(token),
        at=clock.now(),
        expires_at=clock.now() + timedelta(days=days),
        uses=uses,
    )
    return token


@dataclass(frozen=True, slots=True)
class SignIn:
    """Whom a link signs in, and where."""

    user_id: int
    entity_id: int


def spend_sign_in_link(token: str) -> SignIn:
    """Use a link once; refused when it is unknown, used up or too old (the answer does not say which)."""
    found = fetch_sql(HERE, "use_link.sql", SignIn, hash=_hash(token), at=clock.now())
    if not found:
        raise Refused("access.link_not_valid")
    return found[0]


def check_attempts(email: str, address: str) -> None:
    """Refuse further attempts after ten failures in a quarter of an hour (ASVS 6.3.1)."""
    failures = fetch_value(
        HERE, "recent_failures.sql", email=email, address=address, since=clock.now() - ATTEMPTS_WINDOW
    )
    if failures >= ATTEMPTS_ALLOWED:
        raise Refused("access.too_many_attempts", minutes=15)


def note_attempt(email: str, address: str, *, succeeded: bool) -> None:
    """Record a sign-in attempt."""
    run_sql(HERE, "note_attempt.sql", email=email, address=address, at=clock.now(), succeeded=succeeded)


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
