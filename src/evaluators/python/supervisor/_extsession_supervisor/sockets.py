"""Unix sockets: a listener for those of this user, and one through which a program hands its streams over."""

from __future__ import annotations

import _socket
import os
from _struct import calcsize, unpack

from . import TYPE_CHECKING
from .connection import Connection

if TYPE_CHECKING:
    from collections.abc import Callable

    from .poller import Poller

_PATIENCE = 10.0
"""In seconds, for a program to hand its streams over."""


class Listener:
    def __init__(self, poller: Poller, listening: _socket.socket, accepted: Callable[[_socket.socket], object]) -> None:
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
            self._accepted(connection)
        else:
            connection.close()

    def close(self) -> None:
        self._poller.unwatch(self._socket.fileno())
        self._socket.close()


def connect(poller: Poller, socket: _socket.socket, connected: Callable[[Connection], object]) -> None:
    connected(Connection(poller, socket))


def connect_streams(poller: Poller, socket: _socket.socket, connected: Callable[[Connection], object]) -> None:
    """Once the program at the other end has sent the descriptors of its standard input and output."""
    descriptor = socket.fileno()
    name = "streams %d" % descriptor

    def give_up() -> None:
        poller.unwatch(descriptor)
        socket.close()

    def receive(_events: int) -> None:
        poller.cancel(name)
        streams = _received_descriptors(socket)
        if len(streams) == 2:
            connected(Connection(poller, socket, *streams))
        else:
            for stream in streams:
                os.close(stream)
            give_up()

    poller.after(name, _PATIENCE, give_up)
    poller.watch(descriptor, receive)


def _received_descriptors(socket: _socket.socket) -> list[int]:
    size = calcsize("i")
    try:
        parts = socket.recvmsg(1, _socket.CMSG_SPACE(2 * size))[1]
    except OSError:
        return []
    found: list[int] = []
    for level, kind, data in parts:
        if (level, kind) == (_socket.SOL_SOCKET, _socket.SCM_RIGHTS):
            found += unpack("%di" % (len(data) // size), data[: len(data) // size * size])
    for descriptor in found:
        os.set_inheritable(descriptor, False)
    return found


def _uid(connection: _socket.socket) -> int | None:
    """Whose process is at the other end; None if the system does not tell."""
    if hasattr(_socket, "SO_PEERCRED"):
        return unpack("iii", connection.getsockopt(_socket.SOL_SOCKET, _socket.SO_PEERCRED, 12))[1]
    try:
        return unpack("II", connection.getsockopt(0, 1, 8))[1]  # LOCAL_PEERCRED of macOS and BSD
    except OSError:
        return None
