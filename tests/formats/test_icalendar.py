"""Calendars are RFC 5545 text that calendar programs read."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duly.formats.icalendar import OCTETS, DayEntry, calendar_text, escaped, folded

AT = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)


def test_an_entry_is_a_whole_day_that_ends_on_the_next() -> None:
    text = calendar_text("Mine", [DayEntry("1@duly", date(2026, 12, 31), "3 × Hold due")], at=AT).decode()

    assert "DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101\r\n" in text
    assert "DTSTAMP:20261123T083000Z\r\n" in text
    assert text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert text.endswith("END:VEVENT\r\nEND:VCALENDAR\r\n")


@pytest.mark.parametrize(
    ("text", "written"),
    [("a, b; c", "a\\, b\\; c"), ("back\\slash", "back\\\\slash"), ("two\nlines", "two\\nlines")],
    ids=["marks", "backslash", "line break"],
)
def test_marks_of_the_format_are_escaped(text: str, written: str) -> None:
    assert escaped(text) == written


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=400))
def test_no_line_is_longer_than_75_octets_and_unfolding_gives_it_back(text: str) -> None:
    written = folded(text)

    assert all(len(line) <= OCTETS for line in written.removesuffix(b"\r\n").split(b"\r\n"))
    assert written.removesuffix(b"\r\n").replace(b"\r\n ", b"").decode() == text
