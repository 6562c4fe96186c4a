"""`duly why SUBJECT`."""

from __future__ import annotations

from datetime import datetime

import click

from duly.access.models import Entity
from duly.reports.why import why
from duly.site.cli.common import DATE, answer, day, options


@click.command("why")
@click.argument("subject", nargs=-1, required=True)
@click.option("--as-of", type=DATE, help="For balances: any date [default: today].")
@options
def why_command(subject: tuple[str, ...], as_of: datetime | None, as_json: bool, entity: Entity) -> None:
    """Explain a number, balance, price, tax, match or hold, down to the rows it rests on.

    SUBJECT is the number of a document, receipt, agreement or account, a payment reference, a ledger account, item or
    tax code, a month as 2026-01, or `line 12`, `run 3`, `entry 7`, `journal 2`.
    """
    word = " ".join(subject)
    found = why(entity.id, word, as_of=day(as_of, entity))
    answer({"subject": word, "sentence": found.sentence, "because": found.because}, "\n".join(found.lines()), as_json)
