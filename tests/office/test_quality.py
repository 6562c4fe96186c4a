"""Which acts are reviewed is drawn by a seed; nobody reviews their own; findings become accuracy."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from duly.events.actions import undo
from duly.events.queries import recent_events
from duly.kernel.actions import last_event_id
from duly.kernel.clock import today_in
from duly.kernel.refusals import BadInput, NotAllowed, Refused
from duly.office.actions.planning import PersonPlan, plan_person
from duly.office.actions.quality import draw_sample, reopen, review
from duly.office.models import Sample
from duly.office.queries.team import Wanted, samples, throughput
from duly.office.rules import accuracy_percent, is_picked, kind_of_act
from duly.receivables.actions.accounts import release_holds
from tests.office.scenario_work import MONDAY, held, waiting
from tests.scenario import Office

SEED = "a seed that anybody may know"
TODAY = today_in("Europe/Berlin")


def drawn(office: Office, *, trainee: bool) -> list[Sample]:
    """Sixty holds are placed by a specialist, in training or not; the sample of them."""
    draw_sample(today=TODAY, by=office.system, seed=SEED)
    if trainee:
        plan = PersonPlan(office.specialist.user_id or 0, 2_280, trainee_until=TODAY)
        plan_person(plan, by=office.coordinator)
    for place in range(30):
        one = held(office, MONDAY, name=f"Customer {place}")
        release_holds([one.subject_id], by=office.specialist)
    draw_sample(today=TODAY, by=office.system)
    return samples(office.entity_id, Wanted("waiting"), limit=500)


def test_the_seed_alone_decides_which_acts_are_picked(office: Office) -> None:
    found = drawn(office, trainee=False)

    acts = [e for e in recent_events(office.entity_id, limit=500) if kind_of_act(e.action) == "hold"]
    picked = {e.id for e in acts if is_picked(SEED, e.id, Decimal(5))}
    assert len(acts) == 60
    assert {one.event_id for one in found} == picked
    assert {one.picked for one in found} <= {"random"}


def test_drawing_again_picks_nothing_twice(office: Office) -> None:
    drawn(office, trainee=True)

    assert draw_sample(today=TODAY, by=office.system) == 0


def test_all_acts_of_a_trainee_are_picked(office: Office) -> None:
    found = drawn(office, trainee=True)

    assert len([one for one in found if one.kind == "hold"]) == 60
    assert {one.picked for one in found} == {"trainee"}


def test_five_percent_are_five_percent_in_the_long_run() -> None:
    picked = sum(is_picked("any", number, Decimal(5)) for number in range(20_000))

    assert 900 < picked < 1_100


def test_a_picked_act_is_work_for_anybody_but_who_did_it(office: Office) -> None:
    drawn(office, trainee=True)

    works = [one for one in waiting(office) if one.kind == "quality"]

    assert len(works) == 60
    assert {one.maker_id for one in works} == {office.specialist.user_id}


def test_a_review_ends_the_work_and_its_undo_brings_it_back(office: Office) -> None:
    one = drawn(office, trainee=True)[0]

    review(one.id, "right", by=office.coordinator)
    event = last_event_id()
    assert len([each for each in waiting(office) if each.kind == "quality"]) == 59
    assert event is not None
    undo(event, by=office.coordinator, today=TODAY)

    assert len([each for each in waiting(office) if each.kind == "quality"]) == 60


def test_nobody_reviews_their_own_act(office: Office) -> None:
    from dataclasses import replace

    one = drawn(office, trainee=True)[0]
    trusted = replace(office.specialist, rights=office.specialist.rights | {"quality.review"})

    with pytest.raises(Refused, match=r"quality.own_act"):
        review(one.id, "right", by=trusted)
    with pytest.raises(NotAllowed):
        review(one.id, "right", by=office.specialist)


def test_the_database_holds_it_too(office: Office) -> None:
    from django.db import IntegrityError, connection, transaction

    one = drawn(office, trainee=True)[0]

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "update office_sample set state = 'reviewed', finding = 'right', reviewed_by = user_id,"
            " reviewed_by_name = 'Me' where id = %s",
            [one.id],
        )


def test_anything_but_right_needs_a_sentence_and_a_review_is_made_once(office: Office) -> None:
    one = drawn(office, trainee=True)[0]

    with pytest.raises(BadInput, match=r"quality.finding_needs_note"):
        review(one.id, "wrong", by=office.coordinator)
    review(one.id, "minor", "Say who called", by=office.coordinator)
    with pytest.raises(Refused, match=r"quality.reviewed_already"):
        review(one.id, "right", by=office.coordinator)


def test_findings_become_accuracy_per_person_and_kind(office: Office) -> None:
    found = drawn(office, trainee=True)
    for one in found[:3]:
        review(one.id, "right", by=office.coordinator)
    review(found[3].id, "wrong", "The reason says nothing", by=office.coordinator)
    reopen(found[2].id, by=office.coordinator)

    [row] = [
        row
        for row in throughput(office.entity_id, date(2020, 1, 1))
        if (row.user_id, row.kind) == (office.specialist.user_id, "hold")
    ]

    assert (row.done, row.reviewed, row.right) == (30, 3, 2)
    assert accuracy_percent(row.right, row.reviewed) == Decimal("66.7")
    assert accuracy_percent(0, 0) is None
