"""How a session finds its person. Django's own backend needs its permission tables; ours are rights as data."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import check_password, make_password
from django.http import HttpRequest

from duly.access.models import User


class DulyBackend(BaseBackend):
    """Sign in by address and password."""

    def authenticate(self, request: HttpRequest | None, email: str = "", password: str = "", **_: Any) -> User | None:
        """Return the person, or None; an unknown address costs the same time as a wrong password."""
        found = User.objects.filter(email__iexact=email, is_active=True).first()
        if found is None:
            make_password(password)
            return None
        return found if check_password(password, found.password) else None

    def get_user(self, user_id: int) -> User | None:
        """Return the person of a session, unless switched off since."""
        return User.objects.filter(pk=user_id, is_active=True).first()
