"""A busy office for the screens: customers, agreements, invoices, money, holds, made by the real actions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.test import Client

from duly.access.models import User
from duly.commercial.actions import agree
from duly.commercial.models import NewAgreement, NewTerm
from duly.desk.web.frame import ENTITY
from duly.invoicing.actions import NewCharge, add_charges, issue_invoices
from duly.kernel.actor import Actor
from duly.kernel.clock import today_in
from duly.payments.actions import ReceiptRow, record_receipts
from duly.receivables.actions.accounts import NewHold, hold_accounts
from tests.scenario import Office, account

NAMES = (
    "Northwind Trading Co.",
    "Blue Harbor Logistics",
    "Calder & Voss LLP",
    "Łódź Médical",
    "Stonegate Dental Group",
    "Redwood Analytics",
    "Alpina Bäckerei GmbH",
)


def client_of(actor: Actor) -> Client:
    """A browser without scripts in which this person is signed in."""
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id), backend="duly.access.backend.DulyBackend")
    session = client.session
    session[ENTITY] = actor.entity_id
    session.save()
    return client


@dataclass(frozen=True)
class Busy:
    """What the busy office holds: account ids by name, and the office's day."""

    office: Office
    accounts: dict[str, int]
    today: date

    def number(self, name: str) -> str:
        """The number of the account of that name."""
        from duly.receivables.queries import account as account_of

        return account_of(self.office.entity_id, self.accounts[name]).number


def busy(office: Office) -> Busy:
    """Fill the office: seven customers, three months billed, money in, one hold."""
    today = today_in("Europe/Berlin")
    first = (today.replace(day=1) - timedelta(days=85)).replace(day=1)
    accounts = {name: account(office, name=name, email=f"ap{i}@example.com") for i, name in enumerate(NAMES)}
    agree(
        [
            NewAgreement(
                account_id=account_id,
                starts_on=first,
                name="Workspace",
                terms=(
                    NewTerm(item="SEAT", model="per_unit", quantity=Decimal(10 + 5 * i), unit_price=Decimal("12.00")),
                    NewTerm(item="SUPPORT", model="flat", unit_price=Decimal("150.00")),
                ),
            )
            for i, account_id in enumerate(accounts.values())
        ],
        by=office.specialist,
    )
    bill_months(office, list(accounts.values()), first, today)
    pay(office, accounts, today)
    hold_accounts(
        [
            NewHold(
                accounts["Calder & Voss LLP"],
                "dunning",
                "They say the October price is wrong",
                today + timedelta(days=2),
                owner_id=office.specialist.user_id,
            )
        ],
        by=office.specialist,
    )
    return Busy(office, accounts, today)


def bill_months(office: Office, account_ids: list[int], first: date, today: date) -> None:
    """Bill each month on its first day, as the office would have done."""
    day = first
    while day <= today:
        issue_invoices(account_ids, through_on=day, issued_on=day, today=day, by=office.coordinator)
        day = (day + timedelta(days=32)).replace(day=1)
    add_charges(
        [
            NewCharge(
                account_id=account_ids[0], bill_on=today, item_code="SUPPORT", net_minor=12_500, description="Training"
            )
        ],
        by=office.specialist,
    )


def pay(office: Office, accounts: dict[str, int], today: date) -> None:
    """Three customers paid something; nothing of it is applied yet."""
    rows = [
        ReceiptRow(accounts[name], "EUR", minor, today - timedelta(days=days), method="cheque", payer_name=name)
        for name, minor, days in (
            ("Northwind Trading Co.", 482_000, 9),
            ("Blue Harbor Logistics", 39_270, 5),
            ("Stonegate Dental Group", 10_000, 40),
        )
    ]
    record_receipts(rows, by=office.specialist)
