"""kill -9 of bill run workers and of PostgreSQL, at random moments: nothing lost, doubled or gapped.

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

pytestmark = [pytest.mark.slow, pytest.mark.timeout(3600)]
KILLS = int(os.environ.get("DULY_CRASH_KILLS", "25"))
ACCOUNTS = 1_000
PATIENCE_SECONDS = 120
SERVER_KILLS_A_MINUTE = 4
"""A server that crashes more often than that is given up by its supervisor, rightly."""
ROOT = Path(__file__).parents[2]


class Siege:
    """An office under attack: two workers kept alive, killed now and then, the server too."""

    def __init__(self, folder: Path, server: EmbeddedServer) -> None:
        self.home, self.server, self.acks = folder / "home", server, folder / "acks"
        self.acks.mkdir()
        self.workers: list[subprocess.Popen[bytes]] = []
        self.log = (folder / "workers.log").open("ab")
        self.random = random.Random(20260131)
        self.kills = {"worker": 0, "server": 0}
        self.struck_at: list[float] = []

    def command(self, *words: str) -> str:
        """Run a command of the crash office to its end; repeated when the server goes under it."""
        for _ in range(10):
            done = subprocess.run(
                self.words(*words), capture_output=True, text=True, env=self.env(), cwd=ROOT, check=False
            )
            if done.returncode == 0:
                return done.stdout.strip()
            time.sleep(1)
        raise AssertionError(done.stderr[-3000:])

    def words(self, command: str, *more: str) -> list[str]:
        return [sys.executable, "-m", "tests.slow.crash_office", command, str(self.home), *more]

    def env(self) -> dict[str, str]:
        kept = {name: text for name, text in os.environ.items() if not name.startswith("DULY_")}
        return {**kept, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}

    def value(self, statement: str) -> int:
        """Read one number from the server, waiting for it to recover."""
        until = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                with psycopg.connect(**self.params(), connect_timeout=5) as connection:  # type: ignore[arg-type]
                    row = connection.execute(statement).fetchone()  # type: ignore[call-overload]
                    return int(row[0])
            except psycopg.OperationalError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.1)
                self.server = attach_or_start(home_at(self.home))

    def params(self) -> dict[str, str]:
        return {name: str(part) for name, part in self.server.dsn_params().items() if part}

    def keep_working(self) -> None:
        """Start workers for those that ended or were killed."""
        self.workers = [worker for worker in self.workers if worker.poll() is None]
        while len(self.workers) < 2:
            self.workers.append(
                subprocess.Popen(
                    self.words("work", str(self.acks)), env=self.env(), cwd=ROOT, stdout=self.log, stderr=self.log
                )
            )

    def strike(self) -> None:
        """Kill a worker, or one time in four the server, now."""
        self.struck_at = [at for at in self.struck_at if time.monotonic() - at < 60]
        if self.random.random() < 0.3 and len(self.struck_at) < SERVER_KILLS_A_MINUTE:
            self.struck_at.append(time.monotonic())
            pid = int((self.home / "pg" / "postmaster.pid").read_text().split()[0])
            self.kills["server"] += 1
        else:
            pid = self.random.choice(self.workers).pid
            self.kills["worker"] += 1
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)

    def acknowledged(self) -> int:
        """How many issued chunks workers were told are committed."""
        return sum(file.read_text().count("issue\n") for file in self.acks.iterdir())

    def end(self) -> None:
        for worker in self.workers:
            worker.kill()
            worker.wait()
        self.log.close()


@pytest.fixture
def siege(tmp_path: Path) -> Iterator[Siege]:
    """An office of a home of its own with a thousand accounts."""
    server = attach_or_start(home_at(tmp_path / "home").create())
    under_attack = Siege(tmp_path, server)
    try:
        under_attack.command("prepare", str(ACCOUNTS))
        yield under_attack
    finally:
        under_attack.end()
        server.stop()


def test_a_run_killed_anywhere_loses_doubles_and_skips_nothing(siege: Siege) -> None:
    rounds = 0
    while sum(siege.kills.values()) < KILLS:
        siege.command("plan", str(rounds))
        rounds += 1
        until = time.monotonic() + 300
        while siege.value("select count(*) from invoicing_run where state <> 'issued'"):
            assert time.monotonic() < until, "the run does not end"
            siege.keep_working()
            time.sleep(siege.random.uniform(0.4, 2.5))
            if sum(siege.kills.values()) < KILLS:
                siege.strike()
            seen = siege.acknowledged()
            assert siege.value("select count(*) from invoicing_run_chunk where state = 'issued'") >= seen
    siege.end()

    assert json.loads(siege.command("verify")) == []
    assert siege.value("select count(*) from invoicing_invoice") == rounds * ACCOUNTS
    assert siege.value("select count(*) from invoicing_line") == rounds * ACCOUNTS * 2
    assert siege.value("select max(seq) from receivables_number") == rounds * ACCOUNTS
    assert siege.value("select count(*) from invoicing_charge") == 0
    assert siege.value("select count(*) from events_outbox") == rounds * ACCOUNTS
    print(siege.kills, rounds)
