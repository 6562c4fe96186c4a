"""`duly work`: what waits, and whose it is."""

from __future__ import annotations

from datetime import datetime

import click

from duly.access.models import Entity
from duly.access.queries import actor_of, user_id_by_email
from duly.kernel.actor import Actor
from duly.kernel.money import format_minor
from duly.kernel.refusals import BadInput, NotFound
from duly.office.actions import assign_by_rules, claim, finish, hand_over, pend, sync_work
from duly.office.actions.quality import draw_sample
from duly.office.models import Pick, Work
from duly.office.queries import Asked, escalated_page, pended_page, queue_page, works
from duly.office.queries.queue import NOBODY
from duly.office.rules import KINDS, path_of
from duly.site.cli.common import DATE, answer, operator, options, table, today_of

STATES = ("waiting", "pended", "escalated")
MOST = 500


def acting(function: click.decorators.FC) -> click.decorators.FC:
    """Give a command --as: whose rights it acts with."""
    return click.option("--as", "as_email", metavar="EMAIL", help="Act as this person, with their rights.")(function)


def person(entity: Entity, email: str | None) -> Actor:
    """Return the actor of an address, or the installation itself without one."""
    if not email:
        return operator(entity)
    return actor_of(user_of(email), entity.id)


def user_of(email: str) -> int:
    """Return the person with this address."""
    found = user_id_by_email(email)
    if found is None:
        raise NotFound("access.person_unknown", email=email)
    return found


@click.group("work")
def work_command() -> None:
    """The queue: list it, give it to people, put it off, bring it in line with what is held."""


@work_command.command("list")
@click.option("--owner", "owner_email", metavar="EMAIL", help="Only theirs; `nobody` for what has no owner.")
@click.option("--kind", type=click.Choice(list(KINDS)), multiple=True, help="Only these kinds.")
@click.option("--state", type=click.Choice(STATES), default="waiting", show_default=True)
@click.option("--limit", type=click.IntRange(1, MOST), default=50, show_default=True)
@options
def work_list(
    owner_email: str | None, kind: tuple[str, ...], state: str, limit: int, as_json: bool, entity: Entity
) -> None:
    """Show what waits: first what is due first, then what is worth most, then what is oldest."""
    owners = None
    if owner_email:
        owners = [NOBODY] if owner_email == "nobody" else [user_of(owner_email)]
    asked = Asked(list(kind) or list(KINDS), owners)
    fetch = {"waiting": queue_page, "pended": pended_page, "escalated": escalated_page}[state]
    found = fetch(entity.id, asked, limit=limit)
    answer({"work": [facts_of(one) for one in found]}, listed(found), as_json)


def facts_of(one: Work) -> dict[str, object]:
    """Return a piece of work as programs read it."""
    kind = KINDS[one.kind]
    money = None if one.currency is None else format_minor(one.money_minor or 0, one.currency)
    return {
        "id": one.id,
        "version": one.version,
        "kind": one.kind,
        "subject": one.subject,
        "who": one.who,
        "account": one.account_number,
        "reason": one.reason,
        "money": money,
        "currency": one.currency,
        "since": one.since_on,
        "deadline": one.deadline_on,
        "owner": one.owner,
        "state": one.state,
        "returns": one.return_on,
        "escalated": one.escalated_why or None,
        "next": one.next_act or kind.verb,
        "path": path_of(kind, subject=one.subject, subject_id=one.subject_id, work_id=one.id),
    }


def listed(found: list[Work]) -> str:
    """Return work as a table for people."""
    if not found:
        return "Nothing waits."
    rows = [
        (
            one.id, one.deadline_on, KINDS[one.kind].label, one.subject, one.who[:24],
            "" if one.currency is None else f"{format_minor(one.money_minor or 0, one.currency)} {one.currency}",
            one.owner or "nobody", one.reason[:60],
        )
        for one in found
    ]  # fmt: skip
    heads = ("Id", "Due", "Kind", "What", "Who", "At stake", "Owner", "Why")
    return table(heads, rows, right=(0, 5))


