"""The `duly` command: finds the sub-command, brings the office up for it, and tells refusals apart from mistakes."""

from __future__ import annotations

import json
import os
import sys
from importlib import import_module

import click

from duly.kernel.refusals import Proposed, Refused
from duly.site.boot import Office, boot
from duly.site.embedded.problems import EmbeddedError

COMMANDS: dict[str, tuple[str, str]] = {
    "init": ("office", "Make the database and open an office with its owner."),
    "demo": ("demo", "Build a demo office by running the real actions through time."),
    "serve": ("office", "Open the office in the browser."),
    "worker": ("office", "Send mail, go on with runs, seal the books."),
    "stop": ("stop", "Stop the embedded database of a home."),
    "shell": ("office", "A Python prompt with the office open."),
    "verify": ("books", "Prove the books from their rows."),
    "backup": ("backup", "Write the whole office to one file."),
    "restore": ("restore", "Bring an office back from a backup file."),
    "import": ("imports", "Bring in customers, arrangements, charges, usage, open items ..."),
    "export": ("exports", "Write invoices, open items, postings, reports as CSV, XLSX or Parquet."),
    "bill": ("bills", "The bill run: plan, preview, approve, issue."),
    "invoice": ("invoices", "Show, print, send, void or credit an invoice."),
    "bank": ("money", "Bring in bank statements."),
    "receipt": ("money", "Record money received by hand."),
    "match": ("money", "Propose and apply matches of money to bills."),
    "refund": ("refunds", "Money back: ask, check, approve, pay by file, close."),
    "reconcile": ("money", "Bank = ledger = subledger, the difference line by line."),
    "work": ("work", "The queue: list, assign, pend, claim, done, sync."),
    "close": ("books", "Close a period once everything ties."),
    "age": ("books", "Who owes what since when, as of any date."),
    "trial-balance": ("books", "The trial balance as of any date."),
    "dun": ("dunning", "Remind whoever is overdue: one letter a payer, past the gate."),
    "statement": ("dunning", "Statements of account: one, or all that are due by schedule."),
    "why": ("why", "Explain a number, an account or a bank line."),
    "approve": ("approvals", "What waits for approval: list, show, accept, refuse."),
    "undo": ("books", "Reverse one act, whole."),
}
UNBOOTED = frozenset({"stop", "restore"})
"""Commands that must not find the database running, or bring it up themselves."""


class DulyGroup(click.Group):
    """Loads a sub-command's module only when it is called, after the office has been brought up."""

    office: Office | None = None

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands in the order of an office's day."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Bring the office up and import the module that holds the command."""
        if cmd_name not in COMMANDS:
            return None
        if cmd_name not in UNBOOTED and not ctx.resilient_parsing and self.office is None:
            self.office = boot(_home_of(sys.argv[1:]))
        module = import_module(f"duly.site.cli.{COMMANDS[cmd_name][0]}")
        command: click.Command = getattr(module, f"{cmd_name.replace('-', '_')}_command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without bringing anything up."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


@click.group(cls=DulyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--home", "home_folder", metavar="DIR", help="Folder of database, files and keys (DULY_HOME).")
def duly(home_folder: str | None) -> None:
    """Duly: the billing office in software.

    Every command takes --json (one JSON object on stdout) and --home DIR, and exits 0 when done, 1 when refused or
    when a check failed, 2 on wrong usage.
    """


def main() -> int:
    """Run the command line and return its exit code."""
    group = duly
    assert isinstance(group, DulyGroup)
    as_json = "--json" in sys.argv
    try:
        code = group.main(standalone_mode=False)
        return code if isinstance(code, int) else 0
    except click.exceptions.Abort:
        return _fail("interrupted", "Interrupted; what was finished stays, the rest can be run again.", as_json)
    except click.ClickException as error:
        error.show()
        return 2
    except Proposed as proposed:
        return _sent(proposed, as_json)
    except Refused as refusal:
        return _fail(refusal.code, sentence_of(refusal), as_json, **refusal.facts)
    except EmbeddedError as problem:
        return _fail("database", str(problem), as_json)
    finally:
        if group.office is not None:
            group.office.close()


def _sent(proposed: Proposed, as_json: bool) -> int:
    who = " or ".join(list(proposed.facts["who"])[:3])  # type: ignore[call-overload]
    text = f"Sent for approval to {who}: {proposed.facts['summary']} (proposal {proposed.facts['proposal']})"
    if as_json:
        facts = {"ok": True, "code": proposed.code, "message": text, **proposed.facts}
        click.echo(json.dumps(facts, default=str))
    else:
        click.echo(text)
    return 0


def sentence_of(refusal: Refused) -> str:
    """Return the refusal as one line: code, facts, and who can or what helps where known."""
    facts = "; ".join(f"{name} {value}" for name, value in refusal.facts.items())
    return f"Refused: {refusal.code}" + (f" ({facts})" if facts else "")


def _fail(code: str, message: str, as_json: bool, **facts: object) -> int:
    if as_json:
        click.echo(json.dumps({"ok": False, "code": code, "message": message, "facts": facts}, default=str))
    click.echo(message, err=True)
    return 1


def _home_of(arguments: list[str]) -> str | None:
    """Find --home wherever it stands on the line."""
    for place, word in enumerate(arguments):
        if word == "--home" and place + 1 < len(arguments):
            return arguments[place + 1]
        if word.startswith("--home="):
            return word.removeprefix("--home=")
    return os.environ.get("DULY_HOME")
