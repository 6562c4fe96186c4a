"""Accepting applies what was seen, once; one verb takes it back whole."""

from __future__ import annotations

from datetime import date

import pytest

from duly.banking.actions import Part
from duly.banking.queries import line, reconcile
from duly.events.actions import undo
from duly.kernel.refusals import BadInput, Refused
from duly.matching.actions import (
    Share,
    accept,
    accept_exact,
    apply_line,
    auto_apply,
    match,
    place,
    propose,
    put_on_account,
    split,
    unapply,
)
from duly.matching.queries import desk, line_detail, tabs
from duly.matching.verify import checks
from duly.payments.queries import unapplied_cash
from tests.banking.scenario_bank import ANN_IBAN, Booked, bank, lines_in
from tests.payments.scenario_money import balance, number_of, one, open_minor, owe, paid, rows
from tests.scenario import Office, account

TODAY = date(2026, 3, 9)
END = date(2026, 3, 31)


def ready_line(office: Office, item: int, amount_minor: int, *, opening_minor: int = 0, sequence: int = 1) -> int:
    """A line that cites the item, proposed; returns the line's id."""
    booked = Booked(amount_minor, number_of(office, item), payer="Ann", iban=ANN_IBAN)
    found = lines_in(office, [booked], opening_minor=opening_minor, sequence=sequence)[-1]
    propose(by=office.specialist)
    return found.id


def proposal_of(office: Office, line_id: int) -> int:
    detail = line_detail(office.entity_id, line_id).proposal
    assert detail is not None
    return detail.proposal.id


def test_accepting_places_the_line_and_settles_the_document(office: Office) -> None:
    bank(office)
    item = owe(office, account(office), 100_00)
    line_id = ready_line(office, item, 100_00)
    foreseen = line_detail(office.entity_id, line_id).proposal
    assert foreseen is not None

    accept(foreseen.proposal.id, today=TODAY, by=office.specialist)

    assert open_minor(office, item) == 0
    assert (balance(office, "1100"), balance(office, "1200"), balance(office, "2150")) == (100_00, 0, 0)
    assert [(post.gl_code, post.amount_minor) for post in foreseen.will_post] == [
        ("1100", 100_00),
        ("2150", -100_00),
        ("2150", 100_00),
        ("1200", -100_00),
    ]
    assert [row.line_id for row in desk(office.entity_id, "done")] == [line_id]
    assert desk(office.entity_id, "open") == []
    assert reconcile(office.entity_id, END).reconciled
    assert checks(office.entity_id) == []


def test_a_proposal_is_accepted_once(office: Office) -> None:
    bank(office)
    item = owe(office, account(office), 100_00)
    proposal_id = proposal_of(office, ready_line(office, item, 100_00))
    accept(proposal_id, today=TODAY, by=office.specialist)

    with pytest.raises(Refused, match=r"matching\.proposal_is_not_open"):
        accept(proposal_id, today=TODAY, by=office.coordinator)

    assert balance(office, "1100") == 100_00


def test_what_moved_since_it_was_proposed_is_refused_and_one_round_later_proposed_anew(office: Office) -> None:
    bank(office)
    ann = account(office)
    item = owe(office, ann, 100_00)
    first = ready_line(office, item, 100_00)
    other = ready_line(office, item, 60_00, opening_minor=100_00, sequence=2)
    stale = proposal_of(office, other)
    apply_line(first, ann, [(item, 100_00)], line_version=1, today=TODAY, by=office.specialist)

    with pytest.raises(Refused, match=r"matching\.proposal_is_not_open"):
        accept(stale, today=TODAY, by=office.specialist)

    assert desk(office.entity_id, "decide")[0].sentence.startswith("What was proposed has moved")
    propose(by=office.specialist)
    assert desk(office.entity_id, "decide")[0].rule == "on_account"


def test_a_moved_item_is_refused_by_its_amount(office: Office) -> None:
    bank(office)
    ann = account(office)
    item = owe(office, ann, 100_00)
    proposal_id = proposal_of(office, ready_line(office, item, 100_00))
    cheque = paid(office, ann, 30_00)
    from duly.payments.actions import apply_oldest_first

    apply_oldest_first([ann], today=TODAY, by=office.specialist)

    with pytest.raises(Refused, match=r"matching\.proposal_stale"):
        accept(proposal_id, today=TODAY, by=office.specialist)

    assert accept_exact(today=TODAY, by=office.specialist).moved == 1
    assert desk(office.entity_id, "decide")[0].sentence.startswith("What was proposed has moved")
    assert (open_minor(office, item), cheque > 0) == (70_00, True)


