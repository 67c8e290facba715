"""Unix sockets: a listener for those of this user, and a connection that never waits."""

from __future__ import annotations

import _socket
import os
from _collections import deque
from _struct import unpack

from . import TYPE_CHECKING
from .poller import READ, WRITE
from .reading import read_some

if TYPE_CHECKING:
    from collections.abc import Callable

    from .poller import Poller


class Listener:
    def __init__(self, poller: Poller, listening: _socket.socket, accepted: Callable[[Connection], object]) -> None:
        self._socket = listening
        self._poller = poller
        self._accepted = accepted
        poller.watch(self._socket.fileno(), self._accept)

    def _accept(self, _events: int) -> None:
        try:
            descriptor = int(self._socket._accept()[0])  # pyright: ignore  # what the `socket` module calls
        except OSError:
            return  # it has gone again
        connection = _socket.socket(fileno=descriptor)
        if _uid(connection) in (None, os.getuid()):
            connection.setblocking(False)
            self._accepted(Connection(self._poller, connection))
        else:
            connection.close()

    def close(self) -> None:
        self._poller.unwatch(self._socket.fileno())
        self._socket.close()


def _uid(connection: _socket.socket) -> int | None:
    """Whose process is at the other end; None if the system does not tell."""
    if hasattr(_socket, "SO_PEERCRED"):
        return unpack("iii", connection.getsockopt(_socket.SOL_SOCKET, _socket.SO_PEERCRED, 12))[1]
    try:
        return unpack("II", connection.getsockopt(0, 1, 8))[1]  # LOCAL_PEERCRED of macOS and BSD
    except OSError:
        return None


def _rest(data: bytes | memoryview, start: int) -> memoryview:
    """What is left of it, also when the memory of the view is used again."""
    view = memoryview(data)[start:]
    return view if isinstance(view.obj, bytes) else memoryview(bytes(view))


class Connection:
    """`read` and `closed` are set by whoever uses it."""

    def __init__(self, poller: Poller, connection: _socket.socket) -> None:
        self._socket = connection
        self._poller = poller
        self.descriptor = connection.fileno()
        self._out: deque[bytes | memoryview] = deque()
        self._more: Callable[[], bytes | memoryview] = bytes
        self._is_stuck = False
        """The other end has to read before more can be sent."""
        self.received: Callable[[bytes], object] = lambda data: None
        self.closed: Callable[[], object] = lambda: None
        self.is_open = True
        self._reads = True
        self._watched = -1
        self._watch()

    def send(self, data: bytes) -> None:
        self._out.append(data)
        self.flush()

    def follow(self, more: Callable[[], bytes | memoryview]) -> None:
        """`more` returns what is to be sent after everything else, or nothing."""
        self._more = more

    def flush(self) -> None:
        while self.is_open and not self._is_stuck:
            data = self._out[0] if self._out else self._more()
            if not data:
                break
            try:
                sent = os.write(self.descriptor, data)
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
        if self.is_open:
            self.is_open = False
            self._poller.unwatch(self.descriptor)
            self._socket.close()

    def fail(self) -> None:
        """Closes it because of what the other end does."""
        self._end()

    def _end(self) -> None:
        if self.is_open:
            self.close()
            self.closed()

    def _watch(self) -> None:
        wanted = (READ if self._reads else 0) | (WRITE if self._is_stuck else 0)
        if self.is_open and wanted != self._watched:
            self._watched = wanted
            self._poller.watch(self.descriptor, self._ready, wanted)

    def _ready(self, events: int) -> None:
        if events & WRITE:
            self._is_stuck = False
            self.flush()
        if events & ~WRITE and self.is_open:
            self.receive()
