"""What an import kind is: its fields, how rows are checked as a set, and the doors they go through."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from duly.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Field:
    """A column of the import: its SQL type, whether a row needs it, other names it is known by."""

    name: str
    type: str = "text"
    required: bool = False
    aliases: tuple[str, ...] = ()
    default: object = None
    choices: tuple[str, ...] = ()
    help: str = ""


@dataclass(frozen=True, slots=True)
class Batch:
    """The batch being committed."""

    id: int
    entity_id: int
    today: date
    by: Actor
    file_name: str


@dataclass(frozen=True, slots=True)
class Counts:
    """What a commit or a rehearsal did."""

    created: int = 0
    updated: int = 0
    skipped: int = 0
    rejected: tuple[tuple[int, str, str], ...] = ()
    """Lines the capability itself would not take: line of the file, reason, remedy."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of import.

    `problems` are SQL files that mark staged rows with `problem` and `remedy` (set-based validation); `take_in` brings
    the good rows of staged_import through the doors; `undo` takes a batch back or refuses.
    """

    name: str
    title: str
    fields: tuple[Field, ...]
    problems: tuple[str, ...]
    take_in: Callable[[Batch], Counts]
    undo: Callable[[int, Actor], int] | None = None
    example: Mapping[str, str] = field(default_factory=dict)

    def field_named(self, name: str) -> Field:
        """Return a field by its name."""
        return next(known for known in self.fields if known.name == name)


def customer_field(*, required: bool = True) -> Field:
    """Return the field by which rows name a customer: our account number or the number they had before."""
    return Field(
        "customer",
        required=required,
        aliases=("customer number", "customer id", "customer no", "account", "account number", "external id",
                 "debtor", "debitor", "kundennummer", "kunde", "client", "cliente", "compte"),
        help="our account number, or the customer's number in the system it comes from",
    )  # fmt: skip


REGISTRY: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    """Make a kind known under its name."""
    REGISTRY[kind.name] = kind
    return kind
