"""A year of billing in stories: periods, month ends, trials, ends, catch-up."""

from tests.commercial.scenario_commercial import agreed, bill, day, drafts, nets, plan, term
from tests.scenario import Office


def test_a_monthly_agreement_in_advance_is_billed_on_the_first_of_each_month(office: Office) -> None:
    agreed(office, "2026-01-01", term(price="100.00"))

    plan(office, "2026-03-01")

    assert nets(office) == [100_00, 100_00, 100_00]
    assert [draft.bill_on for draft in drafts(office)] == [
        day("2026-01-01"),
        day("2026-02-01"),
        day("2026-03-01"),
    ]


def test_planning_twice_stages_nothing_new(office: Office) -> None:
    agreed(office, "2026-01-01", term())
    plan(office, "2026-02-01")

    again = plan(office, "2026-02-01")

    assert (again.made, again.changed, again.withdrawn) == (0, 0, 0)


def test_what_is_billed_is_not_billed_again(office: Office) -> None:
    agreed(office, "2026-01-01", term())

    assert bill(office, "2026-01-31") == [100_00]
    assert bill(office, "2026-01-31") == []
    assert bill(office, "2026-02-28") == [100_00]
