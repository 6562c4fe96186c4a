"""What a figure was measured on."""

from __future__ import annotations

import os
import platform
import resource


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
