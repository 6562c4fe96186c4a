"""Rights that conflict are not held in one hand, but under the owner's dated word, and then somebody looks weekly."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from duly.access.actions import (
    NewRight,
    accept_proposal,
    create_user,
    end_pass,
    end_waiver,
    grant_role,
    pass_gate,
    require_gate,
    review_week,
    set_policy,
    set_right,
    sign_waiver,
)
from duly.access.queries import actor_of, overlaps, policy, proposals, reviews_due
from duly.access.rules import CONFLICTS, ROLES, conflicts_in, levels_of
from duly.kernel.clock import today_in
from duly.kernel.refusals import NotAllowed, Proposed, Refused
from tests.scenario import Office

TODAY = today_in("Europe/Berlin")
MONDAY = TODAY - timedelta(days=TODAY.weekday())


def one_more(office: Office) -> int:
    """A person without any role yet."""
    return create_user(f"one{office.entity_id}@example.com", "Robin")


@pytest.mark.parametrize("role", ROLES)
def test_no_shipped_role_holds_conflicting_rights(role: str) -> None:
    assert conflicts_in({right for right, level in levels_of(role).items() if level == "do"}) == []


def test_every_conflict_names_rights_that_exist() -> None:
    known = {right for role in ROLES for right in levels_of(role)}

    assert {right for right, others, _ in CONFLICTS for right in {right, *others}} <= known


def test_conflicting_rights_are_refused_when_they_are_granted(office: Office) -> None:
    with pytest.raises(Refused, match=r"access\.rights_conflict"):
        grant_role(office.specialist.user_id or 0, "accountant", by=office.owner)

    assert actor_of(office.specialist.user_id or 0, office.entity_id).roles == ("specialist",)


def test_a_right_that_would_bring_conflict_into_a_role_is_refused(office: Office) -> None:
    wanted = NewRight("specialist", "refunds.release", "do", TODAY)

    with pytest.raises(Refused, match=r"access\.rights_conflict"):
        set_right(wanted, by=office.owner)


def test_under_the_owners_waiver_one_person_holds_both(office: Office) -> None:
    user_id = office.specialist.user_id or 0
    until = TODAY + timedelta(days=90)
    waiver = sign_waiver(user_id, reason="two people work here", from_on=TODAY, until_on=until, by=office.owner)

    grant_role(user_id, "accountant", by=office.owner)

    assert actor_of(user_id, office.entity_id).may_do("refunds.release")
    assert {found.waiver_id for found in overlaps(office.entity_id, TODAY)} == {waiver}


def test_when_the_waiver_ends_conflicting_rights_are_only_asked_for(office: Office) -> None:
    user_id = office.specialist.user_id or 0
    until = TODAY + timedelta(days=90)
    waiver = sign_waiver(user_id, reason="two people work here", from_on=TODAY, until_on=until, by=office.owner)
    grant_role(user_id, "accountant", by=office.owner)

    end_waiver(waiver, today=TODAY, by=office.owner)

    after = actor_of(user_id, office.entity_id)
    assert not after.may_do("refunds.release")
    assert after.may("refunds.release")
    assert {found.waiver_id for found in overlaps(office.entity_id, TODAY)} == {None}


@pytest.mark.parametrize("who", ["coordinator", "accountant", "admin"])
def test_only_the_owner_signs_a_waiver(office: Office, who: str) -> None:
    with pytest.raises(NotAllowed, match=r"access\.right_missing"):
        sign_waiver(
            office.specialist.user_id or 0,
            reason="handy",
            from_on=TODAY,
            until_on=TODAY + timedelta(days=9),
            by=getattr(office, who),
        )


def test_a_waiver_lasts_a_year_at_most_and_says_why(office: Office) -> None:
    user_id = office.specialist.user_id or 0

    with pytest.raises(Refused, match="at_most_a_year"):
        sign_waiver(user_id, reason="x", from_on=TODAY, until_on=TODAY + timedelta(days=400), by=office.owner)
    with pytest.raises(Refused, match="reason_missing"):
        sign_waiver(user_id, reason=" ", from_on=TODAY, until_on=TODAY + timedelta(days=9), by=office.owner)


def test_each_week_of_a_waiver_is_due_until_it_was_looked_through(office: Office) -> None:
    user_id, begin = office.specialist.user_id or 0, MONDAY - timedelta(days=14)
    waiver = sign_waiver(user_id, reason="small", from_on=begin, until_on=TODAY + timedelta(days=90), by=office.owner)
    due = [row.week_on for row in reviews_due(office.entity_id, TODAY)]

    review_week(waiver, due[0], finding="all in order", today=TODAY, by=office.auditor)

    assert due == [begin, begin + timedelta(days=7)]
    assert [row.week_on for row in reviews_due(office.entity_id, TODAY)] == due[1:]
    with pytest.raises(Refused, match="nothing_due"):
        review_week(waiver, due[0], finding="again", today=TODAY, by=office.auditor)
    with pytest.raises(Refused, match="nothing_due"):
        review_week(waiver, MONDAY, finding="not over yet", today=TODAY, by=office.auditor)


def test_nobody_looks_through_their_own_week_while_others_work_here(office: Office) -> None:
    begin = MONDAY - timedelta(days=7)
    waiver = sign_waiver(
        office.owner.user_id or 0, reason="small", from_on=begin, until_on=TODAY + timedelta(days=9), by=office.owner
    )

    with pytest.raises(NotAllowed, match="reviewed_by_another"):
        review_week(waiver, begin, finding="fine", today=TODAY, by=office.owner)


def test_under_a_waiver_the_maker_may_decide_and_the_row_names_it(office: Office) -> None:
    with pytest.raises(Proposed):
        set_policy("proposals.deadline_days", 5, from_on=TODAY, by=office.owner)
    [asked] = proposals(office.entity_id)
    with pytest.raises(NotAllowed, match="checker_is_maker"):
        accept_proposal(asked.id, by=office.owner)

    waiver = sign_waiver(
        office.owner.user_id or 0, reason="alone", from_on=TODAY, until_on=TODAY + timedelta(days=9), by=office.owner
    )
    accept_proposal(asked.id, by=office.owner)

    assert proposals(office.entity_id, state="accepted")[0].waiver_id == waiver
    assert policy(office.entity_id, "proposals.deadline_days", TODAY) == 5


def test_a_policy_holds_from_its_day_and_what_was_before_stays(office: Office) -> None:
    later = TODAY + timedelta(days=30)

    set_policy("proposals.deadline_days", 4, from_on=TODAY, by=office.system)
    set_policy("proposals.deadline_days", 1, from_on=later, by=office.system)

    assert policy(office.entity_id, "proposals.deadline_days", TODAY - timedelta(days=1)) == 2
    assert policy(office.entity_id, "proposals.deadline_days", TODAY) == 4
    assert policy(office.entity_id, "proposals.deadline_days", later) == 1


def test_a_trainee_acts_alone_once_the_gate_is_passed_and_until_it_ends(office: Office) -> None:
    user_id = one_more(office)
    grant_role(user_id, "specialist", is_trainee=True, by=office.owner)
    assert not actor_of(user_id, office.entity_id).may_do("charges.edit")

    pass_gate(user_id, "billing", passed_on=TODAY, by=office.coordinator)
    assert actor_of(user_id, office.entity_id).may_do("charges.edit")
    assert not actor_of(user_id, office.entity_id).may_do("receipts.record")

    end_pass(user_id, "billing", on_day=TODAY, by=office.coordinator)
    assert actor_of(user_id, office.entity_id).gates["charges.edit"] == "billing"


def test_a_pass_that_ended_is_no_pass(office: Office) -> None:
    user_id = one_more(office)
    grant_role(user_id, "specialist", is_trainee=True, by=office.owner)

    pass_gate(user_id, "billing", passed_on=TODAY - timedelta(days=9), valid_to=TODAY, by=office.coordinator)

    assert not actor_of(user_id, office.entity_id).may_do("charges.edit")


def test_nobody_passes_a_gate_by_their_own_word(office: Office) -> None:
    with pytest.raises(NotAllowed, match="never_to_oneself"):
        pass_gate(office.coordinator.user_id or 0, "billing", passed_on=TODAY, by=office.coordinator)


def test_a_right_may_need_a_gate_from_a_day_on(office: Office) -> None:
    require_gate("usage.record", "billing", from_on=TODAY, by=office.system)
    user_id = one_more(office)
    grant_role(user_id, "specialist", is_trainee=True, by=office.owner)

    assert actor_of(user_id, office.entity_id).gates["usage.record"] == "billing"
    assert actor_of(office.specialist.user_id or 0, office.entity_id).may_do("usage.record")


def test_a_role_that_moves_money_is_the_owners_to_give(office: Office) -> None:
    user_id = one_more(office)

    grant_role(user_id, "auditor", by=office.admin)
    with pytest.raises(Proposed, match="Owner"):
        grant_role(user_id, "specialist", by=office.admin)

    [asked] = proposals(office.entity_id)
    accept_proposal(asked.id, by=office.owner)
    assert set(actor_of(user_id, office.entity_id).roles) == {"auditor", "specialist"}


def test_who_gains_by_a_proposal_never_decides_it(office: Office) -> None:
    second = one_more(office)
    grant_role(second, "owner", by=office.owner)
    with pytest.raises(Proposed):
        grant_role(second, "auditor", by=office.coordinator)
    [asked] = proposals(office.entity_id)

    with pytest.raises(NotAllowed, match="checker_is_beneficiary"):
        accept_proposal(asked.id, by=actor_of(second, office.entity_id))


def test_a_level_changes_from_a_day_on(office: Office) -> None:
    tomorrow = TODAY + timedelta(days=1)

    set_right(NewRight("specialist", "invoices.credit", "propose", tomorrow), by=office.owner)

    assert actor_of(office.specialist.user_id or 0, office.entity_id).may_do("invoices.credit")
    set_right(NewRight("specialist", "invoices.credit", None, TODAY), by=office.owner)
    assert not actor_of(office.specialist.user_id or 0, office.entity_id).may("invoices.credit")


def test_nobody_changes_the_rights_of_a_role_they_hold(office: Office) -> None:
    with pytest.raises(NotAllowed, match="never_to_oneself"):
        set_right(NewRight("owner", "receipts.record", "do", date(2026, 1, 1)), by=office.owner)
