"""State machines as data: a table of allowed moves."""

from __future__ import annotations

from collections.abc import Mapping

from duly.kernel.refusals import Refused


class States:
    """The states of one kind of thing and the moves between them; a CHECK in the database lists the same names."""

    def __init__(self, name: str, moves: Mapping[str, set[str]]) -> None:
        self.name = name
        self.moves = moves

    def require(self, current: str, target: str) -> None:
        """Refuse a move the table does not allow."""
        if target not in self.moves[current]:
            raise Refused(f"{self.name}.cannot_become_{target}", current=current)

    def sources_of(self, target: str) -> list[str]:
        """Return the states from which `target` may be reached: what a guarded UPDATE asks for."""
        return [state for state, targets in self.moves.items() if target in targets]
