"""Changes ahead and back in time: drafts are changed in place, billed charges are reversed and made anew."""

from __future__ import annotations

from decimal import Decimal

import pytest

from duly.catalog.actions import set_prices
from duly.catalog.models import NewPrice
from duly.commercial.actions import (
    amend,
    end,
    pause,
    recheck_prices,
    resume,
    undo_amendments,
)
from duly.commercial.models import Amendment, NewTerm
from duly.events.actions import undo
from duly.invoicing.actions.credit import credit_invoice
from duly.kernel.refusals import Refused
from tests.commercial.scenario_commercial import agreed, bill, day, drafts, nets, plan, rows, term
from tests.scenario import Office


def change(office: Office, agreement: int, from_on: str, line: int | None = 1, **facts: object) -> list[int]:
    for name in ("unit_price", "quantity"):
        if name in facts:
            facts[name] = Decimal(str(facts[name]))
    return amend([Amendment(agreement, day(from_on), line, **facts)], by=office.specialist)  # type: ignore[arg-type]


def seats(price: str, quantity: str, **facts: object) -> NewTerm:
    return term(item="SEAT", price=price, model="per_unit", quantity=quantity, **facts)


def in_doubt(agreement: int) -> object:
    return rows("select recheck_from from commercial_agreement where id = %s", agreement)[0][0]


def test_a_future_price_starts_with_its_period(office: Office) -> None:
    agreement = agreed(office, "2026-01-01", term(price="12.00"))
    change(office, agreement, "2026-03-01", unit_price="13.00")

    plan(office, "2026-04-01")

    assert nets(office) == [12_00, 12_00, 13_00, 13_00]


def test_a_change_within_a_month_splits_it_by_days(office: Office) -> None:
    agreement = agreed(office, "2026-01-01", seats("10.00", "10"))
    change(office, agreement, "2026-01-16", quantity=20)

    plan(office, "2026-01-31")

    # 15 days of 10 seats: round(100.00 x 15/31) = 48.39
    # 16 days of 20 seats: round(200.00) - round(200.00 x 15/31) = 200.00 - 96.77 = 103.23
    assert nets(office) == [48_39, 103_23]


def test_two_changes_in_one_month_leave_three_parts_that_add_up_to_the_month(office: Office) -> None:
    agreement = agreed(office, "2026-01-01", term(price="100.00"))
    change(office, agreement, "2026-01-11", unit_price="100.00")
    change(office, agreement, "2026-01-21", unit_price="100.00")

    plan(office, "2026-01-31")

    # 10/31: 32.26; to 20/31: 64.52 - 32.26 = 32.26; to the end: 100.00 - 64.52 = 35.48
    assert nets(office) == [32_26, 32_26, 35_48]
    assert sum(nets(office)) == 100_00


def test_a_second_upgrade_in_one_month_counts_from_the_list_not_from_the_increment(office: Office) -> None:
    agreement = agreed(office, "2026-04-01", term(price="30.00"))
    change(office, agreement, "2026-04-11", unit_price="60.00")
    change(office, agreement, "2026-04-21", unit_price="90.00")

    plan(office, "2026-04-30")

    assert nets(office) == [10_00, 20_00, 30_00]  # ten days each of 30, 60 and 90 a month


def test_a_draft_is_changed_in_place(office: Office) -> None:
    agreement = agreed(office, "2026-01-01", term(price="12.00"))
    plan(office, "2026-01-31")
    change(office, agreement, "2026-01-01", unit_price="13.00")

    taken = plan(office, "2026-01-31")

    assert nets(office) == [13_00]
    assert (taken.made, taken.withdrawn) == (1, 1)  # the version replaced holds no day, the new one has its own key


def test_a_backdated_change_reverses_what_was_billed_and_bills_it_anew(office: Office) -> None:
    agreement = agreed(office, "2026-01-01", term(price="31.00"))
    assert bill(office, "2026-01-31") == [31_00]
    change(office, agreement, "2026-01-11", unit_price="62.00")

    plan(office, "2026-01-31")

    # January was 31.00; it should have been 10.00 to the 10th and 42.00 from the 11th on
    assert [(d.source_kind, d.version, d.net_minor) for d in drafts(office)] == [
        ("agreement", 2, 10_00),
        ("reversal", 1, -31_00),
        ("agreement", 1, 42_00),
    ]
    [(linked,)] = rows("select count(*) from invoicing_charge where reverses_invoice_id is not null")
    assert linked == 1