def test_all_exact_lines_are_one_act_with_one_undo(office: Office) -> None:
    bank(office)
    items = [owe(office, account(office, name=f"C{place}"), 10_00 + place) for place in range(5)]
    lines_in(office, [Booked(10_00 + place, number_of(office, item)) for place, item in enumerate(items)])

    matched = match(today=TODAY, by=office.specialist)

    assert (matched.lines, matched.applied) == (5, 5)
    assert [open_minor(office, item) for item in items] == [0] * 5
    done = {(tab.state, tab.lines, tab.by_rule) for tab in tabs(office.entity_id)}
    assert done == {("done", 5, 5)}
    event = one("select max(id) from events_event where entity_id = %s and action = 'matching.match'", office.entity_id)

    undo(event, today=TODAY, by=office.specialist)

    assert [open_minor(office, item) for item in items] == [10_00 + place for place in range(5)]
    assert len(desk(office.entity_id, "open")) == 5
    assert balance(office, "1100") == 0
    assert rows("select count(*) from parties_bank_detail where entity_id = %s", office.entity_id) == [(0,)]
    assert match(today=TODAY, by=office.specialist).applied == 0, "what a person took back is not applied again"


def test_only_exact_is_applied_without_a_person(office: Office) -> None:
    bank(office)
    item = owe(office, account(office), 100_00)
    ready_line(office, item, 60_00)

    assert auto_apply(today=TODAY, by=office.specialist).lines == 0
    assert open_minor(office, item) == 100_00


def test_a_part_payment_leaves_the_rest_open_and_the_next_settles_it(office: Office) -> None:
    # 100.00 - 60.00 = 40.00
    bank(office)
    item = owe(office, account(office), 100_00)
    accept(proposal_of(office, ready_line(office, item, 60_00)), today=TODAY, by=office.specialist)
    assert open_minor(office, item) == 40_00

    accept(
        proposal_of(office, ready_line(office, item, 40_00, opening_minor=60_00, sequence=2)),
        today=TODAY,
        by=office.specialist,
    )

    assert open_minor(office, item) == 0


def test_overpayment_stays_unapplied_on_the_account(office: Office) -> None:
    bank(office)
    item = owe(office, account(office), 100_00)

    accept(proposal_of(office, ready_line(office, item, 130_00)), today=TODAY, by=office.specialist)

    assert open_minor(office, item) == 0
    assert [row.open_minor for row in unapplied_cash(office.entity_id, as_of=END)] == [-30_00]


def test_a_line_by_hand_to_chosen_documents(office: Office) -> None:
    # 150.00 = 100.00 + 30.00 of 50.00, 20.00 stay on the account
    bank(office)
    ann = account(office)
    items = [owe(office, ann, 100_00), owe(office, ann, 50_00)]
    [found] = lines_in(office, [Booked(150_00, "no words")])

    apply_line(
        found.id,
        ann,
        [(items[0], 100_00), (items[1], 30_00)],
        line_version=found.version,
        today=TODAY,
        by=office.specialist,
    )

    assert [open_minor(office, item) for item in items] == [0, 20_00]
    assert balance(office, "2150") == -20_00
    assert checks(office.entity_id) == []


def test_a_line_splits_over_two_customers_and_a_charge(office: Office) -> None:
    # 147.00 = 100.00 (Ann) + 50.00 (Bob) - 3.00 the bank kept
    bank(office)
    ann, bob = account(office), account(office, name="Bob")
    items = [owe(office, ann, 100_00), owe(office, bob, 50_00)]
    [found] = lines_in(office, [Booked(147_00, "both of us")])
    shares = [
        Share(100_00, ann, ((items[0], 100_00),)),
        Share(50_00, bob, ((items[1], 50_00),)),
        Share(-3_00, gl_code="6100", memo="foreign transfer"),
    ]

    split(found.id, shares, line_version=found.version, today=TODAY, by=office.specialist)

    assert [open_minor(office, item) for item in items] == [0, 0]
    assert (balance(office, "1100"), balance(office, "6100")) == (147_00, 3_00)

    unapply([found.id], today=TODAY, by=office.specialist)

    assert [open_minor(office, item) for item in items] == [100_00, 50_00]
    assert (balance(office, "1100"), balance(office, "6100")) == (0, 0)
    assert checks(office.entity_id) == []


