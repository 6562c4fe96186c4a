"""Whether a person may open an address: what pages ask before they show a link, a button or a form that leads there."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve

from duly.kernel.actor import Actor

OPEN_TO_ALL = ("anyone", "signed in")


def may_open(actor: Actor | None, url: str, method: str = "GET") -> bool:
    """Return whether this person holds the right the address asks for; addresses without a rule are nobody's secret."""
    # Numbers and ids lead to the same page: one look for all rows of a list.
    right = _right_of(re.sub(r"\d+", "1", urlsplit(url).path), method)
    return right == "" or (actor is not None and actor.may(right))


@lru_cache(maxsize=4096)
def _right_of(path: str, method: str) -> str:
    try:
        rules = getattr(resolve(path).func, "page_rules", ())
    except Resolver404:
        return ""
    rights = [rule.right for rule in rules if method in rule.methods]
    return "" if not rights or rights[0] in OPEN_TO_ALL else str(rights[0])
