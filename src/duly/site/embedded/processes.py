"""Questions about other processes; nothing is ever signalled on the strength of a number in a file alone."""

import os
import subprocess
import sys
from pathlib import Path

LINUX = sys.platform.startswith("linux")


def born(pid: int) -> str | None:
    """When process `pid` began, in the system's own words; None when there is none, or a dead one."""
    if LINUX:
        try:
            # The name in brackets may hold anything, so count from its end: 3 is the state, 22 the start.
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            return None
        return None if fields[0] in "ZX" else fields[19]
    row = _ps(pid, "stat=,lstart=")
    return None if not row or row.startswith("Z") else row.partition(" ")[2].strip()


def command_line(pid: int) -> list[str]:
    """The words process `pid` was started with; empty when there is none."""
    if LINUX:
        try:
            return Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="surrogateescape").split("\0")[:-1]
        except (FileNotFoundError, ProcessLookupError, PermissionError):
            return []
    row = _ps(pid, "command=")
    return [row] if row else []


def is_postmaster(pid: int, data: Path) -> bool:
    """Whether `pid` is a PostgreSQL server that was started on the folder `data`, and not merely a number."""
    words = command_line(pid)
    if not words:
        return False
    if len(words) == 1:  # from ps, which joins the words
        return "postgres" in words[0].split("-D")[0] and f"-D {data}" in words[0]
    return os.path.basename(words[0]) == "postgres" and str(data) in words


def working_in(data: Path) -> list[int]:
    """PostgreSQL processes whose working folder is `data`: the server and its children (Linux only)."""
    if not LINUX:
        return []
    here = os.path.realpath(data)
    return [pid for pid in map(int, filter(str.isdigit, os.listdir("/proc"))) if _works_in(pid, here)]


def _works_in(pid: int, here: str) -> bool:
    try:
        name = Path(f"/proc/{pid}/comm").read_text().strip()
        return name == "postgres" and os.readlink(f"/proc/{pid}/cwd") == here
    except OSError:
        return False


def _ps(pid: int, columns: str) -> str:
    asked = subprocess.run(["ps", "-ww", "-o", columns, "-p", str(pid)], capture_output=True, text=True, check=False)
    return asked.stdout.strip()
