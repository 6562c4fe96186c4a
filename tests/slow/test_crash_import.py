"""kill -9 of clerks who take bank files in and match, and of PostgreSQL, at random moments: each line once, all true.

DULY_CRASH_KILLS says how often (25 here and 25 in the other siege, 50 in a run of the test command; 1,000 for a night).
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from duly.site.embedded import EmbeddedServer, attach_or_start
from duly.site.home import home_at
from tests.slow.crash_bank import FILES, LINES

pytestmark = [pytest.mark.slow, pytest.mark.timeout(3600)]
KILLS = int(os.environ.get("DULY_CRASH_KILLS", "25"))
SERVER_KILLS_A_MINUTE = 4
"""A server that crashes more often than that is given up by its supervisor, rightly."""
PATIENCE_SECONDS = 120
ROOT = Path(__file__).parents[2]


class Siege:
    """An office whose two clerks, and now and then the server, are killed while they work."""

    def __init__(self, folder: Path, server: EmbeddedServer) -> None:
        self.home, self.server, self.acks = folder / "home", server, folder / "acks"
        self.acks.mkdir()
        self.clerks: list[subprocess.Popen[bytes]] = []
        self.finished = 0
        self.log = (folder / "clerks.log").open("ab")
        self.random = random.Random(20260331)
        self.kills = {"clerk": 0, "server": 0}
        self.struck_at: list[float] = []

    def words(self, command: str, *more: str) -> list[str]:
        return [sys.executable, "-m", "tests.slow.crash_bank", command, str(self.home), *more]

    def env(self) -> dict[str, str]:
        kept = {name: text for name, text in os.environ.items() if not name.startswith("DULY_")}
        return {**kept, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}

    def command(self, *words: str) -> str:
        """Run a command to its end; repeated when the server goes under it."""
        for _ in range(10):
            done = subprocess.run(
                self.words(*words), capture_output=True, text=True, env=self.env(), cwd=ROOT, check=False
            )
            if done.returncode == 0:
                return done.stdout.strip()
            time.sleep(1)
        raise AssertionError(done.stderr[-3000:])

    def value(self, statement: str) -> int:
        """Read one number from the server, waiting for it to recover."""
        until = time.monotonic() + PATIENCE_SECONDS
        params = {name: str(part) for name, part in self.server.dsn_params().items() if part}
        while True:
            try:
                with psycopg.connect(**params, connect_timeout=5) as connection:  # type: ignore[arg-type]
                    return int(connection.execute(statement).fetchone()[0])  # type: ignore[call-overload,index]
            except psycopg.OperationalError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.1)

    def keep_working(self) -> None:
        """Replace clerks that were killed; those that came to the end count."""
        for clerk in [clerk for clerk in self.clerks if clerk.poll() is not None]:
            self.clerks.remove(clerk)
            self.finished += clerk.returncode == 0
        while len(self.clerks) < 2:
            self.clerks.append(
                subprocess.Popen(
                    self.words("work", str(self.acks)), env=self.env(), cwd=ROOT, stdout=self.log, stderr=self.log
                )
            )

    def strike(self) -> None:
        """Kill a clerk, or one time in four the server, now."""
        self.struck_at = [at for at in self.struck_at if time.monotonic() - at < 60]
        if self.random.random() < 0.25 and len(self.struck_at) < SERVER_KILLS_A_MINUTE:
            self.struck_at.append(time.monotonic())
            pid = int((self.home / "pg" / "postmaster.pid").read_text().split()[0])
            self.kills["server"] += 1
        else:
            pid = self.random.choice(self.clerks).pid
            self.kills["clerk"] += 1
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)

    def acknowledged(self) -> int:
        """How many different files clerks were told are taken in."""
        told = (line for file in self.acks.iterdir() for line in file.read_text().splitlines())
        return len({line for line in told if line.startswith("file")})

    def end(self) -> None:
        for clerk in self.clerks:
            clerk.kill()
            clerk.wait()
        self.log.close()


@pytest.fixture
def siege(tmp_path: Path) -> Iterator[Siege]:
    """An office of a home of its own that waits for its bank's files."""
    server = attach_or_start(home_at(tmp_path / "home").create())
    under_attack = Siege(tmp_path, server)
    try:
        under_attack.command("prepare")
        yield under_attack
    finally:
        under_attack.end()
        server.stop()


def test_files_and_matches_killed_anywhere_lose_and_double_nothing(siege: Siege) -> None:
    while sum(siege.kills.values()) < KILLS:
        siege.keep_working()
        time.sleep(siege.random.uniform(0.6, 2.5))
        siege.strike()
        seen = siege.acknowledged()
        assert siege.value("select count(*) from banking_file where state = 'imported'") >= seen
        assert (
            siege.value(
                "select count(*) from (select 1 from banking_line group by bank_reference having count(*) > 1) d"
            )
            == 0
        )
    until = time.monotonic() + 300
    while siege.finished < 1:
        assert time.monotonic() < until, "the work does not end"
        siege.keep_working()
        time.sleep(0.2)
    siege.end()

    whole, cited = FILES * LINES, FILES * LINES * 9 // 10
    assert json.loads(siege.command("verify")) == []
    assert siege.value("select count(*) from banking_line") == whole
    assert siege.value("select count(*) from banking_line where state = 'placed'") == cited
    assert siege.value("select count(*) from payments_receipt") == cited
    assert siege.value("select count(*) from receivables_item where kind = 'opening' and open_minor = 0") == cited
    assert siege.value("select max(seq) from receivables_number where document_kind = 'receipt'") == cited
    print(siege.kills)
