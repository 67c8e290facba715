"""The end of a session that no host comes for: in order, and not later than its time."""

from __future__ import annotations

import _signal as signal

from . import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from .poller import Poller
    from .process import Process

_TERMINATE_AFTER = 10.0
_KILL_AFTER = 5.0


class Farewell:
    def __init__(self, poller: Poller, process: Process, say: Callable[[], object]) -> None:
        """`say` asks the worker to end, and interrupts what it runs."""
        self._poller = poller
        self._process = process
        self._say = say
        self.is_due = False
        """The session ends as soon as nothing runs."""
        self.is_said = False

    def wait(self, alone: float | None, running: float | None, due: Callable[[], object]) -> None:
        """No host is there. In seconds: how long for one, and how much longer for commands; None is for ever."""
        if alone is None:
            return

        def become_due() -> None:
            self.is_due = True
            if running is not None:
                self._poller.after("keep", running, self.say)
            due()

        self._poller.after("keep", alone, become_due)

    def cancel(self) -> None:
        """A host is there."""
        self.is_due = False
        self._poller.cancel("keep")

    def say(self) -> None:
        if self.is_said:
            return
        self.is_said = True
        self._say()
        self._poller.after("end", _TERMINATE_AFTER, self._terminate)

    def _terminate(self) -> None:
        self._process.signal_group(signal.SIGTERM)
        self._poller.after("end", _KILL_AFTER, lambda: self._process.signal_group(signal.SIGKILL))
