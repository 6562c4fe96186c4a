"""A scheduled report goes out on its day, once, to whoever may have it, with the figures of that day."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from email.message import EmailMessage

import pytest
from python_calamine import CalamineWorkbook

from duly.access.actions.people import switch_person
from duly.formats.mail import Mail
from duly.kernel.refusals import NotAllowed, Refused
from duly.reports.actions import NewSchedule, queue_due, resume_schedule, schedule_report, stop_schedule
from duly.reports.delivery import send_due
from duly.reports.queries.schedules import schedules
from duly.reports.rules import next_after
from tests.payments.scenario_money import owe
from tests.scenario import Office, account

MONDAY = date(2026, 3, 2)
AT = datetime(2099, 1, 1, tzinfo=UTC)


@dataclass
class Postman:
    """Takes mails and keeps them."""

    mails: list[Mail] = field(default_factory=list)

    def send(self, mail: Mail) -> str:
        self.mails.append(mail)
        return "250"

    def close(self) -> None:
        """Nothing to let go of."""


def weekly(office: Office, *, report: str = "open-items", **asked: str) -> int:
    user_id = office.coordinator.user_id
    assert user_id is not None
    wanted = NewSchedule(report, "xlsx", "weekly", (user_id,), MONDAY, asked)
    return schedule_report(wanted, today=MONDAY, by=office.coordinator)


def sent_on(office: Office, day: date) -> list[EmailMessage]:
    postman = Postman()
    queue_due(today=day, by=office.system)
    send_due(office.entity_id, AT, postman)
    return [mail.message for mail in postman.mails]


def test_a_report_goes_out_on_its_day_with_its_file(office: Office) -> None:
    # One open item of 119.00.
    owe(office, account(office), 119_00)
    weekly(office)

    [mail] = sent_on(office, MONDAY)

    [file] = list(mail.iter_attachments())
    table = CalamineWorkbook.from_filelike(io.BytesIO(file.get_content())).get_sheet_by_index(0).to_python()
    assert (mail["Subject"], file.get_filename()) == ("Open items, 2026-03-02", "open-items-2026-03-02.xlsx")
    assert table[1][-1] == 119.0
    [row] = schedules(office.entity_id)
    assert (row.next_on, row.last_on, row.people) == (date(2026, 3, 9), MONDAY, "Coordinator")
    assert row.sent_at is not None


def test_the_same_day_twice_is_once_and_missed_weeks_are_one_mail(office: Office) -> None:
    weekly(office)

    assert len(sent_on(office, MONDAY)) == 1
    assert sent_on(office, MONDAY) == []
    assert len(sent_on(office, date(2026, 3, 25))) == 1
    assert schedules(office.entity_id)[0].next_on == date(2026, 3, 30)


def test_whoever_may_not_export_any_more_gets_none(office: Office) -> None:
    weekly(office)
    user_id = office.coordinator.user_id
    assert user_id is not None
    queue_due(today=MONDAY, by=office.system)
    switch_person(user_id, False, by=office.owner)
    postman = Postman()

    send_due(office.entity_id, AT, postman)

    assert postman.mails == []


def test_a_stopped_report_is_not_sent_until_it_runs_again(office: Office) -> None:
    schedule_id = weekly(office)
    stop_schedule(schedule_id, by=office.coordinator)

    assert sent_on(office, MONDAY) == []

    resume_schedule(schedule_id, today=MONDAY, by=office.coordinator)

    assert len(sent_on(office, MONDAY)) == 1


def test_a_report_is_sent_only_to_people_of_the_office(office: Office) -> None:
    wanted = NewSchedule("aging", "csv", "daily", (999_999,), MONDAY)

    with pytest.raises(Refused, match=r"reports\.person_may_not_export"):
        schedule_report(wanted, today=MONDAY, by=office.coordinator)


def test_scheduling_asks_its_right(office: Office) -> None:
    with pytest.raises(NotAllowed):
        schedule_report(NewSchedule("aging", "csv", "daily", (1,), MONDAY), today=MONDAY, by=office.auditor)


@pytest.mark.parametrize(
    ("cadence", "day", "today", "following"),
    [
        ("daily", date(2026, 3, 2), date(2026, 3, 2), date(2026, 3, 3)),
        ("weekly", date(2026, 3, 2), date(2026, 3, 8), date(2026, 3, 9)),
        ("weekly", date(2026, 3, 2), date(2026, 3, 9), date(2026, 3, 16)),
        ("monthly", date(2026, 1, 31), date(2026, 1, 31), date(2026, 2, 28)),
        ("monthly", date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)),
        ("monthly", date(2026, 11, 30), date(2026, 12, 30), date(2027, 1, 30)),
        ("monthly", date(2026, 12, 15), date(2026, 12, 15), date(2027, 1, 15)),
    ],
)
def test_the_next_day_of_a_rhythm_lies_after_today(cadence: str, day: date, today: date, following: date) -> None:
    assert next_after(cadence, day, today) == following
