"""Making agreements by hand and by the hundred thousand; withdrawing them; looking at them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from duly.catalog.actions import set_prices
from duly.catalog.models import NewPrice
from duly.commercial.actions import activate, agree, amend, next_bills, withdraw
from duly.commercial.models import Amendment, NewAgreement, NewTerm, NewTier
from duly.commercial.queries import agreement, agreements, charge_versions
from duly.commercial.verify import checks
from duly.events.actions import undo
from duly.kernel.actions import rehearsal
from duly.kernel.refusals import NotAllowed, NotFound, Refused
from tests.commercial.scenario_commercial import agreed, bill, day, drafts, nets, plan, rows, term, term_id, use
from tests.scenario import Office, account

JAN = date(2026, 1, 1)


def wanted(account_id: int | None = None, *terms: NewTerm, **facts: object) -> NewAgreement:
    return NewAgreement(JAN, terms or (term(),), account_id=account_id, **facts)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        pytest.param(wanted(-1), "account_unknown", id="an account nobody knows"),
        pytest.param(NewAgreement(JAN, (), account_number="?"), "account_unknown", id="a number nobody knows"),
        pytest.param(wanted(None, term(item="NOTHING")), "item_unknown", id="an item nobody knows"),
        pytest.param(wanted(None, term(model="usage")), "meter_missing", id="use without a meter"),
        pytest.param(wanted(None, term(model="package")), "package_size_missing", id="a package of no size"),
        pytest.param(wanted(None, term(model="percentage")), "percentage_missing", id="a percentage of none"),
        pytest.param(wanted(None, term(model="minimum")), "minimum_missing", id="a minimum of nothing"),
        pytest.param(wanted(None, term(model="graduated")), "tiers_missing", id="steps without steps"),
        pytest.param(
            wanted(None, term(model="volume", tiers=(NewTier(Decimal(5), Decimal(1)),))),
            "tiers_out_of_order",
            id="steps that end",
        ),
        pytest.param(wanted(None, ends_on=date(2025, 1, 1)), "ends_before_start", id="an end before the start"),
        pytest.param(wanted(None, interval_unit="once"), "interval_missing", id="a recurring line without interval"),
        pytest.param(wanted(None, proration="hour"), "proration_unknown", id="proration nobody knows"),
    ],
)
def test_an_agreement_that_cannot_be_billed_is_refused(office: Office, bad: NewAgreement, code: str) -> None:
    if bad.account_id is None and bad.account_number is None:
        bad = NewAgreement(**{**_facts(bad), "account_id": account(office)})

    with pytest.raises(Refused, match=rf"agreement\.{code}"):
        agree([bad], by=office.specialist)


def _facts(of: NewAgreement) -> dict[str, object]:
    return {name: getattr(of, name) for name in NewAgreement.__slots__}


def test_in_an_import_bad_rows_are_rejected_and_the_others_taken(office: Office) -> None:
    account_id = account(office)
    rows_in = [wanted(account_id, external_id="a"), wanted(-1, external_id="b"), wanted(account_id, external_id="a")]

    taken = agree(rows_in, by=office.specialist, import_batch_id=1)

    assert len(taken.ids) == 1
    assert [(row.place, row.code, row.about) for row in taken.rejected] == [
        (2, "agreement.account_unknown", ""),
        (3, "agreement.external_id_twice", "a"),
    ]


def test_an_agreement_imported_twice_is_there_once(office: Office) -> None:
    account_id = account(office)
    agree([wanted(account_id, external_id="a")], by=office.specialist, import_batch_id=1)

    again = agree([wanted(account_id, external_id="a")], by=office.specialist, import_batch_id=2)

    assert (again.ids, again.repeated) == ([], 1)


def test_an_import_can_be_undone_until_something_of_it_is_billed(office: Office) -> None:
    account_id = account(office)
    agree([wanted(account_id, external_id="a")], by=office.specialist, import_batch_id=7)
    plan(office, "2026-01-31")

    withdraw(import_batch_id=7, by=office.specialist)
    plan(office, "2026-01-31")

    assert nets(office) == []
    agree([wanted(account_id, external_id="a")], by=office.specialist, import_batch_id=8)
    bill(office, "2026-01-31")
    with pytest.raises(Refused, match=r"agreement\.billed_already"):
        withdraw(import_batch_id=8, by=office.specialist)


def test_making_an_agreement_is_an_event_that_can_be_undone(office: Office) -> None:
    agreement_id = agreed(office, "2026-01-01")
    [(event, summary)] = rows(
        "select id, summary from events_event where subject_kind = 'agreement' and subject_id = %s", agreement_id
    )

    undo(event, by=office.specialist)

    assert summary == "1 agreement made"
    assert agreements(office.entity_id) == []


def test_who_may_not_edit_agreements_is_refused(office: Office) -> None:
    with pytest.raises(NotAllowed):
        agree([wanted(account(office))], by=office.auditor)


def test_a_rehearsal_keeps_nothing(office: Office) -> None:
    account_id = account(office)

    with rehearsal():
        taken = agree([wanted(account_id)], by=office.specialist)

    assert len(taken.ids) == 1
    assert agreements(office.entity_id) == []


def test_three_thousand_agreements_are_made_in_one_go(office: Office) -> None:
    account_id = account(office)
    many = (wanted(account_id, term(), term(item="SEAT"), external_id=f"x{n}") for n in range(3000))

    taken = agree(many, by=office.specialist, import_batch_id=1)

    assert (len(taken.ids), taken.rejected) == (3000, [])
    assert rows("select count(*) from commercial_term where account_id = %s", account_id) == [(6000,)]


def test_versions_of_a_line_are_told_apart_field_by_field(office: Office) -> None:
    agreement_id = agreed(office, "2026-01-01", term(price="12.00"))
    amend([Amendment(agreement_id, date(2026, 7, 1), 1, unit_price=Decimal(13))], reason="CPI", by=office.specialist)

    found = agreement(office.entity_id, today=JAN, agreement_id=agreement_id)

    [difference] = found.differences
    assert (difference.field, difference.was, difference.now) == ("unit_price", "12", "13")
    assert (difference.from_on, found.amendments[0].reason) == (date(2026, 7, 1), "CPI")
    assert found.amendments[0].made_by == "Specialist"


@pytest.mark.parametrize(
    ("today", "standing"),
    [
        pytest.param("2025-12-31", "not_started", id="before"),
        pytest.param("2026-01-05", "trial", id="on trial"),
        pytest.param("2026-02-01", "active", id="running"),
        pytest.param("2026-12-01", "ended", id="over"),
    ],
)
def test_an_agreement_says_how_it_stands(office: Office, today: str, standing: str) -> None:
    agreement_id = agreed(office, "2026-01-01", trial_ends_on="2026-01-10", ends_on="2026-12-01")

    assert agreement(office.entity_id, today=day(today), agreement_id=agreement_id).facts.standing == standing


def test_an_agreement_of_another_entity_is_not_found(office: Office) -> None:
    agreement_id = agreed(office, "2026-01-01")

    with pytest.raises(NotFound):
        agreement(office.entity_id + 1, today=JAN, agreement_id=agreement_id)


def test_the_next_twelve_bills_are_a_calendar_and_nothing_is_kept(office: Office) -> None:
    agreement_id = agreed(office, "2026-01-01", term(price="12.00"), term(price="120.00", interval_count=12))
    amend([Amendment(agreement_id, date(2026, 7, 1), 1, unit_price=Decimal(13))], by=office.specialist)
    bill(office, "2026-01-31")

    bills = next_bills(office.entity_id, agreement_id, today=date(2026, 2, 1))

    assert [b.bill_on.month for b in bills] == [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 1]
    assert [b.net_minor for b in bills] == [12_00] * 5 + [13_00] * 6 + [133_00]
    assert nets(office) == []


def test_the_calendar_shows_what_is_billed_by_use(office: Office) -> None:
    user = account(office)
    line = term(item="USAGE", price="1.00", model="usage", meter="calls")
    agreement_id = agreed(office, "2026-01-01", line, account_id=user)
    use(office, "calls", ("2026-01-02T10:00Z", "3"), account_id=user, today="2026-01-02")

    [first, second, *_] = next_bills(office.entity_id, agreement_id, today=date(2026, 1, 3))

    assert (first.net_minor, second.net_minor, second.lines[0].by_use) == (3_00, 0, True)


def test_a_charge_says_in_sentences_how_it_came_to_be(office: Office) -> None:
    set_prices([NewPrice("SEAT", "EUR", Decimal(12), JAN)], by=office.coordinator)
    agreement_id = agreed(office, "2026-01-17", term(item="SEAT", price=None, model="per_unit", quantity="3"))
    plan(office, "2026-01-31")

    [version] = charge_versions(office.entity_id, drafts(office)[0].charge_key)

    assert version.charge_key == f"term:{term_id(agreement_id)}:2026-01-01"
    assert version.why() == [
        "3 seat at 12 EUR (list price).",
        "15 of the period's 31 days are covered.",
        "That comes to 17.42 EUR.",  # 36.00 - round(36.00 x 16 / 31) = 36.00 - 18.58
    ]


def test_a_reversal_says_why_it_takes_back(office: Office) -> None:
    agreement_id = agreed(office, "2026-01-01", term(price="31.00"))
    bill(office, "2026-01-31")
    amend([Amendment(agreement_id, date(2026, 1, 11), 1, unit_price=Decimal(62))], by=office.specialist)
    plan(office, "2026-01-31")
    [key] = [d.charge_key for d in drafts(office) if d.version == 2]

    billed, reversal, _ = charge_versions(office.entity_id, key)

    assert (billed.net_minor, reversal.net_minor) == (31_00, -31_00)
    assert reversal.why() == [
        "It was billed as 31.00 EUR.",
        "It should have been 10.00 EUR since the agreement changed, so -31.00 EUR takes it back.",
    ]


def test_steps_use_and_minimums_are_explained(office: Office) -> None:
    user = account(office)
    steps = (NewTier(Decimal(10), Decimal(5)), NewTier(None, Decimal(4)))
    line = term(item="USAGE", price=None, model="graduated", meter="calls", included_quantity="2", tiers=steps)
    agreed(office, "2026-01-01", line, term(price=None, model="minimum", minimum_minor=100_00), account_id=user)
    use(office, "calls", ("2026-01-02T10:00Z", "15"), account_id=user, today="2026-01-02")
    plan(office, "2026-02-01")

    by_use, minimum = (charge_versions(office.entity_id, d.charge_key)[0].why() for d in drafts(office))

    assert by_use == [
        "15 call were used on meter calls (in all), of which 2 are included.",
        "Above 0 up to 10: 10 at 5 EUR.",
        "Above 10 and more: 3 at 4 EUR.",
        "That comes to 62.00 EUR.",
    ]
    assert minimum == [
        "The minimum for the period is 100.00 EUR; the other lines come to 62.00 EUR.",
        "That comes to 38.00 EUR.",
    ]


def test_agreements_are_listed_by_pages_and_found_by_words(office: Office) -> None:
    ids = [agreed(office, "2026-01-01", name=f"Plan {n}") for n in range(3)]

    first = agreements(office.entity_id, limit=2)
    rest = agreements(office.entity_id, limit=2, before=first[-1].id)

    assert [row.id for row in first + rest] == ids[::-1]
    assert [row.name for row in agreements(office.entity_id, q="plan 1")] == ["Plan 1"]


def test_the_proof_of_agreements_finds_overlapping_versions(office: Office) -> None:
    agreement_id = agreed(office, "2026-01-01")
    assert checks(office.entity_id) == []
    rows(
        "insert into commercial_term select (jsonb_populate_record(t, jsonb_build_object('id', t.id + 1000000,"
        " 'valid_from', '2026-02-01', 'valid_to', '2026-03-01'))).* from commercial_term t where agreement_id = %s"
        " returning id",
        agreement_id,
    )

    assert [problem.check for problem in checks(office.entity_id)] == ["commercial.versions_overlap"]
    rows("delete from commercial_term where agreement_id = %s returning id", agreement_id)
    rows("delete from commercial_agreement where id = %s returning id", agreement_id)


def test_a_drafted_agreement_is_billed_once_approved(office: Office) -> None:
    [drafted] = agree([wanted(account(office), state="draft")], by=office.specialist).ids
    assert bill(office, "2026-01-31") == []
    with pytest.raises(NotAllowed):
        activate([drafted], by=office.specialist)

    activate([drafted], by=office.coordinator)

    assert bill(office, "2026-01-31") == [100_00]
