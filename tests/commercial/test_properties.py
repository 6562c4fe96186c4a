"""The set-based engine agrees with the readable rules, whatever is agreed; parts add up to the whole."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from duly.commercial.actions import agree, amend, pause
from duly.commercial.models import Amendment, NewAgreement, NewTerm, NewTier
from duly.commercial.rules import (
    Cycle,
    Line,
    Tier,
    charges,
    cycle_of,
    graduated,
    half_up,
    packages,
    prorated_minor,
    step_price,
    volume,
    with_floors,
    without,
)
from duly.kernel.money import currency_digits, round_minor
from tests.commercial.scenario_commercial import drafts, plan
from tests.scenario import Office, account

SLOW = settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)

days = st.dates(date(2024, 1, 1), date(2027, 12, 31))
cycles = st.builds(
    cycle_of,
    st.just("month"),
    st.sampled_from([1, 2, 3, 5, 6, 12]),
    st.sampled_from(["calendar", "anniversary"]),
    days,
    st.integers(1, 31),
) | st.builds(cycle_of, st.just("day"), st.integers(1, 100), st.just("anniversary"), days, st.just(1))
amounts = st.fractions(0, 100_000, max_denominator=1000)
prices = st.decimals("0", "999.999999", places=6)
quantities = st.decimals("0", "5000", places=3)


@given(cycles, days)
def test_each_day_lies_in_exactly_the_period_of_its_number(cycle: Cycle, day: date) -> None:
    k = cycle.period_no(day)

    assert cycle.boundary(k) <= day < cycle.boundary(k + 1)


@given(cycles, days, st.integers(1, 400))
def test_periods_follow_each_other_without_gap_or_overlap(cycle: Cycle, first_on: date, length: int) -> None:
    periods = list(cycle.periods(first_on, first_on + timedelta(days=length)))

    assert all(one[1] == next_one[0] for one, next_one in pairwise(periods))
    assert periods[0][0] <= first_on < periods[0][1]


@given(amounts, st.integers(1, 366), st.lists(st.integers(0, 366)))
def test_a_period_split_anywhere_adds_up_to_the_whole(full: Fraction, length: int, cuts: list[int]) -> None:
    start = date(2026, 1, 1)
    period = (start, start + timedelta(days=length))
    marks = sorted({0, length, *(cut for cut in cuts if cut < length)})
    pieces = [(start + timedelta(days=a), start + timedelta(days=b)) for a, b in pairwise(marks)]

    parts = [prorated_minor(full, period, [piece]) for piece in pieces]

    assert sum(parts) == half_up(full) == prorated_minor(full, period, pieces)


@given(amounts, st.integers(1, 31), st.integers(0, 31), st.integers(0, 31))
def test_what_a_pause_leaves_and_what_it_takes_make_the_month(full: Fraction, length: int, a: int, b: int) -> None:
    start = date(2026, 1, 1)
    month = (start, start + timedelta(days=length))
    paused = (start + timedelta(days=min(a, b, length)), start + timedelta(days=min(max(a, b), length)))

    left = without(month, [paused])

    taken = [paused] if paused[0] < paused[1] else []
    assert prorated_minor(full, month, left) + prorated_minor(full, month, taken) == half_up(full)


@st.composite
def step_lists(draw: st.DrawFn) -> list[Tier]:
    tops = sorted(set(draw(st.lists(st.decimals("1", "4000", places=1), max_size=4))))
    return [Tier(top, draw(prices), draw(prices)) for top in [*tops, None]]


@given(quantities, step_lists())
def test_a_graduated_price_is_the_sum_of_its_steps_in_any_order(quantity: Decimal, tiers: list[Tier]) -> None:
    whole = graduated(Fraction(quantity), tiers)

    assert whole == sum(step_price(Fraction(quantity), above, tier) for above, tier in with_floors(tiers))
    assert whole == graduated(Fraction(quantity), tiers[::-1])


@given(amounts)
def test_half_up_is_the_kernels_rounding(amount: Fraction) -> None:
    exact = Decimal(amount.numerator * 10**6 // amount.denominator) / 10**6

    assert half_up(Fraction(exact)) == round_minor(exact)
    assert half_up(Fraction(-exact)) == round_minor(-exact)


@st.composite
def agreed_lines(draw: st.DrawFn) -> dict[str, object]:
    starts_on = draw(days)
    ends_on = draw(st.none() | st.integers(1, 500).map(lambda n: starts_on + timedelta(days=n)))
    return {
        "starts_on": starts_on,
        "ends_on": ends_on,
        "trial_ends_on": draw(st.none() | st.integers(1, 60).map(lambda n: starts_on + timedelta(days=n))),
        "anchor_kind": draw(st.sampled_from(["calendar", "anniversary"])),
        "anchor_day": draw(st.none() | st.integers(1, 31)),
        "interval_unit": draw(st.sampled_from(["month", "month", "day"])),
        "interval_count": draw(st.sampled_from([1, 2, 3, 5, 12, 30, 100])),
        "timing": draw(st.sampled_from(["advance", "arrears"])),
        "proration": draw(st.sampled_from(["day", "none"])),
        "currency": draw(st.sampled_from(["EUR", "JPY", "KWD"])),
        "price": draw(prices),
        "quantity": draw(quantities),
        "changes": sorted(set(draw(st.lists(st.integers(1, 300), max_size=2)))),
        "pause": draw(st.none() | st.tuples(st.integers(0, 200), st.integers(1, 90))),
    }


@SLOW
@given(st.lists(agreed_lines(), min_size=1, max_size=6), st.integers(0, 500))
def test_the_engine_charges_what_the_rules_say(office: Office, facts: list[dict[str, object]], ahead: int) -> None:
    with transaction.atomic():
        made = [_agree(office, one) for one in facts]
        through = max(one["starts_on"] for one in facts) + timedelta(days=ahead)  # type: ignore[type-var, operator]
        plan(office, through.isoformat())

        found = sorted((d.period, d.net_minor, d.bill_on) for d in drafts(office))

        wanted = [charge for lines in made for line in lines for charge in charges(line, through)]
        assert found == sorted((c.covered, c.net_minor, c.bill_on) for c in wanted if c.net_minor != 0)
        transaction.set_rollback(True)


def _agree(office: Office, one: dict[str, object]) -> list[Line]:
    """Make the agreement with its changes and pause, and say what the rules are to be asked."""
    own = {key: one[key] for key in one if key not in ("price", "quantity", "changes", "pause")}
    seat = NewTerm(item="SEAT", model="per_unit", unit_price=one["price"], quantity=one["quantity"])  # type: ignore[arg-type]
    new = NewAgreement(account_id=account(office, currency=str(one["currency"])), terms=(seat,), **own)  # type: ignore[arg-type]
    agreement_id = agree([new], by=office.specialist).ids[0]
    starts_on, ends_on = new.starts_on, new.ends_on
    first_on = max(starts_on, new.trial_ends_on or starts_on)
    marks, price = [starts_on], [one["price"]]
    for place, after in enumerate(one["changes"]):  # type: ignore[arg-type, var-annotated]
        from_on = starts_on + timedelta(days=after)
        if ends_on is None or from_on < ends_on:
            price.append(Decimal(place + 1) * 7)
            amend([Amendment(agreement_id, from_on, 1, unit_price=price[-1])], by=office.specialist)  # type: ignore[arg-type]
            marks.append(from_on)
    pauses = ()
    if one["pause"]:
        offset, length = one["pause"]  # type: ignore[misc]
        paused_on = starts_on + timedelta(days=offset)
        pauses = ((paused_on, paused_on + timedelta(days=length)),)  # type: ignore[assignment]
        pause([agreement_id], from_on=paused_on, until=paused_on + timedelta(days=length), by=office.specialist)
    anchor_on = new.trial_ends_on or starts_on
    anchor_day = new.anchor_day or (1 if new.anchor_kind == "calendar" else anchor_on.day)
    cycle = cycle_of(new.interval_unit, new.interval_count, new.anchor_kind, anchor_on, anchor_day)
    scale = 10 ** currency_digits(str(one["currency"]))
    lines = []
    for mark, until, amount in zip(marks, [*marks[1:], None], price, strict=True):
        covered = (max(mark, first_on), min(until or date.max, ends_on or date.max))
        full = Fraction(amount) * Fraction(one["quantity"]) * scale  # type: ignore[arg-type, call-overload]
        if covered[0] < covered[1]:
            lines.append(Line(cycle, new.timing, new.proration, covered, first_on, full, ends_on, pauses))
    return lines


@SLOW
@given(
    st.lists(
        st.tuples(st.sampled_from(["graduated", "volume", "package"]), quantities, step_lists(), prices),
        min_size=1,
        max_size=8,
    )
)
def test_the_engine_prices_steps_and_packages_as_the_rules_do(
    office: Office, drawn: list[tuple[str, Decimal, list[Tier], Decimal]]
) -> None:
    with transaction.atomic():
        account_id = account(office)
        terms = [
            NewTerm(
                item="SEAT",
                model=model,
                quantity=quantity,
                unit_price=price if model == "package" else None,
                package_size=Decimal(7) if model == "package" else None,
                tiers=()
                if model == "package"
                else tuple(NewTier(tier.up_to, tier.unit_price, tier.flat_price) for tier in tiers),
            )
            for model, quantity, tiers, price in drawn
        ]
        agree([NewAgreement(date(2026, 1, 1), tuple(terms), account_id=account_id)], by=office.specialist)
        plan(office, "2026-01-31")

        found = sorted(draft.net_minor for draft in drafts(office))

        exact = [
            packages(Fraction(quantity), Decimal(7), price)
            if model == "package"
            else (graduated if model == "graduated" else volume)(Fraction(quantity), tiers)
            for model, quantity, tiers, price in drawn
        ]
        assert found == sorted(net for net in (half_up(amount * 100) for amount in exact) if net)
        transaction.set_rollback(True)
