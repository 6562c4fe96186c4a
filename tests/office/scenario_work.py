"""Work as tests speak of it: what is held, who has it, what they saw."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from duly.access.actions import create_user, grant_role
from duly.access.queries import actor_of
from duly.kernel.actor import Actor
from duly.office.actions import NewTask, add_task
from duly.office.models import Pick, Work
from duly.office.queries import Asked, queue_page, work
from duly.office.rules import KINDS
from duly.receivables.actions.accounts import NewHold, hold_accounts
from tests.scenario import Office, account

MONDAY = date(2026, 11, 23)


def held(
    office: Office,
    until: date = MONDAY,
    *,
    reason: str = "They say the price is wrong",
    name: str = "Ann",
    owner: Actor | None = None,
) -> Work:
    """An account on hold, and the work it is."""
    account_id = account(office, name=name)
    owner_id = (owner or office.specialist).user_id
    hold_accounts([NewHold(account_id, "all", reason, until, owner_id=owner_id)], by=office.specialist)
    return next(one for one in waiting(office) if one.account_id == account_id)


def waiting(office: Office, *, owners: Sequence[int] | None = None) -> list[Work]:
    """What waits, in its order: of everybody, or of these owners."""
    return queue_page(office.entity_id, Asked(list(KINDS), owners), limit=200)


def pick(*works: Work) -> list[Pick]:
    """These pieces of work, as they were seen."""
    return [Pick(one.id, one.version) for one in works]


def now(office: Office, one: Work) -> Work:
    """The same piece of work as it stands now."""
    return work(office.entity_id, one.id)


def task(office: Office, subject: str = "Call the bank", *, by: Actor | None = None, today: date = MONDAY) -> Work:
    """A task made by hand that nobody has yet."""
    return work(
        office.entity_id, add_task(NewTask("task", subject, "As agreed"), today=today, by=by or office.coordinator)
    )


def colleague(office: Office, name: str, role: str = "specialist") -> Actor:
    """One more person in the office."""
    user_id = create_user(f"{name.lower()}{office.entity_id}@example.com", name)
    grant_role(user_id, role, by=office.system)
    return actor_of(user_id, office.entity_id)