def picks_of(entity: Entity, ids: tuple[int, ...]) -> list[Pick]:
    """Return the named work as it stands now."""
    if not ids:
        raise BadInput("work.pick_some")
    found = works(entity.id, ids)
    if missing := set(ids) - {one.id for one in found}:
        raise NotFound("work.unknown", work=min(missing))
    return [Pick(one.id, one.version) for one in found]


IDS = click.argument("ids", type=int, nargs=-1, metavar="ID...")


@work_command.command("assign")
@IDS
@click.option("--to", "to_email", metavar="EMAIL", help="Who gets it; `nobody` puts it back for everybody.")
@click.option("--note", default="", help="What the other one should know.")
@click.option("--rules", "by_rules", is_flag=True, help="Give all work without an owner by the assignment rules.")
@acting
@options
def work_assign(
    ids: tuple[int, ...], to_email: str | None, note: str, by_rules: bool, as_email: str | None, as_json: bool,
    entity: Entity,
) -> None:  # fmt: skip
    """Give work to a person who may do it, or all new work to people by the rules."""
    by, today = person(entity, as_email), today_of(entity)
    if by_rules:
        given = assign_by_rules(today=today, by=by)
        return answer({"assigned": given}, f"{given:,} given by the rules.", as_json)
    if not to_email:
        raise BadInput("work.assign_to_whom", remedy="name somebody with --to, or use --rules")
    to_id = None if to_email == "nobody" else user_of(to_email)
    name = hand_over(picks_of(entity, ids), to_id, note, today=today, by=by)
    return answer({"work": list(ids), "to": name}, f"{len(ids)} handed to {name}.", as_json)


@work_command.command("pend")
@IDS
@click.option("--until", type=DATE, required=True, help="The day it comes back.")
@click.option("--reason", required=True, help="What it waits for.")
@click.option("--as", "as_email", metavar="EMAIL", required=True, help="Who puts it off; it comes back to them.")
@options
def work_pend(ids: tuple[int, ...], until: datetime, reason: str, as_email: str, as_json: bool, entity: Entity) -> None:
    """Put work off until a day; it then comes back to who pended it."""
    by = person(entity, as_email)
    pend(picks_of(entity, ids), until.date(), reason, today=today_of(entity), by=by)
    answer({"work": list(ids), "returns": until.date()}, f"{len(ids)} pended until {until.date()}.", as_json)


@work_command.command("claim")
@IDS
@click.option("--as", "as_email", metavar="EMAIL", required=True, help="Who takes it.")
@options
def work_claim(ids: tuple[int, ...], as_email: str, as_json: bool, entity: Entity) -> None:
    """Take work into somebody's hands."""
    by = person(entity, as_email)
    claim(picks_of(entity, ids), today=today_of(entity), by=by)
    answer({"work": list(ids), "owner": by.name}, f"{len(ids)} claimed by {by.name}.", as_json)


@work_command.command("done")
@IDS
@click.option("--outcome", default="", help="What came of it.")
@acting
@options
def work_done(ids: tuple[int, ...], outcome: str, as_email: str | None, as_json: bool, entity: Entity) -> None:
    """Say that work is done; refused while its thing is still held."""
    finish(picks_of(entity, ids), outcome, today=today_of(entity), by=person(entity, as_email))
    answer({"work": list(ids)}, f"{len(ids)} done.", as_json)


@work_command.command("sync")
@click.option("--kind", type=click.Choice(list(KINDS)), multiple=True, help="Only these kinds.")
@options
def work_sync(kind: tuple[str, ...], as_json: bool, entity: Entity) -> None:
    """Bring all work in line with what is held, bring pended work back, escalate, assign, draw the quality sample."""
    today = today_of(entity)
    moved = sync_work(list(kind) or None, today=today, by=operator(entity))
    picked = draw_sample(today=today, by=operator(entity))
    facts = {"opened": moved.opened, "changed": moved.changed, "done": moved.done, "assigned": moved.assigned}
    words = f"{moved.opened:,} new, {moved.changed:,} changed, {moved.done:,} done, {moved.assigned:,} given to people"
    answer(facts | {"sampled": picked}, f"{words}; {picked:,} acts picked for review.", as_json)
