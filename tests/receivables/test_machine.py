"""A year of one account's life at random: bill, pay, settle, take back, credit, reverse, close; the books
always hold.

The reference model is a list of what happened, with the day: what was open on any day is the sum of it.
Amounts are
drawn at the edges of what is open (one less, all, one more), where an off-by-one lives.
"""

from __future__ import annotations

import os
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, assume, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from duly.kernel.refusals import Refused
from duly.ledger import closing
from duly.ledger.actions import close_period
from duly.ledger.queries import period_of
from duly.payments.actions import ReceiptRow, record, reverse
from duly.receivables.actions import unallocate
from duly.receivables.queries import aging_totals, control_totals, item_of_document
from duly.site.verify import quick_checks
from tests.receivables.scenario_receivables import account, credit, invoice, settle
from tests.scenario import Office

START = date(2024, 1, 15)
EXAMPLES = int(os.environ.get("DULY_EXAMPLES", "10"))


class Books:
    """The reference model: every movement of every item with its day, and which settlements still stand."""

    def __init__(self) -> None:
        self.moves: list[tuple[date, int, int]] = []
        self.standing: dict[int, tuple[int, int, int, date]] = {}
        self.taken_back_on: dict[int, date] = {}

    def open_of(self, item: int, as_of: date = date.max) -> int:
        return sum(minor for day, moved, minor in self.moves if moved == item and day <= as_of)

    def add(self, item: int, minor: int, on: date) -> None:
        self.moves.append((on, item, minor))

    def settle(self, allocation: int, debit: int, credit: int, minor: int, on: date) -> None:
        both = (debit, credit)
        there = [next(day for day, item, _ in self.moves if item == wanted) for wanted in both]
        day = max([on, *there, *(day for item, day in self.taken_back_on.items() if item in both)])
        self.moves += [(day, debit, -minor), (day, credit, minor)]
        self.standing[allocation] = (debit, credit, minor, day)

    def take_back(self, allocation: int, on: date) -> None:
        debit, credit, minor, day = self.standing.pop(allocation)
        day = max(on, day)
        self.moves += [(day, debit, minor), (day, credit, -minor)]
        for item in (debit, credit):
            self.taken_back_on[item] = max(day, self.taken_back_on.get(item, day))

    def items(self) -> list[int]:
        return sorted({item for _, item, _ in self.moves})

    def owing(self) -> list[int]:
        return [item for item in self.items() if self.open_of(item) > 0]

    def owed_by_us(self) -> list[int]:
        return [item for item in self.items() if self.open_of(item) < 0]

    def total(self, as_of: date) -> int:
        return sum(minor for day, _, minor in self.moves if day <= as_of)

    def owed(self, as_of: date) -> int:
        return sum(max(0, self.open_of(item, as_of)) for item in self.items())


