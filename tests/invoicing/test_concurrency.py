"""Many at once: three runs over the same accounts, clerks at work during a run; nothing twice, no gap, no deadlock."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date

from django.db import connection

from duly.invoicing.actions import NewCharge, add_charges, edit_charge, issue_invoices, plan_run
from duly.invoicing.actions.credit import credit_invoice
from duly.invoicing.actions.runs import approve_run
from duly.invoicing.jobs import work_run
from duly.invoicing.queries.runs import run
from duly.invoicing.rules import CHUNK_ACCOUNTS
from duly.kernel.refusals import NotFound, Refused
from tests.invoicing.scenario_invoicing import JAN31, rows, value
from tests.invoicing.scenario_many import many_accounts
from tests.scenario import Office


def at_once(*tasks: Callable[[], None]) -> list[BaseException]:
    """Run the tasks in threads of their own; returns what they raised."""
    failures: list[BaseException] = []

    def guarded(task: Callable[[], None]) -> None:
        try:
            task()
        except BaseException as error:  # noqa: BLE001  shown by the test
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=guarded, args=(task,)) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failures


def test_three_runs_at_once_bill_every_account_exactly_once(own_database: dict[str, str], office: Office) -> None:
    accounts = many_accounts(office, 300, charges=2)
    runs = [plan_run(JAN31, JAN31, today=JAN31, by=office.coordinator) for _ in range(3)]

    def whole(run_id: int) -> None:
        work_run(run_id, by=office.coordinator, workers=1)
        approve_run(run_id, by=office.system)
        work_run(run_id, by=office.coordinator, workers=2)

    failures = at_once(*(lambda run_id=run_id: whole(run_id) for run_id in runs))  # type: ignore[misc]

    assert failures == []
    assert value("select count(*) from invoicing_invoice") == len(accounts)
    assert value("select count(distinct account_id) from invoicing_invoice") == len(accounts)
    done = [run(office.entity_id, run_id) for run_id in runs]
    assert [one.certificate["adds_up"] for one in done] == [True] * 3
    assert sum(one.billed_accounts for one in done) == len(accounts)


def test_two_workers_share_the_chunks_of_a_run(own_database: dict[str, str], office: Office) -> None:
    many_accounts(office, 2 * CHUNK_ACCOUNTS + 10, charges=1)
    run_id = plan_run(JAN31, JAN31, today=JAN31, by=office.coordinator)
    told: list[tuple[str, int, int]] = []

    work_run(run_id, by=office.coordinator, workers=2, progress=lambda *step: told.append(step))
    approve_run(run_id, by=office.system)
    certificate = work_run(run_id, by=office.coordinator, workers=2, progress=lambda *step: told.append(step))

    assert certificate is not None
    assert (certificate.adds_up, certificate.documents) == (True, 2 * CHUNK_ACCOUNTS + 10)
    assert told == [("plan", n, 3) for n in (1, 2, 3)] + [("issue", n, 3) for n in (1, 2, 3)]


def test_eight_clerks_work_during_a_run_without_a_deadlock(own_database: dict[str, str], office: Office) -> None:
    accounts = many_accounts(office, 4_000, charges=1)
    run_id = plan_run(JAN31, JAN31, today=JAN31, by=office.coordinator)
    work_run(run_id, by=office.coordinator, workers=2)
    approve_run(run_id, by=office.system)

    def clerk(number: int) -> None:
        for turn in range(8):
            ann = accounts[(number * 97 + turn * 13) % len(accounts)]
            entered = NewCharge(
                account_id=ann,
                bill_on=date(2026, 1, 20),
                item_code="SUPPORT",
                net_minor=100 + turn,
                description=f"Call {number}.{turn}",
            )
            [charge_id] = add_charges([entered], by=office.specialist)
            try:
                edit_charge(charge_id, net_minor=200 + turn, by=office.specialist)
                issued = issue_invoices([ann], through_on=JAN31, issued_on=JAN31, today=JAN31, by=office.coordinator)
                if issued.document_ids:
                    credit_invoice(
                        issued.document_ids[0],
                        amount_minor=50,
                        reason="sorry",
                        today=JAN31,
                        by=office.coordinator,
                    )
            except (NotFound, Refused):
                continue  # the run was faster: the draft is billed, or the account has nothing left to bill

    def run_it() -> None:
        work_run(run_id, by=office.coordinator, workers=2)

    failures = at_once(run_it, *(lambda n=n: clerk(n) for n in range(8)))  # type: ignore[misc]

    assert failures == []
    assert run(office.entity_id, run_id).certificate["adds_up"]
    twice = rows("select charge_key from invoicing_line group by charge_key, version having count(*) > 1")
    assert twice == []


def test_two_clerks_crediting_one_invoice_never_credit_more_than_it_bears(
    own_database: dict[str, str], office: Office
) -> None:
    [ann] = many_accounts(office, 1, charges=1)
    [invoice] = issue_invoices(
        [ann], through_on=JAN31, issued_on=JAN31, today=JAN31, by=office.coordinator
    ).document_ids
    total = int(value("select total_minor from invoicing_invoice where id = %s", invoice))

    def clerk() -> None:
        for _ in range(4):
            credit_invoice(invoice, amount_minor=total // 4, reason="sorry", today=JAN31, by=office.coordinator)

    failures = at_once(clerk, clerk)

    assert {type(failure) for failure in failures} == {Refused}
    credited = value("select -sum(total_minor) from invoicing_invoice where kind = 'credit_note'")
    assert total - 4 < credited <= total
