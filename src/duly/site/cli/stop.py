"""`duly stop`."""

from __future__ import annotations

import json

import click

from duly.site.claims import stop_home
from duly.site.home import home_at


@click.command("stop")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
@click.option("--home", "home_folder", metavar="DIR", help="Folder of database, files and keys.")
def stop_command(as_json: bool, home_folder: str | None) -> None:
    """Stop the office of a home and its embedded database, whoever uses them; nothing committed is lost."""
    stopped = stop_home(home_at(home_folder))
    words = f"Stopped: {', '.join(stopped)}." if stopped else "Nothing was running."
    click.echo(json.dumps({"ok": True, "stopped": stopped}) if as_json else words)
