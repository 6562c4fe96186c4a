"""Several clerks at the same lines and invoices: one wins, the others are refused, nothing is applied twice."""

from __future__ import annotations

import random
import threading
from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from duly.kernel.refusals import Refused
from duly.matching.actions import accept, apply_line, match, propose, unapply
from duly.matching.queries import line_detail
from tests.banking.scenario_bank import Booked, arrives, bank, camt, lines_in, statement
from tests.payments.scenario_money import balance, number_of, one, open_minor, owe, rows
from tests.scenario import Office, account

TODAY = date(2026, 3, 9)
Outcome = Counter[str]


def at_once(acts: list[Callable[[], Any]]) -> Outcome:
    """Run the acts in threads that start together; returns 'done' or the code of each refusal, counted."""
    outcome: Outcome = Counter()
    gate = threading.Barrier(len(acts))

    def work(act: Callable[[], Any]) -> None:
        from django.db import connection

        try:
            gate.wait()
            act()
            outcome["done"] += 1
        except Refused as refusal:
            outcome[refusal.code] += 1
        except Exception as error:  # noqa: BLE001  a thread must tell the test what went wrong
            outcome[f"{type(error).__name__}: {error}"] += 1
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return outcome


@pytest.fixture
def desk_with_one_invoice(own_database: dict[str, str], office: Office) -> tuple[Office, int, int, list[int]]:
    """An invoice of 100.00 and two lines of 100.00 that cite it."""
    bank(office)
    ann = account(office)
    item = committed(lambda: owe(office, ann, 100_00))
    cited = number_of(office, item)
    found = lines_in(office, [Booked(100_00, f"{cited} a"), Booked(100_00, f"{cited} b")])
    return office, ann, item, [line.id for line in found]


def committed(act: Callable[[], int]) -> int:
    from django.db import transaction

    with transaction.atomic():
        return act()


def test_two_clerks_who_apply_two_lines_to_one_invoice_settle_it_once(
    desk_with_one_invoice: tuple[Office, int, int, list[int]],
) -> None:
    office, ann, item, lines = desk_with_one_invoice

    outcome = at_once(
        [
            lambda line=line: apply_line(  # type: ignore[misc]
                line, ann, [(item, 100_00)], line_version=1, today=TODAY, by=office.specialist
            )
            for line in lines
        ]
    )

    assert outcome["done"] == 1, outcome
    assert outcome["matching.proposal_stale"] == 1, outcome
    assert (open_minor(office, item), balance(office, "1100")) == (0, 100_00)


def test_two_clerks_who_accept_the_same_proposal_apply_it_once(
    desk_with_one_invoice: tuple[Office, int, int, list[int]],
) -> None:
    office, _, item, lines = desk_with_one_invoice
    propose(by=office.specialist)
    detail = line_detail(office.entity_id, lines[0]).proposal
    assert detail is not None

    def say_yes() -> None:
        accept(detail.proposal.id, today=TODAY, by=office.specialist)

    outcome = at_once([say_yes, say_yes, say_yes])

    assert outcome == {"done": 1, "matching.proposal_is_not_open": 2}
    assert open_minor(office, item) == 0


def test_the_same_file_from_two_clerks_at_once_is_one_import(own_database: dict[str, str], office: Office) -> None:
    bank(office)
    data = camt(statement(0, [Booked(5_00, f"line {place}") for place in range(200)]))

    outcome = at_once([lambda: arrives(office, data), lambda: arrives(office, data, "again.xml")])

    assert outcome == {"done": 2}
    assert one("select count(*) from banking_line where entity_id = %s", office.entity_id) == 200


def test_eight_clerks_and_the_matcher_at_once_end_without_deadlock_and_with_true_books(
    own_database: dict[str, str], office: Office
) -> None:
    bank(office)
    owners = [account(office, name=f"C{place}") for place in range(4)]
    items = [committed(lambda place=place: owe(office, owners[place % 4], 10_00)) for place in range(12)]  # type: ignore[misc]
    booked = [Booked(10_00, f"{number_of(office, items[place % 12])} {place}") for place in range(30)]
    lines = [line.id for line in lines_in(office, booked)]
    refused: Outcome = Counter()

    def clerk(seed: int) -> Callable[[], None]:
        chance = random.Random(seed)

        def work() -> None:
            for _ in range(12):
                place = chance.randrange(30)
                try:
                    if chance.random() < 0.35:
                        unapply([lines[place]], today=TODAY, by=office.coordinator)
                    else:
                        version = one(
                            "select version from banking_line where entity_id = %s and id = %s",
                            office.entity_id,
                            lines[place],
                        )
                        apply_line(
                            lines[place],
                            owners[place % 12 % 4],
                            [(items[place % 12], chance.choice([10_00, 4_00]))],
                            line_version=version,
                            today=TODAY,
                            by=office.coordinator,
                        )
                except Refused as refusal:
                    refused[refusal.code] += 1

        return work

    def matcher() -> None:
        for _ in range(4):
            match(today=TODAY, by=office.specialist)

    outcome = at_once([*(clerk(seed) for seed in range(8)), matcher])

    assert outcome == {"done": 9}, (outcome, refused)
    assert (
        rows(
            "select 1 from receivables_item where entity_id = %s and open_minor not between -1000 and 1000",
            office.entity_id,
        )
        == []
    )
