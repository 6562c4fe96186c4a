"""`duly demo`."""

from __future__ import annotations

import os
import time
from datetime import date, datetime

import click

from duly.access.queries import entities, members
from duly.events.sealing import seal_events
from duly.kernel import clock
from duly.kernel.money import format_minor
from duly.kernel.refusals import Refused
from duly.ledger.sealing import seal_ledger
from duly.site.boot import migrate
from duly.site.cli.common import DATE, Progress, answer
from duly.site.demo.build import ZONE, Demo, build
from duly.site.demo.summary import Summary, summary_of
from duly.site.home import home_at
from duly.site.opening import sign_in_address
from duly.site.serving import free_port, serve

LINK_USES = 1000
"""The demo's links may be opened again and again: it is a demo, on this machine only."""


@click.command("demo")
@click.option("--no-serve", is_flag=True, help="Stop after the summary.")
@click.option("--customers", "count", default=2000, show_default=True, type=click.IntRange(1, 200_000))
@click.option("--months", default=13, show_default=True, type=click.IntRange(1, 60), help="With this month.")
@click.option("--today", type=DATE, help="Build it as of another day.")
@click.option("--port", default=8000, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
@click.option("--home", "home_folder", metavar="DIR", help="Folder of database, files and keys.")
def demo_command(
    no_serve: bool, count: int, months: int, today: datetime | None, port: int, as_json: bool, home_folder: str | None
) -> None:
    """Build a demo office by running the real actions through time, then open it in the browser.

    A second run finds the office and opens it at once.
    """
    began = time.monotonic()
    migrate()
    known = entities()
    if known and not known[0].is_demo:
        raise Refused("demo.home_is_in_use", office=known[0].name, remedy="choose another --home for the demo")
    progress = Progress(shown=None if as_json else True)
    if not known:
        _build(count, months, today.date() if today else clock.today_in(ZONE), progress)
        progress.end()
    entity = entities()[0]
    facts = summary_of(entity.id)
    base = f"http://localhost:{port if no_serve else free_port('127.0.0.1', port)}"
    links = _links(base, entity.id, entity.zone)
    words = _told(facts, time.monotonic() - began, built=not known)
    answer({"summary": facts, "sign_in": links, "built": not known, "seconds": round(time.monotonic() - began, 1)},
           words + _linked(links, no_serve), as_json)  # fmt: skip
    if facts.problems:
        raise Refused("demo.books_do_not_tie", problems=facts.problems)
    if not no_serve:
        os.environ["DULY_DEMO"] = "1"
        serve("127.0.0.1", port)


def _build(count: int, months: int, today: date, progress: Progress) -> Demo:
    demo = build(count, months, today, home_at().files / "demo", progress)
    progress("Sealing and proving the books", 0, 1)
    seal_ledger(clock.now())
    seal_events(clock.now())
    return demo


def _links(base: str, entity_id: int, zone: str) -> dict[str, str]:
    people = members(entity_id)
    return {
        person.roles[0]: sign_in_address(base, person.user_id, entity_id, days=30, uses=LINK_USES)
        for person in sorted(people, key=lambda one: one.user_id)
    }


def _told(facts: Summary, seconds: float, *, built: bool) -> str:
    currency = facts.currency

    def money(minor: int) -> str:
        return format_minor(minor, currency)

    lines = [
        f"{'Built' if built else 'Found'} {facts.office}: {facts.accounts:,} accounts, {facts.agreements:,} agreements,"
        f" {facts.invoices:,} invoices, {facts.postings:,} postings ({seconds:.0f} s).",
        f"  This month's run: {facts.run_documents:,} documents, {money(facts.run_net_minor)} {currency}"
        f" net; expected = billed + nothing due + held: {'yes' if facts.certificate_adds_up else 'NO'}"
        f" ({facts.held_accounts} held).",
        f"  Bank: {facts.bank_lines:,} lines, {facts.lines_placed:,} placed, {facts.lines_open:,} for a person.",
        f"  Owed {money(facts.owed_minor)}, of it past due {money(facts.past_due_minor)};"
        f" unapplied {money(facts.unapplied_minor)} {currency}.",
        f"  Bank minus ledger: {money(facts.bank_difference_minor)} {currency},"
        f" explained to the cent by the lines not yet placed: {'yes' if facts.explained else 'NO'}.",
        f"  Books proved: {'yes' if not facts.problems else f'NO, {facts.problems} problems'}.",
    ]
    return "\n".join(lines)


def _linked(links: dict[str, str], no_serve: bool) -> str:
    if no_serve:
        return ""
    width = max(len(role) for role in links)
    return (
        "\n\nSign in as\n"
        + "\n".join(f"  {role:<{width}}  {link}" for role, link in links.items())
        + "\nCtrl+C ends it."
    )
