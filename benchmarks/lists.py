"""Server time of the account page and of every list with a million open items: whole pages, signed in, rendered.
A month of bank lines stands beside them: some matched and posted, some proposed, some nobody knows.

python -m benchmarks.lists [--accounts 1000000] [--lines 60000] [--requests 40]
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.books_fill import rows, say, value
from benchmarks.books_fill import run as execute
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
    "one bank": "/payments/banks/1",
    "match desk, done": "/match?tab=done",
    "accounts mine": "/accounts?owner=me",
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
    return in_own_home(argv, measure, accounts=1_000_000, lines=60_000, requests=40)


def measure(wanted: Any) -> dict[str, Any]:
    """Bill every account once, then ask for each page many times; the yardstick is counting the open items
    once."""
    from benchmarks.bill_run import bill
    from benchmarks.bill_run_fill import fill

    say(f"filling and billing {wanted.accounts:,} accounts")
    entity_id = fill(wanted.accounts)
    bill(entity_id, 2)
    bring_money(entity_id, wanted.lines)
    # What autovacuum does within a minute of a run's end: two million drafts became lines.
    execute("vacuum analyze invoicing_charge")
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


def bring_money(entity_id: int, lines: int) -> None:
    """Import a month of bank lines: half pay an invoice exactly and are posted, then as many again wait."""
    from benchmarks.import_bank import IBAN, TODAY, write_lines
    from duly.banking.actions import NewBankAccount, import_statements, open_bank_accounts
    from duly.kernel.actor import system_actor
    from duly.matching.actions import accept_exact, propose

    by = system_actor(entity_id)
    open_bank_accounts([NewBankAccount("Operating", "EUR", "1100", iban=IBAN)], by=by)
    invoices = rows(
        "select n.number, i.total_minor from invoicing_invoice as i join receivables_number as n"
        " on n.entity_id = i.entity_id and n.document_kind = i.kind and n.document_id = i.id"
        " where i.entity_id = %s order by i.id limit %s",
        entity_id,
        lines,
    )
    half = len(invoices) // 2
    with tempfile.TemporaryDirectory() as folder:
        for name, paid in (("first", invoices[:half]), ("second", invoices[half:])):
            file = Path(folder) / f"{name}.xml"
            cited = [(number if place % 5 else "thank you", minor) for place, (number, minor) in enumerate(paid)]
            write_lines(file, cited)
            say(f"taking in {len(cited):,} bank lines")
            with file.open("rb") as stream:
                import_statements(stream, file.name, by=by)
            propose(by=by)
            while name == "first" and accept_exact(today=max(TODAY, date(2026, 3, 31)), by=by).lines:
                pass


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
