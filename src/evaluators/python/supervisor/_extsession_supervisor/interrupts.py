"""Interrupts the running command: by a message to the worker, and by a signal to its group where that is needed."""

from __future__ import annotations

import _signal as signal
from time import monotonic

from . import TYPE_CHECKING

if TYPE_CHECKING:
    from .channels import Channels
    from .poller import Poller
    from .process import Process

# In seconds: how often the worker is looked at; how long one that does not tell what it runs may take to say that it
# interrupts itself; and when it is in the middle of something else, such as a callback that waits for a child.
_LOOK_EVERY = 0.005
_UNTOLD = 0.025
_PATIENCE = 0.25


class Interrupts:
    def __init__(self, poller: Poller, process: Process, channels: Channels, directory: str) -> None:
        self._poller = poller
        self._process = process
        self._channels = channels
        self._program_file = directory + "/program"
        self.interrupts_itself = False
        """Whether the worker may act on the message alone, in places where a signal would come unexpectedly."""

    def interrupt(self, id: int) -> None:
        self._channels.send("side", {"t": "interrupt", "id": id})
        if self.interrupts_itself:
            self._look_later(id, monotonic(), self._program())
        else:
            self._process.signal_group(signal.SIGINT)

    def answered(self) -> None:
        """The worker handles the message itself, or the command has ended."""
        self._poller.cancel("interrupt")

    def _look_later(self, id: int, since: float, before: int | None) -> None:
        self._poller.after("interrupt", _LOOK_EVERY, lambda: self._look(id, since, before))

    def _look(self, id: int, since: float, before: int | None) -> None:
        now = self._program()
        waited = monotonic() - since
        goes_on = waited >= _UNTOLD if now is None else now % 2 == 1 and now == before
        if goes_on or waited >= _PATIENCE:
            self._channels.send("side", {"t": "signal", "id": id})
            self._process.signal_group(signal.SIGINT)
        else:
            self._look_later(id, since, now)

    def _program(self) -> int | None:
        """The number of the worker's program: odd while it runs. None if the worker does not tell."""
        try:
            with open(self._program_file, "rb", buffering=0) as file:
                return int(file.read())
        except (OSError, ValueError):
            return None
