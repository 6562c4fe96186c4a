"""Filters live in the address: every chip is a query parameter, so a filtered list can be kept and passed
on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, QueryDict

from duly.desk.web.notation import date_text, money_text, parse_date, parse_money
from duly.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Filter:
    """One thing a list can be narrowed by; kind is choice, text, date, money or flag."""

    name: str
    label: str
    kind: str = "text"
    choices: Mapping[str, str] | None = None
    currency: str = "USD"
    chip: str = ""


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is set, in words, and the address without it."""

    name: str
    text: str
    drop_url: str


@dataclass(frozen=True, slots=True)
class View:
    """A saved view: a name and the query it stands for."""

    name: str
    query: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What the address asked for: `values` for the query (None where not asked), chips, what could not be
    read.
    """

    filters: Sequence[Filter]
    values: Mapping[str, Any]
    typed: Mapping[str, str]
    chips: Sequence[Chip]
    errors: Mapping[str, str]
    views: Sequence[View]
    kept: Sequence[tuple[str, str]]
    clear_url: str

    @property
    def on(self) -> bool:
        """Whether anything is narrowed, so that an empty list can offer to clear the filters."""
        return bool(self.chips)


def narrow(
    request: HttpRequest, filters: Sequence[Filter], actor: Actor, *, views: Sequence[tuple[str, str]] = ()
) -> Narrowed:
    """Read the filters of a list from the address; a value that cannot be read is reported and left out."""
    values: dict[str, Any] = {}
    typed: dict[str, str] = {}
    errors: dict[str, str] = {}
    chips: list[Chip] = []
    for each in filters:
        text = request.GET.get(each.name, "").strip()
        values[each.name], typed[each.name] = None, text
        if not text:
            continue
        try:
            values[each.name], shown = _read(each, text, actor.language)
        except ValueError as error:
            errors[each.name] = str(error)
            continue
        chips.append(
            Chip(
                each.name,
                (each.chip or f"{each.label}: %s").replace("%s", shown),
                without(request, each.name),
            )
        )
    names = {each.name for each in filters} | {"after"}
    kept = [(name, value) for name, value in request.GET.dict().items() if name not in names]
    current = _essence(request.GET)
    shown_views = [View(name, query, _essence(QueryDict(query)) == current) for name, query in views]
    return Narrowed(filters, values, typed, chips, errors, shown_views, kept, without(request, *names))


def without(request: HttpRequest, *names: str) -> str:
    """Return the address without some parameters; the place in the list is dropped too."""
    query = request.GET.copy()
    for name in (*names, "after"):
        query.pop(name, None)
    return f"?{query.urlencode()}"


def _read(each: Filter, text: str, language: str) -> tuple[Any, str]:
    if each.kind == "choice":
        choices = each.choices or {}
        if text not in choices:
            raise ValueError(f"{each.label} has no “{text}”")
        return text, choices[text]
    if each.kind == "date":
        day = parse_date(text, language)
        return day, date_text(day, language)
    if each.kind == "money":
        minor = parse_money(text, each.currency, language)
        return minor, money_text(minor, each.currency, language)
    if each.kind == "flag":
        return True, "yes"
    return text, text


def _essence(query: QueryDict) -> list[tuple[str, str]]:
    pairs = [(name, str(value)) for name, value in query.dict().items()]
    return sorted(pair for pair in pairs if pair[0] not in ("after", "sort") and pair[1])
