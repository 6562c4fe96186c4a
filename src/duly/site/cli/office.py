"""`duly init`, `serve`, `worker`, `shell`."""

from __future__ import annotations

import code
from datetime import date, datetime

import click

from duly.access.actions import NewEntity
from duly.access.queries import entities, members
from duly.kernel import clock
from duly.kernel.refusals import Refused
from duly.site.boot import migrate
from duly.site.cli.common import DATE, answer, options
from duly.site.opening import Person, open_office, sign_in_address
from duly.site.serving import serve
from duly.site.working import work_once, work_until_stopped


@click.command("init")
@click.option("--name", prompt="Name of the office", help="As it stands on invoices.")
@click.option("--owner-name", prompt="Your name")
@click.option("--owner-email", prompt="Your e-mail address")
@click.option("--country", default="DE", show_default=True, help="ISO 3166 code.")
@click.option("--currency", default="EUR", show_default=True, help="ISO 4217 code.")
@click.option("--zone", default="Europe/Berlin", show_default=True, help="Time zone of the business day.")
@click.option("--language", default="en", show_default=True)
@click.option("--books-from", type=DATE, help="First day of the books [default: January 1 of this year].")
@click.option("--address", default="http://localhost:8000", show_default=True, help="Where the office will be served.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
@click.option("--home", "home_folder", metavar="DIR", help="Folder of database, files and keys.")
def init_command(
    name: str,
    owner_name: str,
    owner_email: str,
    country: str,
    currency: str,
    zone: str,
    language: str,
    books_from: datetime | None,
    address: str,
    as_json: bool,
    home_folder: str | None,
) -> None:
    """Make the database and open an office with its owner, who is signed in by a link."""
    migrate()
    slug = "".join(letter for letter in name.lower() if letter.isalnum())[:24] or "office"
    if any(entity.code == slug for entity in entities()):
        raise Refused("access.entity_exists", entity=slug, remedy="choose another name")
    today = clock.today_in(zone)
    wanted = NewEntity(
        slug, name, name, country.upper(), currency.upper(), zone=zone, language=language, email=owner_email
    )
    first_on = books_from.date() if books_from else date(today.year, 1, 1)
    entity_id, users = open_office(
        wanted,
        [Person(owner_name, owner_email, "owner")],
        books_from=first_on,
        books_to=date(today.year + 2, 12, 31),
    )
    link = sign_in_address(address, users["owner"], entity_id, days=7)
    answer(
        {"entity": slug, "sign_in": link},
        f"{name} is open, books from {first_on}.\nStart it with `duly serve`, then sign in once with\n  {link}",
        as_json,
    )


@click.command("serve")
@click.option("--port", default=8000, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True, help="0.0.0.0 only behind a proxy that speaks TLS.")
@click.option("--processes", default=1, show_default=True)
@options
def serve_command(port: int, host: str, processes: int, as_json: bool, entity: object) -> None:
    """Open the office in the browser; a worker beside it sends mail and goes on with runs. Ctrl+C ends both."""
    migrate()
    serve(host, port, processes=processes)


@click.command("worker")
@click.option("--once", is_flag=True, help="Do what is due now, then end.")
@options
def worker_command(once: bool, as_json: bool, entity: object) -> None:
    """Send what waits in the outbox, go on with approved runs, seal the books."""
    if once:
        done = work_once()
        answer(dict(done), ", ".join(f"{count} {what}" for what, count in done.items()), as_json)
        return
    work_until_stopped()


@click.command("shell")
@options
def shell_command(as_json: bool, entity: object) -> None:
    """Open a Python prompt; `entity` is the office, `members` its people."""
    code.interact(banner="Duly", local={"entity": entity, "members": members, "today": clock.now().date()})
