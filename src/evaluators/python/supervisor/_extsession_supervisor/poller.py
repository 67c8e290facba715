"""The event loop: what to call when a descriptor is ready, and when a time has come."""

from __future__ import annotations

import select
from time import monotonic

from . import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

READ, WRITE = select.POLLIN, select.POLLOUT


class Poller:
    def __init__(self) -> None:
        self._poll = select.poll()
        self._calls: dict[int, Callable[[int], object]] = {}
        self.turned: Callable[[], object] = lambda: None
        """Called after each turn."""
        self._timers: dict[str, tuple[float, Callable[[], object]]] = {}
        self._first = float("inf")
        """No timer acts before that."""

    def watch(self, descriptor: int, call: Callable[[int], object], events: int = READ) -> None:
        self._calls[descriptor] = call
        self._poll.register(descriptor, events)

    def unwatch(self, descriptor: int) -> None:
        if self._calls.pop(descriptor, None):
            self._poll.unregister(descriptor)

    def after(self, name: str, seconds: float, call: Callable[[], object]) -> None:
        """Replaces a timer of that name."""
        time = monotonic() + seconds
        self._timers[name] = (time, call)
        self._first = min(self._first, time)

    def cancel(self, name: str) -> None:
        self._timers.pop(name, None)

    def turn(self) -> None:
        """Waits for the next event, and handles all that are there."""
        pause = None
        if self._timers:
            pause = max(0.0, self._first - monotonic()) * 1000
        for descriptor, events in self._poll.poll(pause):
            call = self._calls.get(descriptor)  # an earlier call may have closed it
            if call:
                call(events)
        if self._timers and self._first <= monotonic():
            self._act()
        self.turned()

    def _act(self) -> None:
        now = monotonic()
        for name, (time, act) in list(self._timers.items()):
            if time <= now and self._timers.get(name) == (time, act):
                del self._timers[name]
                act()
        self._first = min((time for time, _ in self._timers.values()), default=float("inf"))
