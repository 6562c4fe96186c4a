"""The same money asked for, or the same refund paid, by two people at the same moment: it goes back once."""

from __future__ import annotations

import threading

from django.db import connections

from duly.banking.actions.refunds import release_refunds
from duly.kernel.refusals import Refused
from duly.payments.actions.refunds import approve_refund
from duly.payments.queries.refunds import refund_files, refunds
from tests.payments.scenario_money import balance
from tests.payments.scenario_refunds import DAY, bank, paid_by_bank, requested
from tests.scenario import Office, account


def test_the_same_money_asked_for_twice_at_once_goes_back_once(own_database: dict[str, str], office: Office) -> None:
    ann = account(office)
    bank(office)
    detail = paid_by_bank(office, ann, 100_00)
    gate, answers = threading.Barrier(2), []

    def ask() -> None:
        try:
            gate.wait()
            answers.append(requested(office, ann, 100_00, detail))
        except Refused as refusal:
            answers.append(refusal.code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(map(str, answers))[1] == "refunds.less_money_is_free"
    assert len(refunds(office.entity_id)) == 1


def test_the_same_refund_paid_twice_at_once_is_in_one_file(own_database: dict[str, str], office: Office) -> None:
    ann, ours = account(office), bank(office)
    refund_id = requested(office, ann, 100_00, paid_by_bank(office, ann, 100_00))
    approve_refund(refund_id, today=DAY, by=office.coordinator)
    gate, answers = threading.Barrier(2), []

    def pay() -> None:
        try:
            gate.wait()
            answers.append(str(release_refunds([refund_id], bank_account_id=ours, today=DAY, by=office.accountant) > 0))
        except Refused as refusal:
            answers.append(refusal.code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=pay) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) == ["True", "refund.cannot_become_released"]
    assert (len(refund_files(office.entity_id)), balance(office, "2170")) == (1, -100_00)
