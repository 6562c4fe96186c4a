"""What can be wrong with the embedded server, each with a sentence that says what to do."""

from typing import Final


class EmbeddedError(RuntimeError):
    """The embedded server cannot do what was asked; the message is for the person at the keyboard."""

    code = "database.failed"


class AlreadyRunning(EmbeddedError):
    """Somebody else runs this home; `pid` is the process to end."""

    code = "database.already_running"

    def __init__(self, pid: int, home: str, what: str = "The database") -> None:
        self.pid = pid
        super().__init__(
            f"{what} of {home} is already running (process {pid}). Stop it with `duly stop` or `kill {pid}`."
        )


class PortTaken(EmbeddedError):
    """The TCP port that was asked for belongs to another program."""

    code = "database.port_taken"

    def __init__(self, port: int) -> None:
        self.port = port
        super().__init__(f"TCP port {port} of this machine is taken by another program. Choose another port.")


class StartFailed(EmbeddedError):
    """The server's programs gave up; the message carries the end of their log."""

    code = "database.start_failed"


class Killed(StartFailed):
    """The server or its supervisor was killed while it started; worth another try."""

    code = "database.killed"


BY_CODE: Final[dict[str, type[EmbeddedError]]] = {
    kind.code: kind for kind in (EmbeddedError, StartFailed, Killed, PortTaken, AlreadyRunning)
}


def told(problem: EmbeddedError) -> dict[str, object]:
    """The problem as plain values, to cross from the supervisor to the process that started it."""
    number = getattr(problem, "port", None) or getattr(problem, "pid", None)
    return {"code": problem.code, "message": str(problem), "number": number}


def retold(facts: dict[str, object]) -> EmbeddedError:
    """The problem that `told` wrote down."""
    if facts["code"] == PortTaken.code:
        return PortTaken(int(str(facts["number"])))
    problem = BY_CODE[str(facts["code"])]
    if problem is AlreadyRunning:
        again = AlreadyRunning(int(str(facts["number"])), "")
        again.args = (facts["message"],)
        return again
    return problem(str(facts["message"]))
