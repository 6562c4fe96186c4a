"""`duly why SUBJECT`."""

from __future__ import annotations

from datetime import datetime

import click

from duly.access.models import Entity
from duly.site.cli.common import DATE, answer, day, options
from duly.site.explaining import why


@click.command("why")
@click.argument("subject", nargs=-1, required=True)
@click.option("--as-of", type=DATE, help="For an account: any date [default: today].")
@options
def why_command(subject: tuple[str, ...], as_of: datetime | None, as_json: bool, entity: Entity) -> None:
    """Explain a document, receipt, account or bank line, down to the rows it rests on.

    SUBJECT is a number (INV-2026-000001, RCT-2026-000001, an account's), a payment reference, or `line 12`.
    """
    word = " ".join(subject)
    found = why(entity.id, word, as_of=day(as_of, entity))
    answer({"subject": word, "sentence": found.sentence, "because": found.because}, "\n".join(found.lines()), as_json)
