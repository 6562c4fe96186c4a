"""Whatever is changed, in whatever order, what stands billed in the end is what a fresh computation wants."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from duly.commercial.actions import amend, end, pause, resume, undo_amendments
from duly.commercial.models import Amendment
from duly.commercial.rules import Cycle, Line, charges
from duly.commercial.verify import checks
from duly.kernel.refusals import Refused
from tests.commercial.scenario_commercial import agreed, bill, plan, rows, term
from tests.scenario import Office

STARTS = date(2026, 1, 10)
FOREVER = date.max

acts = st.tuples(
    st.sampled_from(["amend", "amend", "replace", "pause", "resume", "end", "undo", "plan", "bill", "bill"]),
    st.integers(-3, 130),
    st.integers(1, 40),
)


@settings(
    deadline=None,
    max_examples=20,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    st.sampled_from(["advance", "arrears"]),
    st.sampled_from(["day", "none"]),
    st.sampled_from([1, 3]),
    st.lists(acts, min_size=1, max_size=7),
)
def test_what_stands_billed_is_what_is_wanted(
    office: Office, timing: str, proration: str, months: int, drawn: list[tuple[str, int, int]]
) -> None:
    with transaction.atomic():
        agreement = agreed(
            office,
            STARTS.isoformat(),
            term(price="31.00"),
            timing=timing,
            proration=proration,
            interval_count=months,
        )
        through, made = STARTS, []
        for act, offset, size in drawn:
            day = STARTS + timedelta(days=offset)
            if act in ("plan", "bill"):
                through = max(through, day)
            _do(office, agreement, act, day, size, through, made)

        bill(office, through.isoformat())
        assert standing(agreement) == fresh(agreement, timing, proration, months, through)
        again = plan(office, through.isoformat())
        assert (again.made, again.changed, again.withdrawn) == (0, 0, 0)
        assert checks(office.entity_id) == []
        transaction.set_rollback(True)


def _do(office: Office, agreement: int, act: str, day: date, size: int, through: date, made: list[list[int]]) -> None:
    """Do one act; what the rules refuse is not done."""
    try:
        with transaction.atomic():
            if act in ("amend", "replace"):
                change = Amendment(agreement, day, 1, unit_price=Decimal(size), replace_later=act == "replace")
                made.append(amend([change], by=office.specialist))
            elif act == "pause":
                pause([agreement], from_on=day, until=day + timedelta(days=size), by=office.specialist)
            elif act == "resume":
                resume([agreement], on_day=day, by=office.specialist)
            elif act == "end":
                end([agreement], ends_on=day, by=office.specialist)
            elif act == "undo" and made:
                undo_amendments(made.pop(), by=office.specialist)
            elif act == "plan":
                plan(office, through.isoformat())
            elif act == "bill":
                bill(office, through.isoformat())
    except Refused:
        pass


def standing(agreement: int) -> dict[tuple[int, date], int]:
    """What stands billed a version of the line and period, reversals taken off."""
    found = rows(
        "select l.source_id, l.charge_key, l.net_minor from invoicing_line l"
        " join commercial_term t on t.entity_id = l.entity_id and t.id = l.source_id where t.agreement_id = %s",
        agreement,
    )
    sums: dict[tuple[int, date], int] = {}
    for term_id, key, net_minor in found:
        place = (term_id, date.fromisoformat(key.rsplit(":", 1)[1]))
        sums[place] = sums.get(place, 0) + net_minor
    return {place: net_minor for place, net_minor in sums.items() if net_minor}


def fresh(agreement: int, timing: str, proration: str, months: int, through: date) -> dict[tuple[int, date], int]:
    """What the readable rules want of the agreement as it stands now."""
    [(ends_on,)] = rows("select ends_on from commercial_agreement where id = %s", agreement)
    pauses = rows("select paused_on, coalesce(resumed_on, '9999-12-31') from commercial_pause")
    versions = rows(
        "select id, valid_from, valid_to, unit_price from commercial_term where agreement_id = %s"
        " and (valid_to is null or valid_to > valid_from)",
        agreement,
    )
    wanted = {}
    for id, valid_from, valid_to, price in versions:
        covered = (valid_from, min(valid_to or FOREVER, ends_on or FOREVER))
        if covered[0] >= covered[1]:
            continue
        line = Line(
            Cycle("month", months, 0),
            timing,
            proration,
            covered,
            STARTS,
            Fraction(price) * 100,
            ends_on,
            tuple((a, b) for a, b in pauses if a < b),
        )
        wanted.update({(id, c.period[0]): c.net_minor for c in charges(line, through) if c.net_minor})
    return wanted
