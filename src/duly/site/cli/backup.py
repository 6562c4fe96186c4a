"""`duly backup FILE`."""

from __future__ import annotations

from pathlib import Path

import click

from duly.access.models import Entity
from duly.site.backup.landing import passphrase_of
from duly.site.backup.make import back_up
from duly.site.cli.common import answer, options
from duly.site.home import home_at


@click.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--passphrase-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Its first line seals the keys [default: DULY_BACKUP_PASSPHRASE].",
)
@options
def backup_command(file: Path, passphrase_file: Path | None, as_json: bool, entity: Entity) -> None:
    """Write the whole office (database, files, keys) to one file, of one moment, while it goes on working.

    The keys go in only under a passphrase; without one they are kept apart: copy the home's `keys` folder to another
    place, for a restore needs them. The file itself holds the books in the clear: keep it as you keep them.
    """
    home = home_at()
    made = back_up(home, file, passphrase=passphrase_of(passphrase_file))
    manifest = made.manifest
    facts = {
        "file": str(file),
        "bytes": made.bytes,
        "sha256": made.sha256,
        "keys": "sealed" if manifest.has_keys else "apart",
        "tables": len(manifest.counts),
        "rows": sum(manifest.counts.values()),
        "chains": manifest.chains,
    }
    keys = "the keys are inside, sealed" if manifest.has_keys else f"the keys are NOT inside: keep {home.keys} too"
    words = f"{file}: {facts['rows']:,} rows of {facts['tables']} tables, {made.bytes:,} bytes; {keys}."
    answer(facts, f"{words}\nsha256 {made.sha256}", as_json)
