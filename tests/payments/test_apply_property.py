"""Whatever is applied in whatever order: no item ever gives or takes more than it has."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from duly.kernel.refusals import Refused
from duly.payments.actions import apply, unapply
from duly.payments.rules import Application
from tests.payments.scenario_money import DAY, balance, item_of, open_minor, owe, paid
from tests.scenario import Office, account

pairs = st.tuples(st.integers(1, 9), st.integers(1, 9))
steps = st.lists(
    st.tuples(st.integers(0, 1), st.integers(0, 1), st.sampled_from([-1, 0, 1]), st.booleans()), min_size=1, max_size=6
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    owed=st.tuples(st.integers(1, 9), st.integers(1, 9)),
    had=st.tuples(st.integers(1, 9), st.integers(1, 9)),
    wanted=steps,
)
def test_allocations_never_exceed_what_is_open_on_either_side(
    office: Office, owed: tuple[int, int], had: tuple[int, int], wanted: list[tuple[int, int, int, bool]]
) -> None:
    from django.db import transaction

    with transaction.atomic():
        _try(office, owed, had, wanted)
        transaction.set_rollback(True)


def _try(office: Office, owed: tuple[int, int], had: tuple[int, int], wanted: list[tuple[int, int, int, bool]]) -> None:
    ann = account(office)
    debits = [owe(office, ann, minor) for minor in owed]
    credits = [item_of(office, paid(office, ann, minor)) for minor in had]
    model = {item: minor for item, minor in zip(debits + credits, [*owed, *(-minor for minor in had)], strict=True)}
    made: list[tuple[int, int, int, int]] = []
    for credit, debit, off_by, take_back in wanted:
        credit_item, debit_item = credits[credit], debits[debit]
        if take_back and made:
            allocation, *(was_credit, was_debit, minor) = made.pop()
            unapply([allocation], today=DAY, by=office.specialist)
            model[was_credit] -= minor
            model[was_debit] += minor
            continue
        minor = min(-model[credit_item], model[debit_item]) + off_by
        if minor <= 0:
            continue
        asked = [Application(credit_item, debit_item, minor)]
        if off_by > 0:
            with pytest.raises(Refused, match=r"receivables\.item_has_less_open"):
                apply(asked, today=DAY, by=office.specialist)
            continue
        [allocation] = apply(asked, today=DAY, by=office.specialist)
        made.append((allocation, credit_item, debit_item, minor))
        model[credit_item] += minor
        model[debit_item] -= minor

    assert {item: open_minor(office, item) for item in model} == model
    assert balance(office, "1200") == sum(model[item] for item in debits)
    assert balance(office, "2150") == sum(model[item] for item in credits)
