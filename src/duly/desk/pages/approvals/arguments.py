"""The arguments of a proposal as lines a person reads, and some of them changes."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from duly.desk.web.forms import Form
from duly.kernel.money import to_major

MONEY, TEXT, DAY, NUMBER, COUNT = "money", "text", "date", "decimal", "number"


@dataclass(frozen=True, slots=True)
class Leaf:
    """One value among the arguments: where it stands, what it is called, how it is read."""

    path: tuple[str | int, ...]
    label: str
    kind: str
    value: Any

    @property
    def name(self) -> str:
        """The name of its field in a form."""
        return "at-" + "-".join(str(step) for step in self.path)

    @property
    def is_id(self) -> bool:
        """Whether it points at something: such a value is never changed, else it would be another act."""
        words = [step for step in self.path if isinstance(step, str)]
        last = words[-1] if words else ""
        return last in ("version", "id") or last.endswith(("_id", "_ids", "_key", "_keys")) or self.kind == ""


def leaves(arguments: Any, path: tuple[str | int, ...] = ()) -> Iterator[Leaf]:
    """Yield every single value among the arguments, in order."""
    if isinstance(arguments, dict) and len(arguments) == 1 and next(iter(arguments)).startswith("$"):
        [(tag, value)] = arguments.items()
        if tag == "$date":
            yield Leaf(path, label_of(path), DAY, date.fromisoformat(value))
        else:
            yield Leaf(path, label_of(path), NUMBER if tag == "$decimal" else "", value)
    elif isinstance(arguments, Mapping):
        for name, value in arguments.items():
            yield from leaves(value, (*path, name))
    elif isinstance(arguments, list):
        for place, value in enumerate(arguments):
            yield from leaves(value, (*path, place))
    else:
        yield Leaf(path, label_of(path), kind_of(path, arguments), arguments)


def kind_of(path: tuple[str | int, ...], value: Any) -> str:
    """Return how a plain value is read; '' for what is not changed by hand."""
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, int):
        return MONEY if str(path[-1]).endswith("_minor") or "_minor" in str(path[-2:-1]) else COUNT
    return TEXT if isinstance(value, str) else ""


def label_of(path: tuple[str | int, ...]) -> str:
    """Call a value by its place: 'Lines 2: net' for lines.1.net_minor."""
    words = [
        str(step + 1) if isinstance(step, int) else step.removesuffix("_minor").removesuffix("_on") for step in path
    ]
    return " ".join(words).replace("_", " ").capitalize()


def editable(arguments: Mapping[str, Any]) -> list[Leaf]:
    """Return the values a checker may change."""
    return [leaf for leaf in leaves(arguments) if leaf.kind and not leaf.is_id]


def begin_with(fields: list[Leaf], currency: str) -> dict[str, object]:
    """Return what the fields of the form begin with."""
    return {leaf.name: to_major(int(leaf.value), currency) if leaf.kind == MONEY else leaf.value for leaf in fields}


def changes_in(form: Form, arguments: Mapping[str, Any], fields: list[Leaf], currency: str) -> dict[str, Any]:
    """Read the form and return the arguments that differ, whole, as JSON values."""
    changed: dict[str, Any] = copy.deepcopy(dict(arguments))
    for leaf in fields:
        value = read(form, leaf, currency)
        if str(value) != str(leaf.value):
            put(changed, leaf.path, tagged(value, leaf.kind))
    return {name: value for name, value in changed.items() if value != arguments[name]}


def read(form: Form, leaf: Leaf, currency: str) -> Any:
    """Read one field in the notation of its kind."""
    if leaf.kind == MONEY:
        return form.money(leaf.name, leaf.label, currency=currency)
    if leaf.kind == DAY:
        return form.day(leaf.name, leaf.label)
    if leaf.kind == NUMBER:
        return form.decimal(leaf.name, leaf.label)
    if leaf.kind == COUNT:
        return form.whole_number(leaf.name, leaf.label, at_least=-(10**9))
    return form.text(leaf.name, leaf.label, required=bool(leaf.value))


def tagged(value: Any, kind: str) -> Any:
    """Return a read value as the arguments keep it."""
    if kind == DAY:
        return {"$date": value.isoformat()}
    return {"$decimal": str(value)} if kind == NUMBER else value


def put(arguments: Any, path: tuple[str | int, ...], value: Any) -> None:
    """Set the value at a place."""
    for step in path[:-1]:
        arguments = arguments[step]
    arguments[path[-1]] = value
