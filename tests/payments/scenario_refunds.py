"""Money that is to go back, and the steps of its way."""

from __future__ import annotations

from datetime import date

from duly.banking.actions.refunds import release_refunds
from duly.kernel.actor import Actor
from duly.matching.actions import put_on_account
from duly.parties.queries import bank_details_of
from duly.payments.actions.refunds import RefundWish, approve_refund, request_refund
from duly.payments.queries.refunds import refund
from tests.banking.scenario_bank import ANN_IBAN, Booked, bank, lines_in
from tests.parties.scenario_bank_change import party_of
from tests.scenario import Office

DAY = date(2026, 3, 9)


def paid_by_bank(
    office: Office,
    account_id: int,
    amount_minor: int,
    *,
    iban: str = ANN_IBAN,
    sequence: int = 1,
    opening_minor: int = 0,
) -> int:
    """Money came from a bank account and lies on the account; returns the bank detail it came from."""
    booked = [Booked(amount_minor, "on account", payer="Ann", iban=iban)]
    [line] = lines_in(office, booked, sequence=sequence, opening_minor=opening_minor)
    put_on_account(line.id, account_id, line_version=line.version, today=DAY, by=office.specialist)
    found = bank_details_of(office.entity_id, party_of(office, account_id))
    return next(detail.id for detail in found if detail.last4 == iban[-4:])


def requested(office: Office, account_id: int, amount_minor: int, detail: int, *, by: Actor | None = None) -> int:
    """A refund is asked for; returns its id."""
    wish = RefundWish(account_id, amount_minor, detail, "paid twice")
    return request_refund(wish, today=DAY, by=by or office.specialist)


def released(office: Office, account_id: int, amount_minor: int, detail: int, bank_account: int) -> int:
    """A refund on its way to the bank; returns its id."""
    refund_id = requested(office, account_id, amount_minor, detail)
    approve_refund(refund_id, today=DAY, by=office.coordinator)
    release_refunds([refund_id], bank_account_id=bank_account, today=DAY, by=office.accountant)
    return refund_id


def state_of(office: Office, refund_id: int) -> str:
    """Where a refund stands."""
    return refund(office.entity_id, refund_id).state


__all__ = ["DAY", "bank", "paid_by_bank", "released", "requested", "state_of"]
