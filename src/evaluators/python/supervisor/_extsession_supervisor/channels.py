"""The two connections of the worker: frames of a 4-byte big-endian length and that many bytes of JSON."""

from __future__ import annotations

from _operator import _compare_digest  # pyright: ignore[reportPrivateUsage]  # what `hmac.compare_digest` is

from . import TYPE_CHECKING
from .connection import Connection
from .sockets import Listener
from .text import dumps, loads

if TYPE_CHECKING:
    from _socket import socket
    from collections.abc import Callable

    from .poller import Poller

_LARGEST = 1 << 29
_GREETING = 1 << 16
_PATIENCE = 10.0
"""In seconds, for a connection to show the token."""


class Channel:
    def __init__(self, connection: Connection, received: Callable[[Channel, bytes], object]) -> None:
        self.connection = connection
        self.name: str | None = None
        self._received = received
        self._buffer = bytearray()
        connection.received = self._push

    def send(self, message: bytes) -> None:
        self.connection.send(len(message).to_bytes(4, "big") + message)

    def _push(self, data: bytes) -> None:
        buffer = self._buffer
        if not buffer and self.name and len(data) == 4 + int.from_bytes(data[:4], "big"):
            self._received(self, data[4:])
            return
        buffer += data
        while len(buffer) >= 4 and self.connection.is_open:
            size = int.from_bytes(buffer[:4], "big")
            if size > (_LARGEST if self.name else _GREETING):
                self.connection.fail()
                return
            if len(buffer) < 4 + size:
                return
            message = bytes(buffer[4 : 4 + size])
            del buffer[: 4 + size]
            self._received(self, message)


class Channels:
    """Waits for the worker's main and side channels, and accepts no others."""

    def __init__(
        self,
        poller: Poller,
        listening: socket,
        token: str,
        connected: Callable[[dict[str, object]], object],
        received: Callable[[bool, bytes], object],
        closed: Callable[[], object],
    ) -> None:
        self._poller = poller
        self._token = token
        self._connected = connected
        self._received = received
        self._closed = closed
        self._named: dict[str, Channel] = {}
        self._early: dict[str, list[bytes]] = {}
        self._listener: Listener | None = Listener(poller, listening, self._accept)

    def send(self, name: str, message: bytes | dict[str, object]) -> None:
        data = message if isinstance(message, bytes) else dumps(message)
        channel = self._named.get(name)
        if channel:
            channel.send(data)
        elif self._listener:
            self._early.setdefault(name, []).append(data)

    def drain(self) -> None:
        """Handles what the worker has sent so far."""
        for channel in list(self._named.values()):
            while channel.connection.is_open and channel.connection.receive():
                pass

    def read_on(self, reads: bool) -> None:
        """Whether to read, or to let the worker wait."""
        for channel in self._named.values():
            channel.connection.read_on(reads)

    def close(self) -> None:
        if self._listener:
            self._listener.close()
            self._listener = None

    def _accept(self, socket: socket) -> None:
        connection = Connection(self._poller, socket)
        channel = Channel(connection, self._receive)
        name = "greeting %d" % connection.descriptor
        connection.closed = lambda: self._poller.cancel(name)
        self._poller.after(name, _PATIENCE, lambda: channel.name or connection.fail())

    def _receive(self, channel: Channel, message: bytes) -> None:
        if channel.name is None:
            self._greet(channel, message)
        else:
            self._received(channel.name == "main", message)

    def _greet(self, channel: Channel, message: bytes) -> None:
        try:
            hello = loads(message)
            name, token = hello["channel"], hello["token"]
            known = name in ("main", "side") and name not in self._named and _compare_digest(token, self._token)
        except (ValueError, KeyError, TypeError):
            channel.connection.fail()
            return
        if not known:
            channel.connection.fail()
            return
        channel.name = name
        self._named[name] = channel
        if len(self._named) == 2:
            self.close()
        if name == "main":
            del hello["token"]
            channel.connection.closed = self._closed
            self._connected(hello)
        for early in self._early.pop(name, ()):
            channel.send(early)