def test_backdating_across_closed_months_repairs_each_of_them_once(office: Office) -> None:
    agreement = agreed(office, "2026-01-01", seats("10.00", "1"))
    assert bill(office, "2026-03-31") == [10_00, 10_00, 10_00]
    change(office, agreement, "2026-01-01", quantity=2)

    assert sum(bill(office, "2026-03-31")) == 30_00  # -3 x 10.00 + 3 x 20.00
    assert bill(office, "2026-03-31") == []
    assert bill(office, "2026-04-30") == [20_00]
    assert in_doubt(agreement) is None


def test_reversals_are_taxed_as_the_lines_they_reverse(office: Office) -> None:
    agreement = agreed(office, "2026-01-01", term(price="100.00"))
    bill(office, "2026-01-31")
    end([agreement], ends_on=day("2026-01-01"), by=office.specialist)

    bill(office, "2026-01-31")

    totals = rows("select kind, net_minor, tax_minor from invoicing_invoice order by id")
    assert totals == [("invoice", 100_00, 19_00), ("credit_note", -100_00, -19_00)]


def test_a_change_and_its_undoing_leave_nothing_to_bill(office: Office) -> None:
    agreement = agreed(office, "2026-01-01", term(price="31.00"))
    bill(office, "2026-01-31")
    ids = change(office, agreement, "2026-01-11", unit_price="62.00")
    plan(office, "2026-01-31")

    undo_amendments(ids, by=office.specialist)
    plan(office, "2026-01-31")

    assert nets(office) == []
    assert in_doubt(agreement) is None


def test_a_billed_change_undone_is_repaired_back_to_the_start(office: Office) -> None:
    agreement = agreed(office, "2026-01-01", term(price="31.00"))
    bill(office, "2026-01-31")
    ids = change(office, agreement, "2026-01-11", unit_price="62.00")
    assert sum(bill(office, "2026-01-31")) == 21_00

    undo_amendments(ids, by=office.specialist)

    assert sum(bill(office, "2026-01-31")) == -21_00
    assert bill(office, "2026-01-31") == []


def test_a_change_on_which_another_stands_cannot_be_undone(office: Office) -> None:
    agreement = agreed(office, "2026-01-01", term())
    first = change(office, agreement, "2026-02-01", unit_price="2")
    change(office, agreement, "2026-03-01", unit_price="3")

    with pytest.raises(Refused, match=r"agreement\.amended_since"):
        undo_amendments(first, by=office.specialist)


def test_a_planned_version_stays_behind_an_earlier_change(office: Office) -> None:
    agreement = agreed(office, "2026-01-01", term(price="1.00"))
    change(office, agreement, "2026-04-01", unit_price="4.00")
    change(office, agreement, "2026-03-01", unit_price="3.00")

    plan(office, "2026-05-01")

    assert nets(office) == [1_00, 1_00, 3_00, 4_00, 4_00]


def test_a_change_that_replaces_what_comes_later_empties_planned_versions(office: Office) -> None:
    agreement = agreed(office, "2026-01-01", term(price="1.00"))
    change(office, agreement, "2026-04-01", unit_price="4.00")
    change(office, agreement, "2026-03-01", unit_price="3.00", replace_later=True)

    plan(office, "2026-05-01")

    assert nets(office) == [1_00, 1_00, 3_00, 3_00, 3_00]


def test_a_line_added_in_the_month_is_charged_from_its_day(office: Office) -> None:
    agreement = agreed(office, "2026-01-01", term(price="31.00"))
    change(office, agreement, "2026-01-22", None, new_term=seats("31.00", "1"))

    plan(office, "2026-02-01")

    assert nets(office) == [31_00, 10_00, 31_00, 31_00]


def test_a_line_that_ends_is_credited_for_the_days_left(office: Office) -> None:
    agreement = agreed(office, "2026-01-01", term(price="31.00"), seats("31.00", "1"))
    assert bill(office, "2026-01-31") == [31_00, 31_00]
    change(office, agreement, "2026-01-11", 2, ends=True)

    assert sorted(bill(office, "2026-02-28")) == [-31_00, 10_00, 31_00]


def test_without_proration_the_version_of_the_first_day_bills_the_month(office: Office) -> None:
    agreement = agreed(office, "2026-01-01", term(price="10.00"), proration="none")
    bill(office, "2026-01-31")
    change(office, agreement, "2026-01-15", unit_price="20.00")

    assert bill(office, "2026-02-28") == [20_00]


def test_a_pause_is_not_charged(office: Office) -> None:
    agreement = agreed(office, "2026-01-01", term(price="31.00"))
    pause([agreement], from_on=day("2026-01-11"), until=day("2026-01-21"), by=office.specialist)

    plan(office, "2026-02-01")

    assert nets(office) == [21_00, 31_00]  # ten days of January less


