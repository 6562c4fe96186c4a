"""However the bank cuts its days into files, and whichever of them come again: each line is there once."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from duly.banking.verify import checks
from tests.banking.scenario_bank import Booked, arrives, bank, camt, open_lines, statement
from tests.scenario import Office

FIRST = date(2026, 3, 1)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    days=st.lists(st.lists(st.sampled_from([-3_00, 5_00, 7_00]), max_size=3), min_size=1, max_size=6),
    files=st.lists(st.tuples(st.integers(0, 5), st.integers(1, 4)), min_size=1, max_size=7),
)
def test_any_files_in_any_order_bring_each_line_of_their_days_once(
    office: Office, days: list[list[int]], files: list[tuple[int, int]]
) -> None:
    from django.db import transaction

    with transaction.atomic():
        _bring(office, days, files)
        transaction.set_rollback(True)


def _bring(office: Office, days: list[list[int]], files: list[tuple[int, int]]) -> None:
    bank(office)
    booked = [[Booked(minor, "Rent", FIRST + timedelta(place)) for minor in day] for place, day in enumerate(days)]
    openings = [sum(sum(day) for day in days[:place]) for place in range(len(days) + 1)]
    told = []
    for number, (start, length) in enumerate([*files, (0, len(days))]):
        chosen = booked[start : start + length]
        if not chosen:
            continue
        last = FIRST + timedelta(min(start + length, len(days)) - 1)
        data = camt(
            statement(
                openings[start],
                [line for day in chosen for line in day],
                sequence=number,
                from_on=FIRST + timedelta(start),
                to_on=last,
            )
        )
        told.append(arrives(office, data, f"{number}.xml"))

    lines = open_lines(office)
    expected = sorted((FIRST + timedelta(place), minor) for place, day in enumerate(days) for minor in day)
    found = sorted((line.booked_on, line.amount_minor) for line in lines)
    waiting = sum(report.quarantined for report in told) - sum(report.released for report in told)
    assert found == expected or waiting, told
    assert len(found) <= len(expected)
    assert checks(office.entity_id) == []
