"""A connection that never waits, neither to read nor to write."""

from __future__ import annotations

import os
from _collections import deque

from . import TYPE_CHECKING
from .poller import READ, WRITE
from .reading import read_some

if TYPE_CHECKING:
    import _socket
    from collections.abc import Callable

    from .poller import Poller

_MOST_LAST_WORDS = 64  # pieces


class Connection:
    """`received` and `closed` are set by whoever uses it."""

    def __init__(
        self, poller: Poller, socket: _socket.socket, source: int | None = None, target: int | None = None
    ) -> None:
        """Through a socket, or two streams of the program at its other end, until one of the three is closed."""
        self._poller = poller
        self._socket = socket
        self.descriptor = socket.fileno() if source is None else source
        self._target = socket.fileno() if target is None else target
        self._out: deque[bytes | memoryview] = deque()
        self._more: Callable[[], bytes | memoryview] = bytes
        self._is_stuck = False
        """The other end has to read before more can be sent."""
        self._is_ending = False
        """The other end has gone: only what it has sent before is still read."""
        self.received: Callable[[bytes], object] = lambda data: None
        self.closed: Callable[[], object] = lambda: None
        self.is_open = True
        self._reads = True
        self._watched = -1
        if self._is_elsewhere:
            for stream in (self.descriptor, self._target):
                os.set_blocking(stream, False)
            poller.watch(socket.fileno(), lambda _: self._end())
        self._watch()

    @property
    def _is_elsewhere(self) -> bool:
        return self._target != self._socket.fileno()

    def send(self, data: bytes) -> None:
        self._out.append(data)
        self.flush()

    def follow(self, more: Callable[[], bytes | memoryview]) -> None:
        """`more` returns what is to be sent after everything else, or nothing."""
        self._more = more

    def flush(self) -> None:
        while self.is_open and not self._is_stuck and not self._is_ending:
            data = self._out[0] if self._out else self._more()
            if not data:
                break
            try:
                sent = os.write(self._target, data)
            except BlockingIOError:
                sent = 0
            except OSError:
                self._end()
                return
            self._is_stuck = sent < len(data)
            if self._out:
                self._out.popleft()
            if self._is_stuck:
                self._out.appendleft(_rest(data, sent))
        self._watch()

    def read_on(self, reads: bool) -> None:
        """Whether to read, or to let the other end wait."""
        self._reads = reads
        self._watch()

    def receive(self) -> bool:
        """Reads what is there now; whether there may be more."""
        data = read_some(self.descriptor)
        if data:
            self.received(data)
        elif data is not None:
            self._end()
        return bool(data)

    def close(self) -> None:
        """Does not call `closed`."""
        if not self.is_open:
            return
        self.is_open = False
        self._poller.unwatch(self.descriptor)
        if self._is_elsewhere:
            for stream in (self._target, self._socket.fileno()):
                self._poller.unwatch(stream)
            for stream in (self.descriptor, self._target):
                os.close(stream)
        self._socket.close()  # the last one: the program at its other end then closes the streams, too

    def fail(self) -> None:
        """Closes it because of what the other end does."""
        if self.is_open:
            self.close()
            self.closed()

    def abandon(self) -> None:
        """Closes it because the other end says nothing. The program there is told, as for others it ends in order."""
        try:  # noqa: SIM105 - for this alone, contextlib need not be loaded
            self._socket.send(b"s")
        except OSError:
            pass  # the program has gone
        self.fail()

    def _end(self) -> None:
        """The other end has gone. What it has asked for before that, such as the end of the session, still counts."""
        if self._is_ending:
            return
        self._is_ending = True
        for _ in range(_MOST_LAST_WORDS):
            if not self.is_open or not self.receive():
                break
        self.fail()

    def _watch(self) -> None:
        wanted = (READ if self._reads else 0) | (WRITE if self._is_stuck else 0)
        if not self.is_open or wanted == self._watched:
            return
        self._watched = wanted
        if not self._is_elsewhere:
            self._poller.watch(self.descriptor, self._ready, wanted)
            return
        self._poller.watch(self.descriptor, self._ready, wanted & READ)
        if self._is_stuck:
            self._poller.watch(self._target, lambda _: self._ready(WRITE), WRITE)
        else:
            self._poller.unwatch(self._target)

    def _ready(self, events: int) -> None:
        if events & WRITE:
            self._is_stuck = False
            self.flush()
        if events & ~WRITE and self.is_open:
            self.receive()


def _rest(data: bytes | memoryview, start: int) -> memoryview:
    """What is left of it, also when the memory of the view is used again."""
    view = memoryview(data)[start:]
    return view if isinstance(view.obj, bytes) else memoryview(bytes(view))
