"""Two people put the same thing right at the same moment: it is done once, and the books stay true."""

from __future__ import annotations

import threading
from collections.abc import Callable

from django.db import connections, transaction

from duly.kernel.refusals import Refused
from duly.payments.actions import AsItShouldBe, correct, move
from duly.receivables.actions.transfers import Transfer, transfer
from duly.receivables.actions.writeoffs import WriteOff, write_off, write_off_small
from tests.payments.scenario_money import DAY, balance, owe, paid
from tests.scenario import Office, account


def at_once(*acts: Callable[[], object]) -> list[str]:
    """What each act answered: 'done', or the code of its refusal; sorted."""
    gate, answers = threading.Barrier(len(acts)), []

    def do(act: Callable[[], object]) -> None:
        try:
            gate.wait()
            act()
            answers.append("done")
        except Refused as refusal:
            answers.append(refusal.code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=do, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(answers)


def owed(office: Office, account_id: int, minor: int) -> int:
    with transaction.atomic():
        return owe(office, account_id, minor)


def test_a_debt_is_written_off_or_moved_but_not_both(own_database: dict[str, str], office: Office) -> None:
    ann, bob = account(office), account(office, name="Bob")
    item = owed(office, ann, 100_00)

    answers = at_once(
        lambda: write_off([WriteOff(item, 100_00)], reason="insolvent", today=DAY, by=office.system),
        lambda: transfer([Transfer(item, bob, 100_00)], reason="wrong company", today=DAY, by=office.system),
        lambda: write_off([WriteOff(item, 100_00)], reason="insolvent", today=DAY, by=office.system),
    )

    assert answers == ["done", "receivables.item_has_less_open", "receivables.item_has_less_open"]
    assert balance(office, "6950") + balance(office, "1200") == 100_00


def test_a_payment_is_corrected_or_moved_but_not_both(own_database: dict[str, str], office: Office) -> None:
    ann, bob = account(office), account(office, name="Bob")
    receipt_id = paid(office, ann, 100_00)
    right = AsItShouldBe(ann, 90_00, DAY, "cheque")

    answers = at_once(
        lambda: correct(receipt_id, right, reason="misread", today=DAY, by=office.system),
        lambda: move(receipt_id, bob, reason="it was Bob's", today=DAY, by=office.system),
        lambda: correct(receipt_id, right, reason="misread", today=DAY, by=office.system),
    )

    assert answers.count("done") == 1
    assert balance(office, "1050") == -balance(office, "2150")


def test_two_runs_over_small_balances_write_each_off_once(own_database: dict[str, str], office: Office) -> None:
    for place in range(20):
        owed(office, account(office, name=f"Customer {place}"), 50)
    later = DAY.replace(month=6)

    answers = at_once(*[lambda: write_off_small(currency="EUR", today=later, by=office.system)] * 2)

    assert "done" in answers
    assert (balance(office, "6900"), balance(office, "1200")) == (20 * 50, 0)
