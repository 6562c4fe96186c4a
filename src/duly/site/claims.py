"""Who does what in a home: one office serves it, one worker works for it, and a second is told so."""

import fcntl
import json
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from duly.site.embedded import AlreadyRunning, processes, stop_running
from duly.site.home import Home

OFFICE = "office"


@dataclass(frozen=True, slots=True)
class Holder:
    """The living process that holds a claim, and what it said of itself (the office: its `url`)."""

    pid: int
    born: str
    facts: dict[str, str]


@contextmanager
def claim(home: Home, name: str = OFFICE, **facts: str) -> Iterator[None]:
    """Be the only `name` of this home while in the block; raises AlreadyRunning naming who is."""
    home.create()
    note, me = _note(home, name), os.getpid()
    with (home.run / f"{name}.lock").open("a+") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)  # only for this moment: a killed holder's children must not keep it
        other = holder(home, name)
        if other is not None and other.pid != me:
            raise AlreadyRunning(other.pid, str(home.path), f"The {name}{_at(other)}")
        draft = note.with_name(f".{note.name}.{me}")
        draft.write_text(json.dumps({"pid": me, "born": processes.born(me), "facts": facts}))
        draft.replace(note)
    try:
        yield
    finally:
        mine = holder(home, name)
        if mine is not None and mine.pid == me:
            note.unlink(missing_ok=True)


def holder(home: Home, name: str = OFFICE) -> Holder | None:
    """Who holds the claim now; None when nobody does or its holder has died."""
    try:
        found = Holder(**json.loads(_note(home, name).read_text()))
    except (FileNotFoundError, ValueError, TypeError):
        return None
    return found if processes.born(found.pid) == found.born else None


def stop_home(home: Home, *, patience_seconds: float = 30.0) -> list[str]:
    """Ask the office to close, then stop the database whoever uses it; answers what was stopped, by name."""
    stopped = []
    office = holder(home)
    if office is not None and office.pid != os.getpid():
        with suppress(ProcessLookupError):
            os.kill(office.pid, signal.SIGTERM)
        _wait_for_the_end_of(office, patience_seconds)
        stopped.append(OFFICE)
    if stop_running(home):
        stopped.append("database")
    return stopped


def _wait_for_the_end_of(office: Holder, seconds: float) -> None:
    end = time.monotonic() + seconds
    while processes.born(office.pid) == office.born and time.monotonic() < end:
        time.sleep(0.05)


def _at(other: Holder) -> str:
    return f" ({other.facts['url']})" if "url" in other.facts else ""


def _note(home: Home, name: str) -> Path:
    return home.run / f"{name}.json"
