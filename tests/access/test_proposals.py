"""An act beyond one's right waits for somebody entitled; in between nothing of it has happened."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from duly.access.actions import accept_proposal, create_user, grant_role, refuse_proposal, withdraw_proposal
from duly.access.models import Proposal
from duly.access.queries import actor_of, proposal, proposals
from duly.invoicing.actions.credit import credit_invoice
from duly.kernel.actions import rehearsal
from duly.kernel.actor import Actor
from duly.kernel.refusals import NotAllowed, Proposed, Refused
from duly.receivables.queries import balance_minor
from tests.invoicing.scenario_invoicing import charge, issue, rows, value
from tests.scenario import Office, account

JAN31 = date(2026, 1, 31)
FEB3 = date(2026, 2, 3)
LARGE = 900_00
GROSS = 1_071_00


def billed(office: Office, net_minor: int = LARGE) -> tuple[int, int]:
    """One account with one invoice; returns the ids of both."""
    ann = account(office)
    charge(office, ann, net_minor)
    return ann, issue(office, ann).document_ids[0]


def asked_for(office: Office, **how: Any) -> Proposal:
    """What a specialist asks for: the credit of a whole invoice that is above the limit."""
    _, invoice = billed(office)
    with pytest.raises(Proposed):
        credit_invoice(invoice, reason="price was wrong", today=FEB3, by=office.specialist, **how)
    [found] = proposals(office.entity_id)
    return found


def trainee_of(office: Office) -> Actor:
    """A specialist who has passed no gate yet."""
    user_id = create_user(f"trainee{office.entity_id}@example.com", "Trainee")
    grant_role(user_id, "specialist", is_trainee=True, by=office.system)
    return actor_of(user_id, office.entity_id)


def test_a_proposal_changes_nothing_until_it_is_accepted(office: Office) -> None:
    ann, invoice = billed(office)
    postings = value("select count(*) from ledger_posting")

    with pytest.raises(Proposed) as sent:
        credit_invoice(invoice, reason="price was wrong", today=FEB3, by=office.specialist)

    assert sent.value.facts["who"] == ["Accountant", "Coordinator", "Owner"]
    assert balance_minor(office.entity_id, ann, FEB3) == GROSS
    assert value("select count(*) from ledger_posting") == postings


def test_a_proposal_keeps_its_evidence(office: Office) -> None:
    found = asked_for(office)

    assert (found.action, found.right_name, found.cause) == (
        "invoices.credit",
        "invoices.credit",
        "access.limit_exceeded",
    )
    assert (found.amount_minor, found.currency, found.reason) == (GROSS, "EUR", "price was wrong")
    assert found.summary == "Credited 1,071.00 EUR: price was wrong"
    assert (found.balance_before_minor, found.balance_after_minor) == (GROSS, 0)
    assert found.made_by_name == "Specialist"
    assert rows("select summary from events_event where action = 'proposals.make'") == [
        ("Asked for approval: Credited 1,071.00 EUR: price was wrong",)
    ]


def test_who_is_entitled_accepts_and_the_event_names_maker_and_checker(office: Office) -> None:
    found = asked_for(office)

    accept_proposal(found.id, by=office.coordinator)

    [(actor, facts)] = rows("select actor, facts from events_event where action = 'proposals.accept'")
    assert actor == "Coordinator"
    assert '"maker": "Specialist"' in facts
    assert '"checker": "Coordinator"' in facts
    assert balance_minor(office.entity_id, found.account_id or 0, FEB3.replace(year=2100)) == 0
    assert proposal(office.entity_id, found.id).state == "accepted"


def test_the_checker_may_accept_other_arguments(office: Office) -> None:
    found = asked_for(office, amount_minor=800_00)

    accept_proposal(found.id, changes={"amount_minor": 600_00}, by=office.coordinator)

    after = proposal(office.entity_id, found.id)
    assert after.arguments["amount_minor"] == 800_00
    assert (after.decided_arguments or {})["amount_minor"] == 600_00
    assert value("select max(-total_minor) from invoicing_invoice where kind = 'credit_note'") == 600_00


def test_what_was_refused_was_never_done(office: Office) -> None:
    found = asked_for(office)

    refuse_proposal(found.id, reason="the price was right", by=office.coordinator)

    after = proposal(office.entity_id, found.id)
    assert (after.state, after.decided_reason) == ("refused", "the price was right")
    with pytest.raises(Refused, match="cannot_become_accepted"):
        accept_proposal(found.id, by=office.coordinator)


def test_a_proposal_is_refused_with_a_reason_only(office: Office) -> None:
    found = asked_for(office)

    with pytest.raises(Refused, match="reason_missing"):
        refuse_proposal(found.id, reason=" ", by=office.coordinator)


def test_its_maker_withdraws_a_proposal_and_nobody_else(office: Office) -> None:
    found = asked_for(office)

    with pytest.raises(NotAllowed, match="not_its_maker"):
        withdraw_proposal(found.id, by=office.coordinator)
    withdraw_proposal(found.id, by=office.specialist)

    assert proposal(office.entity_id, found.id).state == "withdrawn"


def test_the_maker_is_never_the_checker(office: Office) -> None:
    found = asked_for(office)
    grant_role(office.specialist.user_id or 0, "coordinator", by=office.system)
    promoted = actor_of(office.specialist.user_id or 0, office.entity_id)

    with pytest.raises(NotAllowed, match="checker_is_maker"):
        accept_proposal(found.id, by=promoted)


def test_the_database_holds_that_maker_and_checker_differ(office: Office) -> None:
    found = asked_for(office)

    itself = "update access_proposal set state = 'accepted', decided_by = made_by where entity_id = %s and id = %s"

    with (
        pytest.raises(IntegrityError, match="checker_is_not_maker"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(itself, [office.entity_id, found.id])


def test_a_checker_needs_right_and_limit_too(office: Office) -> None:
    _, invoice = billed(office, 20_000_00)
    with pytest.raises(Proposed, match="Owner"):
        credit_invoice(invoice, reason="all of it", today=FEB3, by=office.specialist)
    [found] = proposals(office.entity_id)

    with pytest.raises(NotAllowed, match="beyond_the_checker"):
        accept_proposal(found.id, by=office.coordinator)
    accept_proposal(found.id, by=office.owner)

    assert proposal(office.entity_id, found.id).decided_by_name == "Owner"


def test_asked_twice_is_asked_once(office: Office) -> None:
    _, invoice = billed(office)

    for _ in range(2):
        with pytest.raises(Proposed):
            credit_invoice(invoice, reason="price was wrong", today=FEB3, by=office.specialist)

    assert len(proposals(office.entity_id)) == 1
    assert value("select count(*) from events_event where action = 'proposals.make'") == 1


def test_what_would_be_refused_to_anybody_is_refused_at_once(office: Office) -> None:
    _, invoice = billed(office)

    with pytest.raises(Refused, match="credit"):
        credit_invoice(invoice, amount_minor=5_000_00, reason="too much", today=FEB3, by=office.specialist)

    assert proposals(office.entity_id) == []


def test_a_trainee_only_proposes(office: Office) -> None:
    _, invoice = billed(office, 10_00)

    with pytest.raises(Proposed, match="Specialist"):
        credit_invoice(invoice, reason="small", today=FEB3, by=trainee_of(office))

    [found] = proposals(office.entity_id)
    assert (found.cause, found.cause_facts["gate"]) == ("access.gate_missing", "billing")
    accept_proposal(found.id, by=office.specialist)
    assert value("select count(*) from invoicing_invoice where kind = 'credit_note'") == 1


def test_who_may_only_approve_asks_another_for_the_same_act(office: Office) -> None:
    _, invoice = billed(office, 10_00)

    with pytest.raises(Proposed, match="Coordinator"):
        credit_invoice(invoice, reason="small", today=FEB3, by=office.owner)


def test_a_rehearsal_leaves_no_proposal(office: Office) -> None:
    _, invoice = billed(office)

    with rehearsal(), pytest.raises(Proposed):
        credit_invoice(invoice, reason="price was wrong", today=FEB3, by=office.specialist)

    assert proposals(office.entity_id) == []


def test_another_entity_never_sees_a_proposal(office: Office) -> None:
    from tests.scenario import open_office

    found, other = asked_for(office), open_office()

    with pytest.raises(Refused, match=r"proposal\.unknown"):
        accept_proposal(found.id, by=other.coordinator)
