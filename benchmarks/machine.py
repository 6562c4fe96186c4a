"""What a figure was measured on."""

from __future__ import annotations

import os
import platform
import resource
from pathlib import Path


def machine() -> dict[str, object]:
    """Describe the machine: cores, processor, load as the run began."""
    return {
        "cores": len(os.sched_getaffinity(0)),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "python": platform.python_version(),
        "load_1m": round(os.getloadavg()[0], 2),
    }


def peak_rss_mb() -> float:
    """Return the largest memory this Python process has used so far."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)


def server_cpu_seconds(data_folder: Path) -> float:
    """Return the CPU seconds an embedded server has used so far, ended backends included; 0.0 where /proc is missing.

    On shared cores the wall clock lies; this does not.
    """
    ticks, wanted = 0, str(data_folder.resolve())
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if os.readlink(folder / "cwd") != wanted:
                continue
            parts = (folder / "stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        ticks += sum(int(parts[at]) for at in (11, 12, 13, 14))
    return ticks / os.sysconf("SC_CLK_TCK")
