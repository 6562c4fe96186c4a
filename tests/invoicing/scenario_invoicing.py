"""Verbs of billing for tests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from duly.invoicing.actions import NewCharge, add_charges, issue_invoices, plan_run
from duly.invoicing.actions.runs import approve_run
from duly.invoicing.jobs import work_run
from duly.invoicing.models import Issued
from tests.scenario import Office

JAN31 = date(2026, 1, 31)
FEB28 = date(2026, 2, 28)


def charge(office: Office, account_id: int, net_minor: int, **more: Any) -> int:
    """Enter one charge of so many minor units, due Jan 15, 2026 unless said otherwise; returns its id."""
    wanted = {"bill_on": date(2026, 1, 15), "item_code": "SUPPORT", **more}
    if wanted["item_code"] == "":
        wanted.setdefault("description", "Work")
    [charge_id] = add_charges([NewCharge(account_id=account_id, net_minor=net_minor, **wanted)], by=office.specialist)
    return charge_id


def issue(office: Office, *account_ids: int, on: date = JAN31) -> Issued:
    """Bill what is due on these accounts through a day, dated that day."""
    return issue_invoices(list(account_ids), through_on=on, issued_on=on, today=on, by=office.coordinator)


def full_run(office: Office, *, on: date = JAN31, approve: bool = True) -> int:
    """Plan a run of all accounts and, unless told not to, approve and issue it; in this connection."""
    run_id = plan_run(on, on, today=on, by=office.coordinator)
    work_run(run_id, by=office.coordinator, workers=1)
    if approve:
        approve_run(run_id, by=office.system)
        certificate = work_run(run_id, by=office.coordinator, workers=1)
        assert certificate is not None
        assert certificate.adds_up, certificate
    return run_id


def rows(statement: str, *params: Any) -> list[tuple[Any, ...]]:
    """Read rows, for assertions."""
    with connection.cursor() as cursor:
        cursor.execute(statement, list(params))
        return list(cursor.fetchall())


def value(statement: str, *params: Any) -> Any:
    """Read one value, for assertions."""
    [[found]] = rows(statement, *params)
    return found


@dataclass(frozen=True)
class Paper:
    """A document as a person would check it."""

    number: str
    kind: str
    net_minor: int
    tax_minor: int
    total_minor: int
    open_minor: int | None


def papers(office: Office, account_id: int) -> list[Paper]:
    """The account's documents in order of issue."""
    found = rows(
        "select n.number, v.kind, v.net_minor, v.tax_minor, v.total_minor, i.open_minor"
        " from invoicing_invoice v"
        " join receivables_number n on n.entity_id = v.entity_id and n.document_kind = v.kind"
        " and n.document_id = v.id"
        " left join receivables_item i on i.entity_id = v.entity_id and i.kind = v.kind"
        " and i.document_id = v.id"
        " where v.entity_id = %s and v.account_id = %s order by v.id",
        office.entity_id,
        account_id,
    )
    return [Paper(*row) for row in found]


def ledger_minor(office: Office, code: str) -> int:
    """The balance of a ledger account by its code, debit positive."""
    return int(
        value(
            "select coalesce(sum(p.amount_minor), 0) from ledger_posting p join ledger_account a"
            " on a.entity_id = p.entity_id and a.id = p.gl_account_id where p.entity_id = %s and a.code = %s",
            office.entity_id,
            code,
        )
    )
