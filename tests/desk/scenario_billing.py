"""What the billing screens are tried on: bank lines, a planned run with questions, and a person pressing buttons."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from html import unescape
from typing import Any

from django.test import Client

from duly.banking.actions import import_statements
from duly.invoicing.actions import NewCharge, add_charges, plan_run
from duly.invoicing.jobs import work_run
from duly.matching.actions import propose
from duly.receivables.queries import OpenItem, items_of_account
from tests.banking.scenario_bank import ANN_IBAN, BOB_IBAN, Booked, bank, camt, statement
from tests.desk.scenario_desk import Busy

NORTHWIND, HARBOR, REDWOOD = "Northwind Trading Co.", "Blue Harbor Logistics", "Redwood Analytics"


def page(client: Client, path: str, status: int = 200) -> str:
    """Open a page."""
    answer = client.get(path)
    assert answer.status_code == status, (answer.status_code, answer.content.decode()[:600])
    return unescape(answer.content.decode())


def follow(client: Client, path: str, data: dict[str, Any] | None = None) -> str:
    """Send a form and return the page it leads to, with its message."""
    answer = client.post(path, data or {})
    assert answer.status_code == 303, (answer.status_code, answer.content.decode()[:900])
    return page(client, answer.headers["Location"])


def refused(client: Client, path: str, data: dict[str, Any] | None = None) -> str:
    """Send a form that is not accepted and return the page that says why."""
    answer = client.post(path, data or {})
    assert answer.status_code in (403, 404, 409, 422), answer.status_code
    return unescape(answer.content.decode())


def undo(client: Client, shown: str) -> str:
    """Press the Undo of the message."""
    toast = shown.partition("data-toast=")[2]
    action, back = re.findall(r'action="(/undo/\d+)".*?name="next" value="([^"]+)"', toast)[0]
    return follow(client, action, {"next": back})


def message(shown: str) -> str:
    """The message of a page, in words."""
    toast = shown.partition("data-toast=")[2].partition("</div>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", toast.partition(">")[2]).split())


@dataclass(frozen=True)
class MonthEnd:
    """A busy office at the end of its month: a bank account, lines to match, a run with questions."""

    busy: Busy
    bank_id: int
    run_id: int

    @property
    def entity_id(self) -> int:
        return self.busy.office.entity_id

    def owed(self, name: str) -> list[OpenItem]:
        """What an account owes, oldest first."""
        items = items_of_account(self.entity_id, self.busy.accounts[name])
        return sorted((item for item in items if item.open_minor > 0), key=lambda item: item.due_on)


def month_end(made: Busy) -> MonthEnd:
    """Bring the bank's lines in and plan the next run, in which two things are unusual."""
    office, today = made.office, made.today
    bank_id = bank(office)
    here = MonthEnd(made, bank_id, 0)
    first, second = here.owed(HARBOR)[0], here.owed(REDWOOD)[0]
    booked = [
        Booked(first.open_minor, f"Invoice {first.number}", payer=HARBOR, iban=ANN_IBAN, reference="B1"),
        Booked(second.open_minor - 500, f"{second.number} less fee", payer=REDWOOD, iban=BOB_IBAN, reference="B2"),
        Booked(275_000, "WIRE IN 88213 REF THANK YOU", reference="B3"),
        Booked(-1_250, "Account fee", reference="B4"),
    ]
    lines = [Booked(**{**vars_of(line), "on": today - timedelta(2)}) for line in booked]
    import_statements(camt(statement(1_000_000, lines)), "november.xml", by=office.specialist)
    propose(by=office.specialist)
    northwind = made.accounts[NORTHWIND]
    twice = {"bill_on": today, "item_code": "SUPPORT", "description": "Training day", "unit_price": Decimal(400)}
    for _ in range(2):
        add_charges([NewCharge(account_id=northwind, **twice)], by=office.specialist)
    through = next_month(today)
    run_id = plan_run(through, today, today=today, by=office.specialist)
    work_run(run_id, by=office.system, workers=1)
    return MonthEnd(made, bank_id, run_id)


def vars_of(line: Booked) -> dict[str, Any]:
    return {name: getattr(line, name) for name in Booked.__dataclass_fields__}


def next_month(day: date) -> date:
    """The first day of the next month: what agreements bill then is due."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)
