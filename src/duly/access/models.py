"""Entities, the people who work in them, and what their roles may do."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from duly.kernel.states import States


class User(AbstractBaseUser):
    """A person who signs in. The one Django model of Duly: sessions and password hashing come with it."""

    id: models.BigAutoField[int, int] = models.BigAutoField(primary_key=True)
    email: models.TextField[str, str] = models.TextField(unique=True)
    name: models.TextField[str, str] = models.TextField()
    password: models.TextField[str, str] = models.TextField(default="!")
    last_login: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True)
    is_active: models.BooleanField[bool, bool] = models.BooleanField(default=True)
    language: models.CharField[str, str] = models.CharField(max_length=2, default="en")
    settings = models.JSONField(default=dict)
    created_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()

    USERNAME_FIELD = "email"
    objects: BaseUserManager[User] = BaseUserManager()

    class Meta:
        managed = False
        db_table = "access_user"


@dataclass(frozen=True, slots=True)
class Entity:
    """A legal entity that owns books."""

    id: int
    public_id: Any
    code: str
    name: str
    legal_name: str
    country: str
    vat_id: str
    tax_number: str
    register: str
    email: str
    phone: str
    website: str
    currency: str
    zone: str
    language: str
    is_demo: bool
    created_at: datetime
    address: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Member:
    """A person who works in an entity, with their roles."""

    user_id: int
    email: str
    name: str
    language: str
    is_active: bool
    roles: list[str]
    has_password: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """A right a person's roles hold: its best level, and the gate that is missing for it ('' when none is)."""

    user_id: int
    right_name: str
    level: str
    gate_missing: str


@dataclass(frozen=True, slots=True)
class Limit:
    """The largest amount (minor units) a right covers for a person; the best of the person's roles."""

    user_id: int
    right_name: str
    currency: str
    limit_minor: int


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """What an entity may know of a person by their address."""

    id: int
    is_active: bool
    has_password: bool
    works_here: bool
    works_elsewhere: bool

    @property
    def may_get_link(self) -> bool:
        """Whether a colleague may hand over a sign-in link: it must open nothing but this entity, and nothing yet."""
        return self.is_active and not self.has_password and not self.works_elsewhere


@dataclass(frozen=True, slots=True)
class RoleRight:
    """A right that a role holds, and how: do, approve or propose."""

    role: str
    right_name: str
    level: str


@dataclass(frozen=True, slots=True)
class RoleLimit:
    """The largest amount (minor units) a role may move with a right, from `valid_from` until `valid_to`."""

    role: str
    right_name: str
    currency: str
    limit_minor: int
    valid_from: date
    valid_to: date | None


PROPOSAL_STATES = States(
    "proposal",
    {"waiting": {"accepted", "refused", "withdrawn"}, "accepted": set(), "refused": set(), "withdrawn": set()},
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """An act that waits for, or has found, somebody entitled to decide it; amounts in minor units."""

    id: int
    action: str
    arguments: dict[str, Any]
    right_name: str
    cause: str
    cause_facts: dict[str, Any]
    needs: dict[str, Any]
    amount_minor: int | None
    currency: str | None
    reason: str
    summary: str
    facts: dict[str, Any]
    subject_kind: str
    subject_id: int | None
    account_id: int | None
    balance_before_minor: int | None
    balance_after_minor: int | None
    balance_currency: str | None
    made_by: int
    made_by_name: str
    made_at: datetime
    beneficiary_id: int | None
    deadline_on: date
    state: str
    decided_by: int | None
    decided_by_name: str
    decided_at: datetime | None
    decided_reason: str
    decided_arguments: dict[str, Any] | None
    waiver_id: int | None


@dataclass(frozen=True, slots=True)
class Waiver:
    """The owner's dated word that one person may hold what two should."""

    id: int
    user_id: int
    person: str
    reason: str
    signed_by: int
    signed_by_name: str
    signed_at: datetime
    from_on: date
    until_on: date
    ended_on: date | None


@dataclass(frozen=True, slots=True)
class ReviewDue:
    """A week of small-office mode that somebody must look through."""

    waiver_id: int
    user_id: int
    person: str
    week_on: date
    due_on: date


@dataclass(frozen=True, slots=True)
class ReviewedAct:
    """One act of the person whose week is looked through; `own` where they decided what they had asked for."""

    id: int
    at: datetime
    action: str
    summary: str
    own: bool


@dataclass(frozen=True, slots=True)
class Overlap:
    """Conflicting rights in one hand, and the waiver that allows it."""

    user_id: int
    person: str
    right: str
    other: str
    why: str
    waiver_id: int | None


@dataclass(frozen=True, slots=True)
class Gate:
    """What a person must have been trained in, and the rights that need it."""

    name: str
    covers: str
    rights: list[str]


@dataclass(frozen=True, slots=True)
class GatePass:
    """A person's current pass of a gate."""

    user_id: int
    gate: str
    passed_on: date
    valid_to: date | None
    note: str
    passed_by_name: str


@dataclass(frozen=True, slots=True)
class PolicyNumber:
    """A number of policy: what it says, what holds, what was shipped."""

    name: str
    words: str
    value: int
    shipped: int
