"""A connection to the host: frames of a 4-byte big-endian length and that many bytes of JSON."""

from __future__ import annotations

import _thread

from .. import TYPE_CHECKING
from ..commands.interrupts import shield
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from .system import connect
from .wire import MAX_FRAME, TOO_LARGE, dumps, loads

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop
    from collections.abc import Callable
    from typing import Any

    from .messages import MainHello, SideHello, WorkerMessage

_CHUNK = 1 << 16
_from_bytes = int.from_bytes


class Channel:
    """`send` is safe from any thread; `receive` and `watch` belong to one thread."""

    def __init__(self, address: str, greeting: MainHello | SideHello) -> None:
        self._connection = connect(address)
        self._sendall = self._connection.sendall
        self._recv = self._connection.recv
        self._chunks: list[bytes] = []  # received, and not yet part of a message
        self._lock = _thread.RLock()
        self.send(greeting)

    def send(self, message: WorkerMessage) -> None:
        """Raises ValueError, and sends nothing, when the message is larger than the host reads.

        Does nothing when the host is gone: `receive` tells.
        """
        data = dumps(message)
        if len(data) > MAX_FRAME:
            raise ValueError(TOO_LARGE)
        frame = len(data).to_bytes(4, "big") + data
        try:
            with shield, self._lock:
                self._sendall(frame)
        except (BrokenPipeError, ConnectionResetError):
            return

    def receive(self) -> Any:
        """The next message, or None when the host has closed the connection.

        Can be called again when an exception from another thread or a signal handler has cut it short.
        """
        chunks, end = self._chunks, 4
        while True:
            size = sum(map(len, chunks))
            if size >= end and end == 4:
                chunks[:] = [b"".join(chunks)]
                end += _from_bytes(chunks[0][:4], "big")
            if size >= end:
                break
            try:
                chunks.extend(map(self._recv, (max(_CHUNK, min(end - size, 1 << 20)),)))  # in one step: no byte is lost
            except ConnectionResetError:  # it had not read all that was sent
                return None
            if not chunks[-1]:
                return None
        data = b"".join(chunks)
        chunks[:] = [data[end:]] if len(data) > end else []
        return loads(data[4:end])

    def wait(self, milliseconds: int) -> bool:
        """Whether there is something to receive, now or within that time."""
        return bool(self._chunks) or self._connection.wait(milliseconds)

    def is_open(self) -> bool:
        """Whether the host is still there."""
        return self._connection.is_open()

    def watch(self, loop: AbstractEventLoop, found: Callable[[], None]) -> Callable[[], object]:
        """Has an asyncio loop call `found` when there is something to receive; returns what ends that."""
        return self._connection.watch(loop, found)

    def after_fork(self) -> None:
        """In a forked child: the connection is the parent's."""
        self._lock = _thread.RLock()
        self._connection.close()
