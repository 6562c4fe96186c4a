"""The embedded PostgreSQL: one server a home folder, there while anybody uses it, gone when nobody does."""

from duly.site.embedded.binaries import bin_dir
from duly.site.embedded.problems import AlreadyRunning, EmbeddedError, PortTaken, StartFailed
from duly.site.embedded.server import EmbeddedServer, attach_or_start, status, stop_running
from duly.site.embedded.state import ServerState

__all__ = [
    "AlreadyRunning",
    "EmbeddedError",
    "EmbeddedServer",
    "PortTaken",
    "ServerState",
    "StartFailed",
    "attach_or_start",
    "bin_dir",
    "status",
    "stop_running",
]
