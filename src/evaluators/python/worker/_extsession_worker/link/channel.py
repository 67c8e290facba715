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
        self._head: tuple[Any, list[bytes]] = (None, [])  # a message that is not yet dropped, and what comes after it
        self._lock = _thread.RLock()
        self.send(greeting)

    def send(self, message: WorkerMessage, sent: list[object] | None = None) -> None:
        """Raises ValueError, and sends nothing, when the message is larger than the host reads.

        `sent` is not empty from the moment on that it was sent, whatever an exception of another thread cuts short.
        Does nothing when the host is gone: `receive` tells.
        """
        data = dumps(message)
        if len(data) > MAX_FRAME:
            raise ValueError(TOO_LARGE)
        frame = len(data).to_bytes(4, "big") + data
        try:
            with shield, self._lock:
                if sent is None:
                    self._sendall(frame)
                else:
                    sent.extend(map(self._sendall, (frame,)))  # in one step
        except (BrokenPipeError, ConnectionResetError):
            return

    def receive(self) -> Any:
        """The next message, or None when the host has closed the connection."""
        message = self.peek()
        self.drop()
        return message

    def drop(self) -> None:
        """What `peek` has returned is done with."""
        self._head = (None, self._head[1])

    def peek(self) -> Any:
        """As `receive`; the message stays the next one until it is dropped.

        Can be called again when an exception from another thread or a signal handler has cut it short.
        """
        message, chunks = self._head
        if message is not None:
            return message
        end = 4
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
        self._head = (loads(data[4:end]), [data[end:]] if len(data) > end else [])
        return self._head[0]

    def wait(self, milliseconds: int) -> bool:
        """Whether there is something to receive, now or within that time."""
        message, chunks = self._head
        return message is not None or bool(chunks) or self._connection.wait(milliseconds)

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
