"""The arguments of an action as JSON and back: what a proposal keeps of an act until somebody decides. Pure.

Kept are int, str, bool, None, float, date, datetime, Decimal, UUID, lists, tuples, mappings and frozen dataclasses of
these. What only JSON lacks is tagged ({"$date": "2026-03-02"}); dataclasses are plain objects that the type hints of
the action give their type back.
"""

from __future__ import annotations

import inspect
import types
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

EDGE = frozenset({"by", "today"})
"""Who asks and which day it is are those of the moment of acting, never of the moment of asking."""
TAGS: dict[str, tuple[type, Callable[[Any], str], Callable[[str], Any]]] = {
    "$at": (datetime, datetime.isoformat, datetime.fromisoformat),
    "$date": (date, date.isoformat, date.fromisoformat),
    "$decimal": (Decimal, str, Decimal),
    "$uuid": (UUID, str, UUID),
}


class CannotKeep(TypeError):
    """A value that cannot wait in a row: an open file, a generator, a query."""


def kept_arguments(function: Callable[..., Any], args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments of a call by name, as JSON values, without those of the edge (by, today)."""
    plain = inspect.unwrap(function)
    signature = inspect.signature(plain)
    bound = signature.bind(*args, **kwargs).arguments
    named: dict[str, Any] = {}
    for name, value in bound.items():
        if signature.parameters[name].kind is inspect.Parameter.VAR_KEYWORD:
            named |= value
        else:
            named[name] = value
    return {name: to_json(value) for name, value in named.items() if name not in EDGE}


def arguments_from(function: Callable[..., Any], kept: Mapping[str, Any]) -> dict[str, Any]:
    """Return kept arguments as the values the function takes."""
    hints = hints_of(inspect.unwrap(function))
    return {name: from_json(value, hints.get(name, Any)) for name, value in kept.items()}


def wants_today(function: Callable[..., Any]) -> bool:
    """Return whether the function takes the office's day (by name, or through its `**edge`)."""
    parameters = inspect.signature(inspect.unwrap(function)).parameters
    return "today" in parameters or "edge" in parameters


def to_json(value: Any) -> Any:
    """Return a value as JSON; CannotKeep for what is no plain value."""
    value = value.value if isinstance(value, Enum) else value
    if value is None or isinstance(value, (bool, int, str, float)):
        return value
    for tag, (kind, write, _) in TAGS.items():
        if isinstance(value, kind):
            return {tag: write(value)}
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: to_json(getattr(value, each.name)) for each in fields(value) if each.init}
    if isinstance(value, Mapping):
        return {"$pairs": [[to_json(k), to_json(v)] for k, v in value.items()]} if _odd(value) else _object(value)
    if isinstance(value, (list, tuple, set, frozenset, range)):
        return [to_json(each) for each in value]
    raise CannotKeep(f"a {type(value).__name__} cannot wait for approval")


def _odd(value: Mapping[Any, Any]) -> bool:
    return any(not isinstance(key, str) or key.startswith("$") for key in value)


def _object(value: Mapping[Any, Any]) -> dict[str, Any]:
    return {key: to_json(each) for key, each in value.items()}


def from_json(value: Any, hint: Any = Any) -> Any:
    """Return the value a piece of JSON stands for, given the type it is wanted as."""
    if isinstance(value, dict):
        return _from_object(value, hint)
    if isinstance(value, list):
        return _from_list(value, hint)
    return _scalar(value, hint)


def _from_object(value: dict[str, Any], hint: Any) -> Any:
    for tag, (_, _, read) in TAGS.items():
        if value.keys() == {tag}:
            return read(value[tag])
    if value.keys() == {"$pairs"}:
        return {from_json(key): from_json(each, _inner(hint, 1)) for key, each in value["$pairs"]}
    if (kind := _dataclass_in(hint, value.keys())) is not None:
        hints = hints_of(kind)
        return kind(**{name: from_json(each, hints[name]) for name, each in value.items()})
    return {key: from_json(each, _inner(hint, 1)) for key, each in value.items()}


def _from_list(value: list[Any], hint: Any) -> Any:
    wanted = next((each for each in _choices(hint) if get_origin(each) or isinstance(each, type)), Any)
    inner = get_args(wanted)
    if get_origin(wanted) is tuple and inner and inner[-1] is not Ellipsis:
        return tuple(from_json(each, kind) for each, kind in zip(value, inner, strict=True))
    read = [from_json(each, inner[0] if inner else Any) for each in value]
    origin = get_origin(wanted) or wanted
    return origin(read) if origin in (tuple, set, frozenset) else read


def _scalar(value: Any, hint: Any) -> Any:
    kinds = [each for each in _choices(hint) if isinstance(each, type) and issubclass(each, Enum)]
    return kinds[0](value) if kinds and value is not None else value


def _choices(hint: Any) -> list[Any]:
    if get_origin(hint) in (Union, types.UnionType):
        return [choice for each in get_args(hint) for choice in _choices(each) if choice is not types.NoneType]
    return [hint]


def _inner(hint: Any, place: int) -> Any:
    for each in _choices(hint):
        if len(get_args(each)) > place:
            return get_args(each)[place]
    return Any


def _dataclass_in(hint: Any, names: Iterable[str]) -> Any:
    for each in _choices(hint):
        if is_dataclass(each) and {field.name for field in fields(each)} >= set(names):
            return each
    return None


@cache
def hints_of(thing: Any) -> dict[str, Any]:
    """Return the resolved type hints of a function or class."""
    return get_type_hints(thing)
