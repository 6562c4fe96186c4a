"""`duly bill`: the run in one go, or step by step."""

from __future__ import annotations

from datetime import datetime

import click

from duly.access.models import Entity
from duly.invoicing.actions.certify import Certificate
from duly.invoicing.actions.plan import plan_run
from duly.invoicing.actions.runs import approve_run, cancel_run
from duly.invoicing.jobs import work_run
from duly.invoicing.models import Run
from duly.invoicing.queries.runs import run, runs
from duly.kernel.money import format_minor
from duly.kernel.refusals import BadInput
from duly.site.cli.common import DATE, Progress, answer, day, operator, options, table, today_of

STEPS = ("plan", "preview", "approve", "issue", "cancel", "list")


@click.command("bill")
@click.argument("step", required=False, type=click.Choice(STEPS))
@click.argument("run_id", required=False, type=int, metavar="[RUN]")
@click.option("--through", type=DATE, help="Bill all that is due through this day (catch-up included).")
@click.option("--on", "on", type=DATE, help="Date of the invoices [default: today].")
@click.option("--dry-run", is_flag=True, help="Plan and preview, then cancel: nothing is billed.")
@click.option("--workers", default=2, show_default=True)
@options
def bill_command(
    step: str | None,
    run_id: int | None,
    through: datetime | None,
    on: datetime | None,
    dry_run: bool,
    workers: int,
    as_json: bool,
    entity: Entity,
) -> None:
    """Bill what is due: `duly bill --through DATE` plans, approves and issues in one go.

    Step by step: `duly bill plan --through DATE`, `bill preview RUN`, `bill approve RUN`, `bill issue RUN`. Killed
    anywhere, `duly bill issue RUN` (or the worker) goes on; nothing is billed twice.
    """
    if step == "list":
        known = runs(entity.id)
        answer({"runs": [_facts(one) for one in known]}, _listed(known), as_json)
    elif step in (None, "plan"):
        issued_on = day(on, entity)
        by = operator(entity)
        planned = plan_run(through.date() if through else issued_on, issued_on, today=today_of(entity), by=by)
        _work(planned, entity, workers)
        if step is None and not dry_run:
            approve_run(planned, by=by)
            _issue(planned, entity, workers, as_json)
            return
        found = run(entity.id, planned)
        if dry_run:
            cancel_run(planned, by=by)
        answer({"dry_run": dry_run, **_facts(found)}, _told(found), as_json)
    elif run_id is None:
        raise BadInput("run.which", remedy="name the run; `duly bill list` shows them")
    else:
        _step(step, run_id, entity, workers, as_json)


def _step(step: str, run_id: int, entity: Entity, workers: int, as_json: bool) -> None:
    if step == "issue":
        _issue(run_id, entity, workers, as_json)
        return
    if step == "approve":
        approve_run(run_id, by=operator(entity))
    elif step == "cancel":
        cancel_run(run_id, by=operator(entity))
    found = run(entity.id, run_id)
    answer(_facts(found), _told(found), as_json)


def _issue(run_id: int, entity: Entity, workers: int, as_json: bool) -> None:
    certificate = _work(run_id, entity, workers)
    found = run(entity.id, run_id)
    if certificate is not None:
        _show(found, certificate, as_json)
    else:
        answer(_facts(found), _told(found), as_json)


def _work(run_id: int, entity: Entity, workers: int) -> Certificate | None:
    progress = Progress()
    try:
        return work_run(run_id, by=operator(entity), workers=workers, progress=progress)
    finally:
        progress.end()


def _show(found: Run, certificate: Certificate, as_json: bool) -> None:
    facts = {name: getattr(certificate, name) for name in Certificate.__dataclass_fields__}
    words = (
        f"{_told(found)}\nCertificate: {certificate.expected_accounts:,} accounts expected ="
        f" {certificate.billed_accounts:,} billed + {certificate.nothing_due:,} nothing due +"
        f" {certificate.held_accounts:,} held"
        + (f" + {certificate.elsewhere_accounts:,} billed elsewhere" if certificate.elsewhere_accounts else "")
        + ("; it adds up." if certificate.adds_up else "; IT DOES NOT ADD UP.")
    )
    answer({**_facts(found), "certificate": facts}, words, as_json)


def _facts(found: Run) -> dict[str, object]:
    return {name: getattr(found, name) for name in Run.__dataclass_fields__}


def _money(amounts: dict[str, int]) -> str:
    return ", ".join(f"{format_minor(minor, currency)} {currency}" for currency, minor in amounts.items()) or "nothing"


def _told(found: Run) -> str:
    done = found.certificate or {}
    head = f"Run {found.id}: {found.state}, through {found.through_on}, dated {found.issued_on}.\n"
    if done:
        return head + (
            f"  {done['documents']:,} documents for {done['billed_accounts']:,} accounts,"
            f" {_money(done['billed_net'])} net; {done['nothing_due']:,} nothing due; {done['held_accounts']:,} held"
        )
    return head + (
        f"  {found.planned_accounts:,} accounts to bill, {_money(found.to_bill_net)} net;"
        f" {found.nothing_due:,} nothing due; {found.held_accounts:,} held"
    )


def _listed(known: list[Run]) -> str:
    rows = [(r.id, r.state, r.through_on, r.issued_on, *_counted(r)) for r in known]
    heads = ("Run", "State", "Through", "Dated", "Accounts", "Held", "Net")
    return table(heads, rows, right=(0, 4, 5, 6))


def _counted(found: Run) -> tuple[int, int, str]:
    done = found.certificate or {}
    if done:
        return done["billed_accounts"], done["held_accounts"], _money(done["billed_net"])
    return found.planned_accounts, found.held_accounts, _money(found.to_bill_net)
