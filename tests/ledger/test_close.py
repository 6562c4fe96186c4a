"""Closing a month: nothing red, a hash that binds it, a second person to open it again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from duly.kernel.refusals import NotAllowed, Refused
from duly.ledger import closing
from duly.ledger.actions import close_period, reopen_period
from duly.ledger.closing import CloseCheck, add_close_check, checklist
from duly.ledger.models import Period
from duly.ledger.queries import period, period_of
from duly.ledger.verify import checks
from tests.ledger.scenario_ledger import journal
from tests.scenario import Office

JAN = date(2026, 1, 31)
FEB = date(2026, 2, 28)
MAR = date(2026, 3, 31)


@pytest.fixture
def own_checks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A checklist that this test may add to."""
    monkeypatch.setattr(closing, "CLOSE_CHECKS", closing.CLOSE_CHECKS[:3])


def month(office: Office, day: date) -> Period:
    return period_of(office.entity_id, day)


def test_a_month_that_ties_is_closed_with_its_trial_balance(office: Office, own_checks: None) -> None:
    journal(office, "6100", "1100", 5, on=JAN)

    closed_hash = close_period(month(office, JAN).id, today=FEB, by=office.accountant)

    assert month(office, JAN).state == "closed"
    assert len(closed_hash) == 64
    assert checks(office.entity_id) == []


def test_a_month_that_is_not_over_stays_open(office: Office, own_checks: None) -> None:
    with pytest.raises(Refused, match=r"ledger\.period_not_over"):
        close_period(month(office, JAN).id, today=JAN, by=office.accountant)


def test_an_earlier_month_with_entries_must_be_closed_first(office: Office, own_checks: None) -> None:
    journal(office, "6100", "1100", 5, on=JAN)
    journal(office, "6100", "1100", 5, on=FEB)

    with pytest.raises(Refused) as refusal:
        close_period(month(office, FEB).id, today=MAR, by=office.accountant)

    assert refusal.value.facts["open"] == ["January 2026 is still open"]


def test_a_waiting_journal_keeps_the_month_open(office: Office, own_checks: None) -> None:
    journal(office, "6100", "1100", 5, on=JAN, by=replace(office.accountant, limits={("ledger.post", "EUR"): 0}))

    with pytest.raises(Refused, match="waits for a decision"):
        close_period(month(office, JAN).id, today=FEB, by=office.accountant)


def test_whatever_a_room_above_finds_open_keeps_the_month_open(office: Office, own_checks: None) -> None:
    add_close_check(CloseCheck("bank", "The bank ties", "/payments", lambda entity_id, period: ["12.00 unexplained"]))

    red = [item for item in checklist(office.entity_id, month(office, JAN)) if not item.ties]
    with pytest.raises(Refused) as refusal:
        close_period(month(office, JAN).id, today=FEB, by=office.accountant)

    assert [item.name for item in red] == ["bank"]
    assert refusal.value.facts["red"] == ["bank"]


def test_who_closed_a_month_cannot_open_it_again(office: Office, own_checks: None) -> None:
    january = month(office, JAN)
    close_period(january.id, today=FEB, by=office.accountant)

    with pytest.raises(NotAllowed, match=r"ledger\.closer_cannot_reopen"):
        reopen_period(january.id, reason="late bill", by=replace(office.accountant, rights=frozenset(["*"])))
    reopen_period(january.id, reason="late bill", by=office.system)

    assert period(office.entity_id, january.id).state == "open"
    journal(office, "6100", "1100", 5, on=JAN)


def test_the_latest_closed_month_is_opened_first(office: Office, own_checks: None) -> None:
    close_period(month(office, JAN).id, today=MAR, by=office.accountant)
    close_period(month(office, FEB).id, today=MAR, by=office.accountant)

    with pytest.raises(Refused, match=r"ledger\.later_period_is_closed"):
        reopen_period(month(office, JAN).id, reason="late bill", by=office.system)


def test_opening_again_needs_the_right_and_a_reason(office: Office, own_checks: None) -> None:
    january = month(office, JAN)
    close_period(january.id, today=FEB, by=office.accountant)

    with pytest.raises(NotAllowed, match=r"access\.right_missing"):
        reopen_period(january.id, reason="late bill", by=office.specialist)
    with pytest.raises(Refused, match=r"ledger\.reason_missing"):
        reopen_period(january.id, reason=" ", by=office.system)


def test_a_month_closed_again_has_the_same_hash_when_nothing_changed(office: Office, own_checks: None) -> None:
    january = month(office, JAN)
    journal(office, "6100", "1100", 5, on=JAN)
    first = close_period(january.id, today=FEB, by=office.accountant)

    reopen_period(january.id, reason="look", by=office.system)

    assert close_period(january.id, today=FEB, by=office.accountant) == first