class Receivables(RuleBasedStateMachine):
    """The real thing beside the model, in a transaction that is rolled back at the end."""

    office: Office

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.today, self.first_open, self.model = START, date(2024, 1, 1), Books()
        self.receipts: dict[int, int] = {}
        self.account = account(self.office)
        self.places = 0

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    @rule(minor=st.integers(1, 400))
    def bill(self, minor: int) -> None:
        item = invoice(self.office, self.account, minor, on=self.today, terms=minor % 100)
        self.model.add(item, minor, self.today)

    @rule(minor=st.integers(1, 400))
    def credit(self, minor: int) -> None:
        item = credit(self.office, self.account, minor, on=self.today)
        self.model.add(item, -minor, self.today)

    @rule(minor=st.integers(1, 400))
    def pay(self, minor: int) -> None:
        self.places += 1
        row = ReceiptRow(self.account, "EUR", minor, self.today, source_key=f"machine {self.places}")
        receipt = record(row, by=self.office.system)
        item = item_of_document(self.office.entity_id, "payment", receipt).id
        self.model.add(item, -minor, self.today)
        self.receipts[receipt] = item

    @precondition(lambda self: self.model.owing() and self.model.owed_by_us())
    @rule(data=st.data(), edge=st.sampled_from([-1, 0, 0, 1]), too_early=st.sampled_from([0, 0, 20]))
    def settle(self, data: st.DataObject, edge: int, too_early: int) -> None:
        debit = data.draw(st.sampled_from(self.model.owing()))
        credit = data.draw(st.sampled_from(self.model.owed_by_us()))
        bearable = min(self.model.open_of(debit), -self.model.open_of(credit))
        minor = bearable + edge
        assume(minor > 0)
        if minor > bearable:
            with pytest.raises(Refused, match="item_has_less_open"), transaction.atomic():
                settle(self.office, debit, credit, minor, on=self.today)
            return
        on = max(self.first_open, self.today - timedelta(days=too_early))
        allocation = settle(self.office, debit, credit, minor, on=on)
        self.model.settle(allocation, debit, credit, minor, on)

    @precondition(lambda self: self.model.standing)
    @rule(data=st.data(), too_early=st.sampled_from([0, 0, 20]))
    def take_back(self, data: st.DataObject, too_early: int) -> None:
        allocation = data.draw(st.sampled_from(sorted(self.model.standing)))
        on = max(self.first_open, self.today - timedelta(days=too_early))
        unallocate([allocation], effective_on=on, by=self.office.system)
        self.model.take_back(allocation, on)
        with pytest.raises(Refused, match="nothing_to_unallocate"), transaction.atomic():
            unallocate([allocation], effective_on=self.today, by=self.office.system)

    @precondition(lambda self: self.receipts)
    @rule(data=st.data())
    def reverse_payment(self, data: st.DataObject) -> None:
        receipt = data.draw(st.sampled_from(sorted(self.receipts)))
        item = self.receipts.pop(receipt)
        [mirror] = reverse([receipt], reason="bounced", today=self.today, by=self.office.system)
        for allocation, (_, settled_by, _, _) in list(self.model.standing.items()):
            if settled_by == item:
                self.model.take_back(allocation, self.today)
        made = item_of_document(self.office.entity_id, "payment", mirror)
        assert made.amount_minor == -self.model.open_of(item)
        self.model.add(made.id, made.amount_minor, self.today)
        self.model.settle(-made.id, made.id, item, made.amount_minor, self.today)
        del self.model.standing[-made.id]

    @precondition(lambda self: self.first_open > date(2024, 1, 31))
    @rule(minor=st.integers(1, 400))
    def bill_into_a_closed_month(self, minor: int) -> None:
        with pytest.raises(Refused, match=r"ledger\.period_closed"), transaction.atomic():
            invoice(self.office, self.account, minor, on=self.first_open - timedelta(days=1))

    @rule(days=st.integers(1, 45))
    def time_passes(self, days: int) -> None:
        self.today += timedelta(days=days)

    @precondition(lambda self: (self.today.year, self.today.month) > (self.first_open.year, self.first_open.month))
    @rule()
    def close_the_oldest_month(self) -> None:
        period = period_of(self.office.entity_id, self.first_open)
        close_period(period.id, today=self.today, by=self.office.system)
        self.first_open = period.ends_on + timedelta(days=1)

    @invariant()
    def the_books_hold(self) -> None:
        assert list(quick_checks(self.office.entity_id)) == []

    @invariant()
    def every_day_is_as_the_model_says(self) -> None:
        days = sorted({day for day, _, _ in self.model.moves})
        for as_of in {*days[:1], *days[len(days) // 2 :][:1], *days[-4:], self.today}:
            rows = aging_totals(self.office.entity_id, as_of)
            assert sum(row.total_minor for row in rows) == self.model.total(as_of)
            assert sum(sum(row.buckets) for row in rows) == self.model.owed(as_of)
            assert [row for row in control_totals(self.office.entity_id, as_of) if row.difference_minor] == []


def test_whatever_happens_the_books_hold_and_every_day_adds_up(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    Receivables.office = office
    monkeypatch.setattr(closing, "CLOSE_CHECKS", closing.CLOSE_CHECKS[:3])

    run_state_machine_as_test(
        Receivables,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
