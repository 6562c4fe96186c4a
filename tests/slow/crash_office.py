"""What the crash test runs in processes of their own: prepare an office, work on its runs, prove its books.

python -m tests.slow.crash_office prepare|work|verify HOME
"""

from __future__ import annotations

import json
import os
import sys
from datetime import date
from pathlib import Path

from duly.site.boot import boot

DAY = date(2026, 1, 31)
SMALL_CHUNKS = 50


def prepare(accounts: int) -> None:
    """Open an office with so many accounts and plan nothing yet."""
    from django.core.management import call_command

    from tests.invoicing.scenario_many import many_accounts
    from tests.scenario import open_office

    call_command("migrate", verbosity=0)
    many_accounts(open_office(), accounts, charges=2)


def charge_again(turn: int) -> None:
    """Give every account two more charges, for another round."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "insert into invoicing_charge (entity_id, account_id, currency, charge_key, source_kind, description,"
            " bill_on, tax_point_on, net_minor, tax_code_id, revenue_account_id)"
            " select a.entity_id, a.id, 'EUR', 'round' || %s || ':' || a.id || ':' || n, 'import',"
            " 'Round ' || %s || '.' || n, %s, %s, 1000 + a.id %% 777 + n, k.id, g.id"
            " from receivables_account a cross join generate_series(1, 2) n"
            " join catalog_tax_code k on k.entity_id = a.entity_id and k.code = 'DE-S'"
            " join ledger_account g on g.entity_id = a.entity_id and g.code = '4000'",
            [turn, turn, DAY, DAY],
        )


def plan() -> int:
    """Set up a run in small chunks; returns its id."""
    from duly.access.queries import entities
    from duly.invoicing.actions import plan as planning
    from duly.kernel.actor import system_actor

    planning.CHUNK_ACCOUNTS = SMALL_CHUNKS
    [entity] = entities()
    return planning.plan_run(DAY, DAY, today=DAY, by=system_actor(entity.id))


def work(acks: Path) -> None:
    """Plan, approve and issue whatever run waits, noting each committed chunk in a file of this process."""
    from duly.access.queries import entities
    from duly.invoicing.actions.runs import approve_run
    from duly.invoicing.jobs import work_open_runs
    from duly.invoicing.queries.runs import runs
    from duly.kernel.actor import system_actor
    from duly.kernel.refusals import Refused

    [entity] = entities()
    with (acks / f"{os.getpid()}").open("a") as file:

        def note(phase: str, done: int, chunks: int) -> None:
            print(phase, file=file, flush=True)

        while True:
            work_open_runs(entity.id, workers=1, progress=note)
            newest = runs(entity.id, limit=1)[0]
            if newest.state == "issued":
                return
            if newest.state == "planned":
                try:
                    approve_run(newest.id, by=system_actor(entity.id))
                except Refused:
                    continue  # the worker beside was first


def verify() -> None:
    """Print every broken invariant."""
    from duly.access.queries import entities
    from duly.site.verify import verify as prove

    verdict = prove([entity.id for entity in entities()])
    print(json.dumps([str(problem) for problem in verdict.problems]))


def main(command: str, home: str, *words: str) -> None:
    """Run one command on the office of a home."""
    office = boot(home)
    try:
        if command == "prepare":
            prepare(int(words[0]))
        elif command == "plan":
            if int(words[0]) > 0:
                charge_again(int(words[0]))
            print(plan())
        elif command == "work":
            work(Path(words[0]))
        else:
            verify()
    finally:
        office.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