def test_a_pause_over_a_billed_month_takes_it_back_and_resuming_bills_the_rest(office: Office) -> None:
    agreement = agreed(office, "2026-01-01", term(price="31.00"))
    bill(office, "2026-01-31")
    pause([agreement], from_on=day("2026-01-01"), by=office.specialist)
    assert bill(office, "2026-02-28") == [-31_00]

    resume([agreement], on_day=day("2026-03-22"), by=office.specialist)

    assert bill(office, "2026-04-01") == [10_00, 31_00]  # March 22 to 31 is 10 of 31 days


def test_pauses_of_one_agreement_do_not_overlap(office: Office) -> None:
    agreement = agreed(office, "2026-01-01", term())
    pause([agreement], from_on=day("2026-01-11"), until=day("2026-01-21"), by=office.specialist)

    with pytest.raises(Refused, match=r"agreement\.pauses_already"):
        pause([agreement], from_on=day("2026-01-20"), by=office.specialist)


def test_an_end_dated_back_credits_what_was_billed_in_advance(office: Office) -> None:
    agreement = agreed(office, "2026-01-01", term(price="365.00"), interval_count=12)
    assert bill(office, "2026-01-31") == [365_00]
    end([agreement], ends_on=day("2026-04-11"), by=office.specialist)

    assert sorted(bill(office, "2026-04-30")) == [-365_00, 100_00]  # 100 of 365 days were used


def test_undo_puts_an_end_back_to_what_it_was(office: Office) -> None:
    agreement = agreed(office, "2026-01-01", term(price="10.00"))
    end([agreement], ends_on=day("2026-02-01"), by=office.specialist)
    [(event,)] = rows("select max(id) from events_event where entity_id = %s", office.entity_id)

    undo(event, by=office.specialist)

    plan(office, "2026-03-01")
    assert nets(office) == [10_00, 10_00, 10_00]


def test_an_early_cancelled_run_leaves_drafts_ahead_that_the_change_still_reaches(office: Office) -> None:
    agreement = agreed(office, "2026-01-01", term(price="10.00"))
    plan(office, "2026-03-31")
    change(office, agreement, "2026-02-01", unit_price="20.00")

    plan(office, "2026-01-31")
    plan(office, "2026-03-31")

    assert nets(office) == [10_00, 20_00, 20_00]


def test_a_list_price_counts_from_its_day_for_whole_periods(office: Office) -> None:
    prices = [("12.00", "2026-01-01"), ("13.00", "2026-03-01")]
    set_prices([NewPrice("SEAT", "EUR", Decimal(p), day(on)) for p, on in prices], by=office.coordinator)
    agreed(office, "2026-01-01", term(item="SEAT", price=None, model="per_unit", quantity="2"))

    plan(office, "2026-04-01")

    assert nets(office) == [24_00, 24_00, 26_00, 26_00]


def test_a_list_price_dated_back_is_repaired_where_it_was_billed(office: Office) -> None:
    set_prices([NewPrice("SEAT", "EUR", Decimal(12), day("2026-01-01"))], by=office.coordinator)
    agreed(office, "2026-01-01", term(item="SEAT", price=None, model="per_unit"))
    assert bill(office, "2026-02-28") == [12_00, 12_00]

    made = set_prices([NewPrice("SEAT", "EUR", Decimal(13), day("2026-02-01"))], by=office.coordinator)
    recheck_prices([(row.item_id, row.from_on) for row in made], by=office.coordinator)

    assert sorted(bill(office, "2026-02-28")) == [-12_00, 13_00]


def test_what_a_clerk_credited_is_not_taken_back_twice(office: Office) -> None:
    agreement = agreed(office, "2026-01-01", term(price="100.00"))
    bill(office, "2026-01-31")
    [(invoice,)] = rows("select max(id) from invoicing_invoice where entity_id = %s", office.entity_id)
    credit_invoice(invoice, lines={1: 30_00}, reason="goodwill", today=day("2026-01-31"), by=office.specialist)
    end([agreement], ends_on=day("2026-01-01"), by=office.specialist)

    assert bill(office, "2026-01-31") == [-70_00]
    assert bill(office, "2026-01-31") == []


def test_a_changed_draft_after_a_change_in_the_month_of_a_run_not_planned_again_is_repaired_later(
    office: Office,
) -> None:
    agreement = agreed(office, "2026-01-01", term(price="10.00"))
    bill(office, "2026-01-31")
    change(office, agreement, "2026-01-01", unit_price="20.00")

    assert sum(bill(office, "2026-02-28")) == 30_00  # -10 + 20 for January, 20 for February
