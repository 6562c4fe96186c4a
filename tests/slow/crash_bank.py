"""What the crash test of money in runs in processes of their own: an office, its bank files, a clerk, the proof.

python -m tests.slow.crash_bank prepare|work|verify HOME [ACKS]
"""

from __future__ import annotations

import json
import os
import sys
from datetime import date, timedelta
from pathlib import Path

from duly.site.boot import boot

FILES, LINES = 12, 150
TODAY = date(2026, 3, 31)


def prepare() -> None:
    """Open an office with an open item for every line to come, and our bank account."""
    from benchmarks.import_bank import IBAN, fill
    from duly.banking.actions import NewBankAccount, open_bank_accounts
    from duly.kernel.actor import system_actor

    by = system_actor(fill(FILES * LINES))
    open_bank_accounts([NewBankAccount("Operating", "EUR", "1100", iban=IBAN)], by=by)


def bank_file(number: int) -> bytes:
    """The bank's file of one day: each line cites one item with its exact amount; every tenth line cites nothing."""
    from benchmarks.import_bank import amount_of
    from tests.banking.scenario_bank import Booked, camt, statement

    def amount(line: int) -> int:
        return amount_of(line, FILES * LINES)

    opening_minor = 500_00 + sum(amount(line) for line in range(number * LINES))
    day = date(2026, 3, 1) + timedelta(number)
    booked = [
        Booked(amount(line), f"OPEN-2026-{line + 1:06}" if line % 10 else "thanks", day, reference=f"R{line}")
        for line in range(number * LINES, (number + 1) * LINES)
    ]
    return camt(statement(opening_minor, booked, sequence=number + 1))


def work(acks: Path) -> None:
    """Take every file in and match, over and over, noting what was committed in a file of this process."""
    from duly.access.queries import entities
    from duly.banking.actions import import_statements
    from duly.kernel.actor import system_actor
    from duly.matching.actions import accept_exact, propose

    [entity] = entities()
    by = system_actor(entity.id)
    with (acks / f"{os.getpid()}").open("a") as file:
        for number in range(FILES):
            import_statements(bank_file(number), f"{number}.xml", by=by)
            print(f"file {number}", file=file, flush=True)
            propose(by=by)
            print(f"applied {accept_exact(today=TODAY, by=by).lines}", file=file, flush=True)


def verify() -> None:
    """Print every broken invariant and what does not reconcile."""
    from duly.access.queries import entities
    from duly.banking.queries import reconcile
    from duly.site.verify import verify as prove

    ids = [entity.id for entity in entities()]
    problems = [str(problem) for problem in prove(ids).problems]
    for entity_id in ids:
        answer = reconcile(entity_id, TODAY)
        problems += [str(bank.figures) for bank in answer.banks if bank.figures.unexplained_minor]
    print(json.dumps(problems))


def main(command: str, home: str, *words: str) -> None:
    """Run one command on the office of a home."""
    office = boot(home)
    try:
        if command == "prepare":
            prepare()
        elif command == "work":
            work(Path(words[0]))
        else:
            verify()
    finally:
        office.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
