"""`duly restore FILE`: brings the database up itself, once the keys are in place."""

from __future__ import annotations

import json
from pathlib import Path

import click

from duly.kernel.refusals import Refused
from duly.site.backup import landing
from duly.site.backup.archive import DUMP, read_manifest
from duly.site.boot import boot
from duly.site.home import Home, home_at


@click.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--passphrase-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Its first line opens the keys [default: DULY_BACKUP_PASSPHRASE].",
)
@click.option(
    "--keys",
    "keys_folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder of the keys, where they were kept apart.",
)
@click.option("--dry-run", is_flag=True, help="Prove the file and the keys, restore nothing.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
@click.option("--home", "home_folder", metavar="DIR", help="Folder of database, files and keys: an empty one.")
def restore_command(
    file: Path,
    passphrase_file: Path | None,
    keys_folder: Path | None,
    dry_run: bool,
    as_json: bool,
    home_folder: str | None,
) -> None:
    """Bring an office back into an empty home (or the empty database of DULY_DATABASE_URL), and prove it.

    Every count, the chain heads and the books are compared with the day of the backup before it is called done.
    """
    home = home_at(home_folder)
    landing.require_empty(home)
    manifest = read_manifest(file)
    goes_on = landing.goes_on(home, manifest)
    unpacked = landing.unpack(home, file, manifest)
    passphrase = landing.passphrase_of(passphrase_file)
    try:
        keys = landing.keys_for(manifest, unpacked, passphrase=passphrase, folder=keys_folder)
        if dry_run:
            facts: dict[str, object] = {"dry_run": True, "made_at": manifest.made_at}
        else:
            facts = _bring_back(home, file, unpacked, keys, goes_on=goes_on)
    except Refused:
        landing.finish(home, is_cut=goes_on)
        raise
    landing.finish(home, is_cut=goes_on and dry_run)
    if goes_on:
        click.echo("A restore of this backup was cut here before; it was taken up again and is complete now.", err=True)
    facts |= {"went_on": goes_on, "home": str(home.path), "entities": manifest.entities}
    done = "would be brought back" if dry_run else "is back: every count, both chains and the books are as they were"
    words = f"The office of {manifest.made_at} {done} in {home.path}."
    click.echo(json.dumps({"ok": True, **facts}) if as_json else words)


def _bring_back(home: Home, file: Path, unpacked: Path, keys: dict[str, str], *, goes_on: bool) -> dict[str, object]:
    landing.put_keys(home, keys)
    office = boot(home.path)
    try:
        # Only now: what it imports needs Django, which needs the database and the keys.
        from duly.site.backup.restore import restore_database
        from duly.site.cli.common import Progress

        progress = Progress()
        done = restore_database(read_manifest(file), unpacked / DUMP, progress, goes_on=goes_on)
        progress.end()
        files = landing.put_files(home, unpacked)
    finally:
        office.close()
    return {
        "dry_run": False,
        "tables": done.tables,
        "rows": done.rows,
        "postings": done.postings,
        "files": files,
        "chains": done.chains,
        "transaction_numbers_passed": done.numbers_passed,
    }
