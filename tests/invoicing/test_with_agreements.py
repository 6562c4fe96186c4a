"""Agreements, runs, voids and credits together: in whichever order, the customer pays what was agreed."""

from __future__ import annotations

from datetime import date

from duly.invoicing.actions.credit import credit_invoice
from duly.invoicing.actions.void import correct_invoice, void_invoice
from tests.commercial.scenario_commercial import agreed, bill, term
from tests.commercial.test_amendments import change
from tests.invoicing.scenario_invoicing import rows, value
from tests.scenario import Office

FEB1 = date(2026, 2, 1)


def newest(office: Office) -> int:
    return int(
        value("select max(id) from invoicing_invoice where kind = 'invoice' and entity_id = %s", office.entity_id)
    )


def billed_net(office: Office) -> int:
    """What the customer was billed in all, credits taken off."""
    return int(
        value("select coalesce(sum(net_minor), 0) from invoicing_invoice where entity_id = %s", office.entity_id)
    )


def test_a_voided_month_is_billed_again_once(office: Office) -> None:
    agreed(office, "2026-01-01", term(price="31.00"))
    assert bill(office, "2026-01-31") == [31_00]
    void_invoice(newest(office), reason="wrong address", today=FEB1, by=office.system)

    assert bill(office, "2026-01-31") == [31_00]
    assert bill(office, "2026-01-31") == []
    assert bill(office, "2026-02-28") == [31_00]
    assert billed_net(office) == 62_00


def test_a_backdated_change_after_a_void_repairs_what_was_billed_again(office: Office) -> None:
    agreement = agreed(office, "2026-01-01", term(price="31.00"))
    bill(office, "2026-01-31")
    void_invoice(newest(office), reason="wrong address", today=FEB1, by=office.system)
    bill(office, "2026-01-31")
    change(office, agreement, "2026-01-01", unit_price="40.00")

    bill(office, "2026-02-28")
    bill(office, "2026-02-28")

    # two months at 40.00
    assert billed_net(office) == 80_00


def test_a_backdated_change_before_the_voided_month_is_billed_again(office: Office) -> None:
    agreement = agreed(office, "2026-01-01", term(price="31.00"))
    bill(office, "2026-01-31")
    change(office, agreement, "2026-01-01", unit_price="40.00")
    void_invoice(newest(office), reason="wrong address", today=FEB1, by=office.system)

    bill(office, "2026-01-31")
    bill(office, "2026-01-31")

    assert billed_net(office) == 40_00


def test_a_partly_credited_month_is_repaired_by_what_is_left(office: Office) -> None:
    agreement = agreed(office, "2026-01-01", term(price="31.00"))
    bill(office, "2026-01-31")
    credit_invoice(newest(office), lines={1: 1_00}, reason="late", today=FEB1, by=office.system)
    change(office, agreement, "2026-01-01", unit_price="40.00")

    bill(office, "2026-02-28")

    assert rows("select state from invoicing_run_item where state = 'held'") == []
    assert billed_net(office) in (79_00, 80_00)


def test_a_corrected_month_stays_as_corrected(office: Office) -> None:
    agreed(office, "2026-01-01", term(price="31.00"))
    bill(office, "2026-01-31")
    correct_invoice(newest(office), {1: {"net_minor": 20_00}}, reason="agreed by phone", today=FEB1, by=office.system)

    assert bill(office, "2026-01-31") == []
    assert bill(office, "2026-02-28") == [31_00]
    assert billed_net(office) == 51_00
