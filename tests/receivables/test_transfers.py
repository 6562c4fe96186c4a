"""An open item or a credit moves to another account: what it settles, what is due when, and the books on the way."""

from __future__ import annotations

from datetime import date

import pytest

from duly.events.actions import undo
from duly.kernel.actor import Actor
from duly.kernel.refusals import Refused
from duly.payments.actions import apply
from duly.payments.rules import Application
from duly.receivables.actions.transfers import Transfer, take_transfers_back, transfer
from duly.receivables.queries import items_of_account
from tests.payments.scenario_money import DAY, balance, item_of, one, open_minor, owe, paid, rows
from tests.scenario import Office, account


def last_event(office: Office) -> int:
    return int(one("select max(id) from events_event where entity_id = %s", office.entity_id))


def by_account(office: Office, code: str) -> dict[str, int]:
    """What each customer has on a control account, by name."""
    return dict(
        rows(
            "select a.name, sum(p.amount_minor)::bigint from ledger_posting p join ledger_account l"
            " on l.entity_id = p.entity_id and l.id = p.gl_account_id join receivables_account a"
            " on a.entity_id = p.entity_id and a.id = p.account_id where p.entity_id = %s and l.code = %s"
            " group by a.name having sum(p.amount_minor) <> 0",
            *(office.entity_id, code),
        )
    )


@pytest.fixture
def mover(office: Office) -> Actor:
    return office.system


def test_a_debt_moves_to_another_account_and_is_due_when_it_was(office: Office, mover: Actor) -> None:
    ann, bob = account(office), account(office, name="Bob")
    owed = owe(office, ann, 100_00, on=date(2026, 2, 1), terms_days=30)

    [made] = transfer([Transfer(owed, bob)], reason="billed to the wrong company", today=DAY, by=mover)

    [moved] = items_of_account(office.entity_id, bob)
    assert (moved.kind, moved.number, moved.open_minor) == ("transfer", "TRF-2026-000001", 100_00)
    assert (moved.issued_on, moved.due_on) == (DAY, date(2026, 3, 3))
    assert items_of_account(office.entity_id, ann) == []
    assert by_account(office, "1200") == {"Bob": 100_00}  # 1200 Ann +100.00 -100.00, Bob +100.00
    assert balance(office, "1200") == 100_00
    assert made > 0


def test_a_part_of_a_credit_moves_and_the_rest_stays(office: Office, mover: Actor) -> None:
    ann, bob = account(office), account(office, name="Bob")
    cash = item_of(office, paid(office, ann, 80_00))

    transfer([Transfer(cash, bob, 30_00)], reason="half was for Bob", today=DAY, by=mover)

    assert open_minor(office, cash) == -50_00
    assert by_account(office, "2150") == {"Ann": -50_00, "Bob": -30_00}  # 2150 -80.00 +30.00 | -30.00
    owed = owe(office, bob, 30_00)
    [credit] = [item for item in items_of_account(office.entity_id, bob) if item.open_minor < 0]
    apply([Application(credit.id, owed, 30_00)], today=DAY, by=office.specialist)
    assert (balance(office, "1200"), by_account(office, "2150")) == (0, {"Ann": -50_00})


def test_undo_brings_the_item_back_as_it_was(office: Office, mover: Actor) -> None:
    ann, bob = account(office), account(office, name="Bob")
    owed = owe(office, ann, 100_00)
    transfer([Transfer(owed, bob)], reason="wrong company", today=DAY, by=mover)

    undo(last_event(office), today=DAY, by=mover)

    assert open_minor(office, owed) == 100_00
    assert items_of_account(office.entity_id, bob) == []
    assert [item.id for item in items_of_account(office.entity_id, ann)] == [owed]
    assert by_account(office, "1200") == {"Ann": 100_00}
    with pytest.raises(Refused, match=r"events\.undone_already"):
        undo(last_event(office) - 1, today=DAY, by=mover)


def test_a_transfer_whose_money_is_used_cannot_be_taken_back(office: Office, mover: Actor) -> None:
    ann, bob = account(office), account(office, name="Bob")
    cash = item_of(office, paid(office, ann, 80_00))
    [made] = transfer([Transfer(cash, bob)], reason="it was Bob's", today=DAY, by=mover)
    owed = owe(office, bob, 10_00)
    [credit] = [item for item in items_of_account(office.entity_id, bob) if item.open_minor < 0]
    apply([Application(credit.id, owed, 10_00)], today=DAY, by=office.specialist)

    with pytest.raises(Refused, match=r"receivables\.transfer_is_used"):
        take_transfers_back([made], today=DAY, by=mover)

    assert by_account(office, "2150") == {"Bob": -70_00}


def test_a_transfer_is_taken_back_once(office: Office, mover: Actor) -> None:
    ann, bob = account(office), account(office, name="Bob")
    [made] = transfer([Transfer(owe(office, ann, 5_00), bob)], reason="wrong company", today=DAY, by=mover)
    take_transfers_back([made], today=DAY, by=mover)

    with pytest.raises(Refused, match=r"receivables\.transfer_taken_back_already"):
        take_transfers_back([made], today=DAY, by=mover)


@pytest.mark.parametrize(
    ("amount_minor", "to", "code"),
    [
        pytest.param(100_01, "Bob", "item_has_less_open", id="more than is open"),
        pytest.param(None, "Ann", "transfer_to_the_same_account", id="to itself"),
        pytest.param(None, "Carl", "currencies_differ", id="other currency"),
        pytest.param(-1, "Bob", "amount_not_above_zero", id="less than nothing"),
        pytest.param(None, "nobody", "unknown_account", id="unknown account"),
    ],
)
def test_a_transfer_that_cannot_be_is_refused(
    office: Office, mover: Actor, amount_minor: int | None, to: str, code: str
) -> None:
    names = {"Ann": account(office), "Bob": account(office, name="Bob"), "nobody": 10**9}
    names["Carl"] = account(office, name="Carl", currency="USD")
    owed = owe(office, names["Ann"], 100_00)

    with pytest.raises(Refused, match=rf"receivables\.{code}"):
        transfer([Transfer(owed, names[to], amount_minor)], reason="wrong company", today=DAY, by=mover)

    assert open_minor(office, owed) == 100_00


def test_an_office_never_moves_items_of_another(office: Office, mover: Actor) -> None:
    from tests.scenario import open_office

    other = open_office()
    theirs = owe(other, account(other), 100_00)

    with pytest.raises(Refused, match=r"receivables\.item_unknown"):
        transfer([Transfer(theirs, account(office))], reason="wrong company", today=DAY, by=mover)
