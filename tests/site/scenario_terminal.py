"""Working at the command line: `duly` as a process of its own, in a home, on a day."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.site.servers import SOURCES

NOW = "2026-03-31T09:00:00+00:00"
CUSTOMERS = """customer,name,email,country,street,postal_code,city,terms_days,language
10001,Harbor Line Freight,ap@harbor.example,DE,Kai 1,20457,Hamburg,14,de
10002,Stonegate Dental,bills@stonegate.example,DE,Tor 2,10115,Berlin,30,en
10003,Quiet Lake Books,ap@quiet.example,DE,See 3,80331,München,30,en
"""
ITEMS = "item,name,unit,tax_class,revenue_account\nSEAT,Seat,seat,standard,4000\nHELP,Support,month,standard,4000\n"
ARRANGEMENTS = """customer,agreement,name,item,model,quantity,unit_price,interval,timing,starts_on
10001,A1,Team plan,SEAT,per_unit,10,12.00,month,advance,2026-03-01
10002,A2,Team plan,SEAT,per_unit,3,12.00,month,advance,2026-03-01
10002,A2,Team plan,HELP,flat,1,99.00,month,advance,2026-03-01
"""
IBAN = "DE02120300000000202051"
BANK_ACCOUNTS = f"name,iban,bic,bank_name,currency,gl_code\nOperating,{IBAN},BYLADEM1001,Kreditbank,EUR,1100\n"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command said and how it ended."""

    code: int
    out: str
    err: str

    @property
    def facts(self) -> dict[str, Any]:
        """The one JSON object on stdout."""
        found = json.loads(self.out)
        assert isinstance(found, dict)
        return found


@dataclass(frozen=True, slots=True)
class Terminal:
    """Runs `duly` in one home."""

    home: Path
    folder: Path
    extra: dict[str, str] = field(default_factory=dict)

    def __call__(self, *words: object, home: Path | None = None, seconds: float = 60) -> Answer:
        """Run a command with --json; nothing is said about how it ends."""
        names = [str(word) for word in words]
        done = subprocess.run(
            [sys.executable, "-m", "duly", *names, "--json", "--home", str(home or self.home)],
            env=self.environment(),
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )
        return Answer(done.returncode, done.stdout, done.stderr)

    def environment(self) -> dict[str, str]:
        """The environment of a command; modules are compiled once a folder, whatever the tests' Python does."""
        kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        ours = {"PYTHONPATH": str(SOURCES), "PYTHONPYCACHEPREFIX": str(self.folder / "pycache"), "DULY_NOW": NOW}
        return kept | ours | self.extra

    def does(self, *words: object, home: Path | None = None) -> dict[str, Any]:
        """Run a command that must end well; returns its JSON object."""
        done = self(*words, home=home)
        assert done.code == 0, done.err + done.out
        assert done.facts["ok"] is True
        return done.facts

    def refuses(self, *words: object, home: Path | None = None) -> dict[str, Any]:
        """Run a command that must be refused (exit 1); returns what it said of the reason."""
        done = self(*words, home=home)
        assert done.code == 1, done.err + done.out
        assert done.facts["ok"] is False
        assert done.err
        return done.facts

    def file(self, name: str, content: str | bytes) -> Path:
        """Put a file into the folder one works in."""
        path = self.folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def open_office(self) -> dict[str, Any]:
        """Open the office this terminal works in; books from January 2026."""
        return self.does(
            *("init", "--name", "Kontor Nord", "--owner-name", "Ida Nord", "--owner-email", "ida@kontor.example"),
            *("--books-from", "2026-01-01"),
        )

    def brings(self, kind: str, content: str) -> dict[str, Any]:
        """Import a table."""
        return self.does("import", kind, self.file(f"{kind}.csv", content))

    def brings_the_customers(self) -> None:
        """Catalog, bank account, customers and their agreements."""
        for kind, content in {
            "items": ITEMS,
            "bank-accounts": BANK_ACCOUNTS,
            "customers": CUSTOMERS,
            "arrangements": ARRANGEMENTS,
        }.items():
            assert self.brings(kind, content)["rejected"] == 0