@pytest.mark.parametrize(
    ("share", "refusal", "code"),
    [
        pytest.param({"amount_minor": 90_00}, Refused, "bank.parts_do_not_add_up", id="not the whole line"),
        pytest.param({"items": "bob"}, Refused, "matching.item_of_another_account", id="another's document"),
        pytest.param({"items": "more"}, BadInput, "matching.more_applied_than_paid", id="more than was paid"),
        pytest.param({"version": 9}, Refused, "matching.proposal_stale", id="changed meanwhile"),
    ],
)
def test_by_hand_what_does_not_fit_is_refused(
    office: Office, share: dict[str, object], refusal: type[Refused], code: str
) -> None:
    bank(office)
    ann, bob = account(office), account(office, name="Bob")
    own, others = owe(office, ann, 500_00), owe(office, bob, 500_00)
    [found] = lines_in(office, [Booked(100_00)])
    items = {"bob": ((others, 10_00),), "more": ((own, 100_01),)}.get(str(share.get("items")), ())
    wanted = Share(int(str(share.get("amount_minor", 100_00))), ann, items)

    with pytest.raises(refusal, match=code.replace(".", r"\.")):
        split(
            found.id,
            [wanted],
            line_version=int(str(share.get("version", found.version))),
            today=TODAY,
            by=office.specialist,
        )

    assert balance(office, "1100") == 0


def test_money_on_account_can_be_taken_back(office: Office) -> None:
    bank(office)
    ann = account(office)
    [found] = lines_in(office, [Booked(100_00)])
    put_on_account(found.id, ann, line_version=found.version, today=TODAY, by=office.specialist)

    unapply([found.id], today=TODAY, by=office.specialist)

    assert (line(office.entity_id, found.id).state, balance(office, "2150")) == ("open", 0)


def test_charges_placed_from_the_desk_leave_it(office: Office) -> None:
    bank(office)
    [fee] = lines_in(office, [Booked(-3_00, "fee")])
    propose(by=office.specialist)

    place([Part(fee.id, "ledger", gl_code="6100")], today=TODAY, by=office.specialist)

    assert desk(office.entity_id, "open") == []
    assert [row.sentence for row in desk(office.entity_id, "done")] == ["Placed by Specialist as ledger."]


def test_a_payment_that_comes_back_opens_the_document_again(office: Office) -> None:
    bank(office)
    ann = account(office)
    item = owe(office, ann, 100_00)
    accept(proposal_of(office, ready_line(office, item, 100_00)), today=TODAY, by=office.specialist)
    back = Booked(-100_00, f"RETURN {number_of(office, item)}", on=date(2026, 3, 6), returned=True)
    [line_back] = lines_in(office, [back], opening_minor=100_00, sequence=2)
    propose(by=office.specialist)

    accept(proposal_of(office, line_back.id), today=TODAY, by=office.specialist)

    assert open_minor(office, item) == 100_00
    assert (balance(office, "1100"), balance(office, "1200"), balance(office, "2150")) == (0, 100_00, 0)
    assert unapplied_cash(office.entity_id, as_of=END) == []
    assert reconcile(office.entity_id, END).reconciled


def test_a_payer_is_remembered_and_forgotten_when_taken_back(office: Office) -> None:
    bank(office)
    item = owe(office, account(office), 100_00)
    line_id = ready_line(office, item, 100_00)
    accept(proposal_of(office, line_id), today=TODAY, by=office.specialist)
    seen = "select payments_seen, source, last4 from parties_bank_detail where entity_id = %s"

    assert rows(seen, office.entity_id) == [(1, "seen", ANN_IBAN[-4:])]

    unapply([line_id], today=TODAY, by=office.specialist)

    assert rows(seen, office.entity_id) == []
