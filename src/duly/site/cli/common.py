"""What the commands share: options, the actor, output for people and for programs, progress."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from functools import wraps
from inspect import signature
from typing import Any

import click

from duly.access.models import Entity
from duly.access.queries import actor_of, entities, user_id_by_email
from duly.kernel import clock
from duly.kernel.actions import last_event_id, rehearsal
from duly.kernel.actor import Actor, system_actor
from duly.kernel.refusals import BadInput, NotFound

_acting_as: ContextVar[str | None] = ContextVar("duly_cli_as", default=None)
DATE = click.DateTime(formats=["%Y-%m-%d"])


def options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command --json, --home, --entity and --as; it receives `entity` and `as_json`.

    A command that takes `as_email` itself declares its own --as.
    """
    names_person = "as_email" in signature(function).parameters

    @click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout, the rest on stderr.")
    @click.option("--home", "home_folder", metavar="DIR", help="Folder of database, files and keys.")
    @click.option("--entity", "entity_code", metavar="CODE", help="Whose books, where there are several.")
    @wraps(function)
    def command(*args: Any, home_folder: str | None, entity_code: str | None, **kwargs: Any) -> Any:
        email = kwargs.get("as_email") if names_person else kwargs.pop("as_email", None)
        token = _acting_as.set(email)
        try:
            return function(*args, entity=the_entity(entity_code), **kwargs)
        finally:
            _acting_as.reset(token)

    if names_person:
        return command
    acting = click.option("--as", "as_email", metavar="EMAIL", help="Act as this person, with their rights and limits.")
    return acting(command)


def the_entity(code: str | None = None) -> Entity:
    """Return the entity meant: the only one, or the one of that code."""
    known = entities()
    if not known:
        raise NotFound("access.no_office_yet", remedy="run `duly init` or `duly demo` first")
    if code is None:
        if len(known) > 1:
            raise BadInput("access.which_entity", codes=", ".join(entity.code for entity in known))
        return known[0]
    for entity in known:
        if entity.code == code:
            return entity
    raise NotFound("access.entity_unknown", entity=code, known=", ".join(entity.code for entity in known))


def operator(entity: Entity) -> Actor:
    """Return who acts on the command line: the installation itself, which holds every right, or the person of --as."""
    email = _acting_as.get()
    if email is None:
        return system_actor(entity.id, zone=entity.zone)
    user_id = user_id_by_email(email)
    if user_id is None:
        raise NotFound("access.person_unknown", email=email)
    return actor_of(user_id, entity.id)


def person(entity: Entity) -> Actor:
    """Return the person of --as; refused without one, where an act needs a name (deciding, signing)."""
    if _acting_as.get() is None:
        raise BadInput("access.who_are_you", remedy="say who decides with --as EMAIL")
    return operator(entity)


def today_of(entity: Entity) -> date:
    """Return the office's business day."""
    return clock.today_in(entity.zone)


def day(value: datetime | None, entity: Entity) -> date:
    """Return the day an option named, or today."""
    return value.date() if value else today_of(entity)


@contextmanager
def rehearsing(dry_run: bool) -> Iterator[None]:
    """Run the block for real, or fully and then forgotten when it is a dry run."""
    if not dry_run:
        yield
        return
    with rehearsal():
        yield


def answer(facts: dict[str, Any], text: str, as_json: bool) -> None:
    """Print the result: one JSON object, or the text; with the number by which the act can be undone."""
    event_id = last_event_id()
    if as_json:
        undoable = {} if event_id is None else {"event": event_id}
        click.echo(json.dumps({"ok": True, **undoable, **facts}, default=_plain))
    else:
        click.echo(text + (f"\nTo take it back: duly undo {event_id}" if event_id is not None else ""))


def _plain(value: Any) -> Any:
    if hasattr(value, "__dataclass_fields__"):
        return {name: getattr(value, name) for name in value.__dataclass_fields__}
    return str(value)


def table(heads: Sequence[str], rows: Iterable[Sequence[object]], *, right: Sequence[int] = ()) -> str:
    """Lay rows out in columns; the columns of `right` are aligned to the right."""
    cells = [[str(cell) for cell in row] for row in rows]
    widths = [max([len(head), *(len(row[i]) for row in cells)]) for i, head in enumerate(heads)]
    lines = [heads, ["─" * width for width in widths], *cells]
    return "\n".join(
        "  ".join(c.rjust(w) if i in right else c.ljust(w) for i, (c, w) in enumerate(zip(line, widths, strict=True)))
        for line in lines
    ).rstrip()


class Progress:
    """A line on stderr that says what is being done; silent when nobody watches."""

    def __init__(self, *, shown: bool | None = None) -> None:
        self.shown = sys.stderr.isatty() if shown is None else shown

    def __call__(self, what: str, done: int, total: int) -> None:
        """Show that `done` of `total` is finished."""
        if self.shown:
            share = f"{100 * done // total:3d} %" if total else ""
            click.echo(f"\r\033[K{what} {share} {done:,}/{total:,}", nl=False, err=True)

    def end(self) -> None:
        """Leave the line."""
        if self.shown:
            click.echo("", err=True)
