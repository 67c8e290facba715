"""What came of the requests, until a host has it, and what hosts have left for later."""

from __future__ import annotations

from . import TYPE_CHECKING
from .journal import Journal
from .requests import Requests
from .send_window import Window
from .state import State

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

_IN_MEMORY = 6
"""Blocks: more than any window."""
MUCH_AT_ONCE = 1 << 16
"""What is read at once when more follows."""


class KeptOutput:
    def __init__(
        self,
        directory: str,
        marker: str,
        limit: int,
        pace: Callable[[bool, bool], object],
        window: Window | None,
        has_one_host: bool,
    ) -> None:
        """`pace` is told whether the writers of the streams, and the worker's channels, go on.

        `window` is that of hosts on another machine. What one host has is not needed any more if it is the only one.
        """
        self.window = window or Window()
        self.journal = Journal(directory, State(marker.encode("ascii")), limit, _IN_MEMORY if window else 0)
        self._has_one_host = has_one_host
        self.requests = Requests()
        self.stored = 0
        """Everything before that, a host has kept."""
        self.lines: list[str] = []
        """The lines of input that are written ahead."""
        self.is_attached = False
        self._pace = pace
        self._processed = 0
        self._gives_up = False
        self.reads = True
        self.due = 0
        """What is before that is to be sent at once; the rest may wait a little for what follows."""

    @property
    def processed(self) -> int:
        """An attached host has processed everything before that."""
        return self._processed

    @property
    def first_needed(self) -> int:
        """Nobody needs what is before that."""
        needed = self._processed if self._has_one_host else self.requests.first_begun(self.stored)
        return max(self.journal.start, needed)

    def attach(self) -> None:
        """A host is there, and is sent everything from `first_needed` on."""
        self.is_attached = True
        self._processed = self.first_needed
        self.window.forget()
        self._update()

    def leave(self) -> None:
        self.is_attached = False
        self._update()

    def append(self, kind: int, payload: bytes, stream: int = 0, message: Any = None, is_urgent: bool = True) -> None:
        """`message` is the one in the payload, if it has already been read."""
        self.journal.append(kind, payload, stream, message)
        if is_urgent:
            self.due = self.journal.end
        self._update()

    def receive(self, descriptor: int, stream: int, most: int) -> int | None:
        """Reads from a stream; how many bytes. None when there is nothing now; 0 at the end."""
        got = self.journal.receive(descriptor, stream, most)
        if got:
            if got < MUCH_AT_ONCE:
                self.due = self.journal.end
            self._update()
        return got

    def acknowledge(self, processed: int, stored: int) -> None:
        """A host has processed, and kept, everything before these offsets."""
        self.window.acknowledged(processed, not self.reads)
        self._processed = max(self._processed, processed)
        self.stored = max(self.stored, min(stored, self.journal.end))
        self._release()

    def forget(self, ids: list[int]) -> None:
        """A host has everything of these requests."""
        self.requests.forget(ids)
        self._release()

    def give_up_oldest(self) -> None:
        """From now on, rather than let anybody wait."""
        self._gives_up = True
        self._update()

    def _release(self) -> None:
        self.journal.release(self.first_needed)
        self._update()

    def _update(self) -> None:
        """Lets the writers wait while the host is behind or, without a host, while the journal is full.

        With a host that has it all, and for commands that are over, what is oldest is given up instead.
        """
        journal = self.journal
        if journal.is_full:
            self._drop_oldest()
        is_near = journal.end - self._processed <= self.window.size
        reads = is_near if self.is_attached else self._gives_up or not journal.is_full
        if reads != self.reads:
            self.reads = reads
            self._pace(reads, reads or self.is_attached)

    def _drop_oldest(self) -> None:
        journal = self.journal
        if self.is_attached:
            expendable = self._processed
        elif self._gives_up:
            expendable = journal.end
        else:
            expendable = self.requests.beginning_of(journal.state.running, journal.end)
        while journal.is_full and journal.drop_oldest(expendable):
            pass
