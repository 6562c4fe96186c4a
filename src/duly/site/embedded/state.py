"""What runs in a home now, as the supervisor writes it down and everybody else reads it."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from duly.site.embedded import processes

USERS_LOCK: Final = "users.lock"
"""Shared by every process that uses the server; taken whole by the supervisor once the last has gone."""
SUPERVISOR_LOCK: Final = "supervisor.lock"
"""Held by the one supervisor."""
SERVER_LOCK: Final = "postgres.lock"
"""Inherited by the server and all its children, so it is free only when none of them is left."""
STATE_FILE: Final = "server.json"


@dataclass(frozen=True, slots=True)
class ServerState:
    """The server of a home: `phase` is starting, recovering, ready or stopping."""

    phase: str
    supervisor_pid: int
    supervisor_born: str
    postmaster_pid: int | None
    host: str
    port: int
    tcp_port: int | None = None


def write_state(run: Path, state: ServerState) -> None:
    """Replace the note whole; a reader never sees half of it."""
    draft = run / f".{STATE_FILE}.{os.getpid()}"
    draft.write_text(json.dumps(asdict(state)))
    draft.replace(run / STATE_FILE)


def read_state(run: Path) -> ServerState | None:
    """What runs, or None when its supervisor is no longer alive (the pid may be another's by now)."""
    try:
        state = ServerState(**json.loads((run / STATE_FILE).read_text()))
    except (FileNotFoundError, ValueError, TypeError):
        return None
    if processes.born(state.supervisor_pid) != state.supervisor_born:
        return None
    return state
