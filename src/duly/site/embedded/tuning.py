"""The server's settings, from the size of this machine."""

import os
import shutil
from pathlib import Path
from typing import Final

MB: Final = 1024 * 1024
GB: Final = 1024 * MB
SETTINGS_FILE: Final = "duly.conf"
"""Included at the end of postgresql.conf; `alter system` still wins over it."""


def settings(data: Path, *, fsync: bool) -> dict[str, str]:
    """Settings for bill runs of millions of rows beside many small transactions."""
    memory = _memory_bytes()
    wal = min(16 * GB, max(1 * GB, shutil.disk_usage(data).free // 4))
    chosen = {
        "shared_buffers": _mb(min(4 * GB, max(128 * MB, memory // 6))),
        # A run writes about 6 KB of log for an invoice, in bursts, and works in temporary tables.
        "wal_buffers": "64MB",
        "temp_buffers": "64MB",
        # The log goes to disk while a chunk is at work, not all at its commit, with the number series locked.
        "wal_writer_delay": "10ms",
        "effective_cache_size": _mb(max(256 * MB, memory // 2)),
        "work_mem": "64MB",
        "maintenance_work_mem": "256MB",
        # Housekeeping never takes more than half of the cores from a run, and leaves tables that only grow alone until
        # they have doubled: their rows are not changed any more.
        "autovacuum_max_workers": str(max(1, (os.cpu_count() or 2) // 2)),
        "autovacuum_vacuum_insert_scale_factor": "1.0",
        "max_connections": "100",
        "max_wal_size": _mb(wal),
        "checkpoint_timeout": "15min",
        "wal_compression": "on",
        "random_page_cost": "1.1",
        "jit": "off",
        "timezone": "'UTC'",
        "log_timezone": "'UTC'",
        "fsync": "on",
        "synchronous_commit": "on",
        "dynamic_shared_memory_type": _dynamic_shared_memory(),
    }
    if not fsync:
        chosen |= {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
    return chosen


def write_settings(data: Path, *, fsync: bool) -> None:
    """Leave the settings where the server reads them at its start."""
    lines = [f"{name} = {value}" for name, value in settings(data, fsync=fsync).items()]
    file = data / SETTINGS_FILE
    file.write_text("\n".join(["# Written anew at each start; use `alter system` to differ.", *lines, ""]))
    file.chmod(0o644)  # the server may run under another name than ours; its folder is private


def _mb(size: int) -> str:
    return f"{size // MB}MB"


def _memory_bytes() -> int:
    """What this machine, or the container we are in, may use."""
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    try:
        limit = Path("/sys/fs/cgroup/memory.max").read_text().strip()
    except OSError:
        return memory
    return min(memory, int(limit)) if limit.isdigit() else memory


def _dynamic_shared_memory() -> str:
    """Containers often have 64 MB of shared memory, on which parallel queries fail; files do not."""
    try:
        room = os.statvfs("/dev/shm")
    except OSError:
        return "posix"
    return "posix" if room.f_blocks * room.f_frsize >= 1 * GB else "mmap"
