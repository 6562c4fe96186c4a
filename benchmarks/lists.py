"""Server time of the account page and of every list with a million open items: whole pages, signed in,
rendered.

python -m benchmarks.lists [--accounts 1000000] [--requests 40]
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Sequence
from typing import Any

from benchmarks.books_fill import run as execute
from benchmarks.books_fill import say, value
from benchmarks.books_home import in_own_home, seconds_of

LISTS = {
    "accounts": "/accounts",
    "accounts by number": "/accounts?sort=number",
    "accounts found": "/accounts?q=Customer+{digit}",
    "accounts past due": "/accounts?show=past_due",
    "agreements": "/agreements",
    "invoices": "/invoices",
    "invoices overdue": "/invoices?state=overdue",
    "charges": "/charges/drafts",
    "charge review": "/charges",
    "runs": "/runs",
    "receipts": "/payments/receipts",
    "unapplied": "/payments/unapplied",
    "match desk": "/match",
    "payments": "/payments",
    "open items": "/reports/open-items",
    "search": "/search?q=Customer+{digit}",
    "today": "/today",
}
ONE_ACCOUNT = {
    "account": "/accounts/{number}",
    "account items": "/accounts/{number}?tab=items",
    "account statement": "/accounts/{number}?tab=statement",
    "account why": "/accounts/{number}?tab=why",
}
WARM_UP = 3


def run(argv: Sequence[str] = ()) -> dict[str, Any]:
    """Measure and return the result as the JSON line's content."""
    return in_own_home(argv, measure, accounts=1_000_000, requests=40)


def measure(wanted: Any) -> dict[str, Any]:
    """Bill every account once, then ask for each page many times; the yardstick is counting the open items
    once."""
    from benchmarks.bill_run import bill
    from benchmarks.bill_run_fill import fill

    say(f"filling and billing {wanted.accounts:,} accounts")
    entity_id = fill(wanted.accounts)
    bill(entity_id, 2)
    for table in ("receivables_item", "receivables_number", "invoicing_invoice", "events_event", "ledger_daily"):
        execute(f"analyze {table}")
    client = signed_in(entity_id)
    chance = random.Random(7)
    timed = {name: p95(client, path, wanted, chance) for name, path in {**LISTS, **ONE_ACCOUNT}.items()}
    count_ms = 1000 * seconds_of(
        lambda: value("select count(*) from receivables_item where entity_id = %s and open_minor <> 0", entity_id),
        times=3,
    )
    missing = [name for name, taken in timed.items() if taken is None]
    known = {name: taken for name, taken in timed.items() if taken is not None}
    slowest = max(known, key=lambda name: known[name])
    return {
        "name": "lists",
        "value": known[slowest],
        "unit": "ms, p95 of the slowest page",
        "yardstick": "select count(*) of the open items, ms",
        "ratio": round(known[slowest] / count_ms, 2),
        "slowest": slowest,
        "open_items": value("select count(*) from receivables_item where open_minor <> 0"),
        "p95_ms": known,
        "not_there": missing,
        "count_ms": round(count_ms, 1),
        "requests_each": wanted.requests,
    }


def signed_in(entity_id: int) -> Any:
    """Return a client in which the owner of the office is signed in."""
    from django.test import Client

    from duly.access.actions import create_user, grant_role
    from duly.access.models import User
    from duly.desk.web.frame import ENTITY
    from duly.kernel.actor import system_actor

    user_id = create_user("bench@example.com", "Bench")
    grant_role(user_id, "owner", by=system_actor(entity_id))
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(pk=user_id), backend="duly.access.backend.DulyBackend")
    session = client.session
    session[ENTITY] = entity_id
    session.save()
    return client


def p95(client: Any, path: str, wanted: Any, chance: random.Random) -> float | None:
    """Ask for a page often, each time another account or digit; returns the 95th percentile in ms, None
    without one."""
    taken = []
    for turn in range(wanted.requests + WARM_UP):
        number = f"A-{chance.randint(1, wanted.accounts):07d}"
        asked = path.format(number=number, digit=chance.randint(1, 9))
        began = time.perf_counter()
        answer = client.get(asked)
        spent = 1000 * (time.perf_counter() - began)
        if answer.status_code == 404:
            return None
        if answer.status_code != 200:
            raise AssertionError(f"{asked} answers {answer.status_code}")
        if turn >= WARM_UP:
            taken.append(spent)
    worst = sorted(taken)[max(0, round(0.95 * len(taken)) - 1)]
    say(f"{worst:7.1f} ms  {path}")
    return round(worst, 1)


if __name__ == "__main__":
    print(json.dumps(run(sys.argv[1:])))
