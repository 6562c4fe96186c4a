"""Differences for tests: an invoice, a payment that does not fit it, and the cases that come of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from duly.matching.actions import Decision, Part, accept, apply_line, resolve, sweep
from duly.matching.actions.allowances import NewAllowance, allow
from duly.matching.actions.resolve import decision_of
from duly.matching.models import Case, CaseCause
from duly.matching.queries import desk
from duly.matching.queries.cases import Sought, cases, causes_of
from duly.matching.rules.resolutions import RESOLUTIONS
from duly.receivables.queries import items_of_account
from tests.banking.scenario_bank import Booked, lines_in
from tests.invoicing.scenario_invoicing import charge, issue
from tests.payments.scenario_money import one, rows
from tests.scenario import Office, account

TODAY = date(2026, 3, 9)
BILLED_ON = date(2026, 2, 1)


@dataclass(frozen=True)
class Billed:
    """An invoice of a customer: 100.00 net, 119.00 with tax, unless said otherwise."""

    office: Office
    account_id: int
    item_id: int
    invoice_id: int
    number: str
    total_minor: int


def billed(office: Office, *, net_minor: int = 100_00, name: str = "Ann", account_id: int | None = None) -> Billed:
    """Bill a customer; returns the invoice."""
    owner = account_id or account(office, name=name)
    charge(office, owner, net_minor)
    issue(office, owner, on=BILLED_ON)
    item = max(items_of_account(office.entity_id, owner), key=lambda each: each.id)
    return Billed(office, owner, item.id, item.document_id, item.number, item.amount_minor)


def pays(
    bill: Billed,
    minor: int,
    *,
    text: str = "",
    on: date = date(2026, 3, 2),
    opening: int = 0,
    no: int = 1,
    kept_minor: int = 0,
) -> int:
    """The customer's money comes by bank and is applied to the invoice as far as it goes; returns the line's id."""
    office = bill.office
    booked = Booked(minor, text or bill.number, on=on, payer="Ann", reference=f"R{no}")
    line = lines_in(office, [booked], opening_minor=opening, sequence=no)[-1]
    # What the bank says it kept, as camt.053 carries it in Chrgs.
    rows(
        "update banking_line set charges_minor = %s where entity_id = %s and id = %s",
        kept_minor,
        office.entity_id,
        line.id,
    )
    pairs = [(bill.item_id, min(minor, bill.total_minor))]
    apply_line(line.id, bill.account_id, pairs, line_version=line.version, today=TODAY, by=office.specialist)
    return line.id


def open_cases(office: Office) -> list[Case]:
    """All open cases."""
    return cases(office.entity_id, Sought())


def swept(office: Office) -> list[Case]:
    """Sweep the whole office; returns what is open then."""
    sweep(today=TODAY, by=office.system)
    return open_cases(office)


def first_cause(office: Office, case: Case) -> CaseCause:
    """The best explanation of a case."""
    return causes_of(office.entity_id, case.id)[0]


def pick(office: Office, case: Case, *, rank: int = 1, by: Any = None) -> str:
    """Pick an explanation."""
    cause = causes_of(office.entity_id, case.id)[rank - 1]
    return resolve(case.id, decision_of(cause), version=case.version, today=TODAY, by=by or office.coordinator)


def decide(
    office: Office, case: Case, resolution: str, *, cause: str = "unknown", by: Any = None, **arguments: Any
) -> str:
    """Settle a case by hand."""
    assert resolution in RESOLUTIONS
    decision = Decision((Part(cause, resolution, case.amount_minor, arguments),), note="as agreed by phone")
    return resolve(case.id, decision, version=case.version, today=TODAY, by=by or office.coordinator)


def accept_short(office: Office, today: date, name: str) -> None:
    """Accept the proposal for the line of this payer that does not pay its document whole."""
    rows_of = desk(office.entity_id, "decide", query=name)
    [row] = [each for each in rows_of if each.proposal_id is not None]
    assert row.proposal_id is not None
    accept(row.proposal_id, today=today, by=office.specialist)


def may_take_off(office: Office, kind: str, rate: str, *, days: int = 0, account_id: int | None = None) -> int:
    """The account (or each) may take this off from January on."""
    wanted = NewAllowance(kind, date(2026, 1, 1), account_id, rate=Decimal(rate), days=days)
    return allow(wanted, by=office.system)


def last_event(office: Office) -> int:
    """The last act of the office."""
    return int(one("select max(id) from events_event where entity_id = %s", office.entity_id))
