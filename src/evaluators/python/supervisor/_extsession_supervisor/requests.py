"""The requests whose end no host has acknowledged, and those of them that wait."""

from __future__ import annotations

from . import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any


class Requests:
    def __init__(self) -> None:
        self.known: dict[int, dict[str, Any]] = {}
        """In order."""
        self._waiting: list[dict[str, Any]] = []
        self._begun: dict[int, int] = {}
        """Where they begin in the journal."""
        self.last_id = 0
        self.last_count = 0

    def submit(self, envelope: dict[str, Any]) -> None:
        self.last_id = max(self.last_id, envelope["id"])
        self.last_count = envelope["count"] or self.last_count
        self.known[envelope["id"]] = envelope
        self._waiting.append(envelope)

    def begin(self, at: int) -> dict[str, Any] | None:
        """The next one, which begins at that offset."""
        if not self._waiting:
            return None
        envelope = self._waiting.pop(0)
        self._begun[envelope["id"]] = at
        return envelope

    def cancel(self, id: int, at: int) -> bool:
        """Takes back one that waits, at that offset; whether it did."""
        for envelope in self._waiting:
            if envelope["id"] == id:
                self._waiting.remove(envelope)
                self._begun[id] = at
                return True
        return False

    def waiting(self) -> list[int]:
        return [envelope["id"] for envelope in self._waiting]

    def clear(self) -> None:
        """None of those that wait will begin."""
        self._waiting.clear()

    def forget(self, ids: list[int]) -> None:
        """A host has everything of them."""
        for id in ids:
            self.known.pop(id, None)
            self._begun.pop(id, None)

    def first_begun(self, otherwise: int) -> int:
        """Where the first one begins that has begun."""
        return min([otherwise, *self._begun.values()])

    def beginning_of(self, id: int | None, otherwise: int) -> int:
        return otherwise if id is None else self._begun.get(id, otherwise)

    def lost(self, start: int) -> list[int]:
        """Those whose beginning is before `start`, the start of the journal."""
        return [id for id, begun in self._begun.items() if begun < start]
