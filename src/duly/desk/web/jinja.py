"""The Jinja2 environment of all pages: `OPTIONS = {"environment": "duly.desk.web.jinja.environment"}`.

Filters know the reader's language and the office's zone from the page's context; see the top of macros.html.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.template import engines
from django.template.backends.jinja2 import Jinja2
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import json_script
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from duly.desk.web import notation, svg

TEMPLATES = Path(__file__).parent.parent / "templates"


class Missing(StrictUndefined):
    """A name a template may ask about but not print: `{% if item.href %}` is no, `{{ item.hrfe }}` is an
    error.
    """

    def __bool__(self) -> bool:  # type: ignore[override]
        return False

    def __eq__(self, other: object) -> bool:  # type: ignore[override]
        return isinstance(other, Missing)

    __hash__ = None  # type: ignore[assignment]


def environment(**options: Any) -> Environment:
    """Build the environment; Django's backend calls this once."""
    options.update(undefined=Missing, loader=FileSystemLoader(TEMPLATES))
    env = Environment(trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.do"], **options)
    env.globals.update(static=static, url=_url, m=_money, svg=svg, json_script=json_script, query=_query)
    env.globals["axis_money"] = _axis_money
    env.filters.update(
        money=_money_text,
        date=_date,
        day=_day,
        month=_month,
        datetime=_moment,
        number=_number,
        plural=_plural,
        initials=notation.initials,
    )
    return env


@lru_cache(maxsize=1)
def environment_in_use() -> Environment:
    """Return the environment of the Jinja2 backend named in the settings."""
    for engine in engines.all():
        if isinstance(engine, Jinja2):
            found: Environment = engine.env
            return found
    raise LookupError("TEMPLATES names no Jinja2 backend")


def _language(context: Context) -> str:
    return str(context.resolve_or_missing("language") if "language" in context else "en")


@pass_context
def _money(
    context: Context,
    minor: int | None,
    currency: str,
    *,
    bare: bool = False,
    signed: bool = False,
    tone: bool = False,
) -> Markup:
    """Write an amount for a cell: own digits of the currency, true minus, figures of one width; '–' for
    none.
    """
    if minor is None:
        return Markup('<span class="muted" aria-hidden="true">–</span><span class="vh">none</span>')
    text = notation.money_text(minor, currency, _language(context), bare=bare, signed=signed)
    colour = " neg" if tone and minor < 0 else ""
    return Markup('<span class="num{}">{}</span>').format(colour, text)


@pass_context
def _money_text(context: Context, minor: int, currency: str, bare: bool = False) -> str:
    return notation.money_text(minor, currency, _language(context), bare=bare)


@pass_context
def _axis_money(context: Context, currency: str) -> Callable[[int], str]:
    language = _language(context)
    return lambda minor: notation.money_short(minor, currency, language)


@pass_context
def _date(context: Context, day: date | datetime | None, style: str = "medium") -> str:
    if day is None:
        return "–"
    return notation.date_text(_office_day(context, day), _language(context), style)


@pass_context
def _day(context: Context, day: date | datetime | None) -> str:
    return "–" if day is None else notation.date_text(_office_day(context, day), _language(context), "day")


@pass_context
def _month(context: Context, day: date | None) -> str:
    return "–" if day is None else notation.date_text(day, _language(context), "month")


@pass_context
def _moment(context: Context, moment: datetime | None) -> str:
    return "–" if moment is None else notation.moment_text(moment, str(context["zone"]), _language(context))


@pass_context
def _number(context: Context, value: int | Decimal | None) -> str:
    return "–" if value is None else notation.number_text(value, _language(context))


@pass_context
def _plural(context: Context, count: int, one: str, many: str = "") -> str:
    return notation.plural(count, one, many, _language(context))


def _office_day(context: Context, day: date | datetime) -> date:
    # A moment belongs to the office's day, which may differ from the day in UTC.
    if isinstance(day, datetime):
        return day.astimezone(ZoneInfo(str(context["zone"]))).date()
    return day


def _url(name: str, *args: Any, **kwargs: Any) -> str:
    return reverse(name, args=args, kwargs=kwargs)


def _query(*layers: Mapping[str, Any]) -> str:
    """Write `?a=1&b=2` from mappings, the later ones winning, leaving out what is empty."""
    merged = {name: value for layer in layers for name, value in layer.items()}
    return "?" + urlencode({name: value for name, value in merged.items() if value not in (None, "")})
