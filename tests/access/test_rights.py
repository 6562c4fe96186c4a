"""Rights and limits are data with days; nobody acts beyond them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection

from duly.access.actions import (
    check_attempts,
    create_user,
    grant_role,
    make_sign_in_link,
    note_attempt,
    revoke_role,
    sign_waiver,
    spend_sign_in_link,
)
from duly.access.queries import actor_of, entities_of, members, user_id_by_email, who_can
from duly.access.rules import ALL_RIGHTS, ROLE_RIGHTS
from duly.kernel.actions import REGISTRY
from duly.kernel.clock import today_in
from duly.kernel.refusals import BadInput, NotAllowed, Refused
from tests.scenario import Office, account, open_office


def test_a_role_holds_the_rights_of_the_tables(office: Office) -> None:
    assert office.specialist.may("charges.edit")
    assert not office.specialist.may("runs.issue")
    assert not office.auditor.may("charges.edit")


def test_a_right_ends_on_its_day(office: Office) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "update access_role_right set valid_to = %s where entity_id = %s and role = 'specialist'"
            " and right_name = 'charges.edit'",
            [date(2025, 1, 1), office.entity_id],
        )

    actor = actor_of(office.specialist.user_id or 0, office.entity_id)

    assert not actor.may("charges.edit")
    assert actor.may("charges.review")


def test_the_wider_limit_of_two_roles_holds(office: Office) -> None:
    user_id = office.specialist.user_id or 0
    assert actor_of(user_id, office.entity_id).limits[("invoices.credit", "EUR")] == 500_00

    grant_role(user_id, "coordinator", by=office.system)

    assert actor_of(user_id, office.entity_id).limits[("invoices.credit", "EUR")] == 10_000_00


def test_a_role_without_a_limit_lifts_it(office: Office) -> None:
    user_id = office.specialist.user_id or 0
    sign_waiver(
        user_id,
        reason="two of us",
        from_on=today_in("UTC") - timedelta(days=9),
        until_on=today_in("UTC") + timedelta(days=99),
        by=office.owner,
    )

    grant_role(user_id, "owner", by=office.system)

    assert ("invoices.credit", "EUR") not in actor_of(user_id, office.entity_id).limits


@pytest.mark.parametrize("amount", [500_01, -500_01])
def test_an_amount_above_the_limit_is_refused_whatever_its_sign(office: Office, amount: int) -> None:
    with pytest.raises(NotAllowed, match=r"access\.limit_exceeded"):
        office.specialist.require_within_limit("invoices.credit", amount, "EUR")


def test_an_actor_without_the_right_changes_nothing(office: Office) -> None:
    with pytest.raises(NotAllowed, match=r"access\.right_missing"):
        account(Office(**{**vars(office), "specialist": office.auditor}))


def test_a_stranger_is_no_member(office: Office) -> None:
    other = open_office()

    with pytest.raises(NotAllowed, match=r"access\.not_a_member"):
        actor_of(office.specialist.user_id or 0, other.entity_id)
    assert [entity.id for entity in entities_of(office.specialist.user_id or 0)] == [office.entity_id]


def test_nobody_grants_or_takes_a_role_for_oneself(office: Office) -> None:
    with pytest.raises(NotAllowed, match=r"access\.never_to_oneself"):
        grant_role(office.owner.user_id or 0, "coordinator", by=office.owner)
    with pytest.raises(NotAllowed, match=r"access\.never_to_oneself"):
        revoke_role(office.owner.user_id or 0, "owner", by=office.owner)


def test_an_unknown_role_is_refused_with_those_there_are(office: Office) -> None:
    with pytest.raises(BadInput, match=r"roles=specialist, coordinator"):
        grant_role(office.specialist.user_id or 0, "boss", by=office.owner)


def test_a_refusal_can_name_who_can(office: Office) -> None:
    assert who_can(office.entity_id, "runs.issue", date(2026, 1, 1)) == ["Coordinator"]


def test_a_sign_in_link_opens_once(office: Office) -> None:
    token = make_sign_in_link(office.specialist.user_id or 0, office.entity_id)

    assert spend_sign_in_link(token).user_id == office.specialist.user_id

    with pytest.raises(Refused, match=r"access\.link_not_valid"):
        spend_sign_in_link(token)
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from access_sign_in_link where position(%s in token_hash::text) > 0", [token])
        assert cursor.fetchone()[0] == 0


def test_an_old_link_opens_nothing(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    token = make_sign_in_link(office.specialist.user_id or 0, office.entity_id, days=1)
    later = date.today() + timedelta(days=2)  # noqa: DTZ011  only has to lie after the link's day

    monkeypatch.setenv("DULY_NOW", f"{later}T12:00:00+00:00")

    with pytest.raises(Refused, match=r"access\.link_not_valid"):
        spend_sign_in_link(token)


def test_ten_failures_in_a_quarter_of_an_hour_are_enough(office: Office) -> None:
    for _ in range(10):
        note_attempt("somebody@example.com", "192.0.2.1", succeeded=False)

    with pytest.raises(Refused, match=r"access\.too_many_attempts"):
        check_attempts("somebody@example.com", "192.0.2.2")
    check_attempts("another@example.com", "192.0.2.2")


def test_the_same_address_is_the_same_person(office: Office) -> None:
    assert create_user("Dana@Example.com", "Dana") == create_user("dana@example.com", "Someone else")
    assert user_id_by_email("DANA@example.com") is not None


def test_a_weak_password_is_refused_with_the_remedy(db: None) -> None:
    with pytest.raises(BadInput, match=r"access\.password_weak"):
        create_user("dana@example.com", "Dana", password="password")


def test_every_action_asks_for_a_right_that_some_role_holds() -> None:
    ours = [function for function in REGISTRY.values() if function.__module__.startswith("duly.")]
    asked = {function.right for function in ours}  # type: ignore[attr-defined]

    assert asked - ALL_RIGHTS == set()


def test_no_role_may_delete_a_financial_record() -> None:
    assert not any("delete" in right for rights in ROLE_RIGHTS.values() for right in rights)


def test_members_are_listed_with_their_roles(office: Office) -> None:
    found = {member.name: member.roles for member in members(office.entity_id)}

    assert found["Coordinator"] == ["coordinator"]
    assert len(found) == 6
