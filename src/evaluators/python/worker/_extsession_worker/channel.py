"""A connection to the host: frames of a 4-byte big-endian length and that many bytes of JSON."""

from __future__ import annotations

import _thread

from .interrupts import shield
from .pristine import builtins as __builtins__  # noqa: F401
from .system import connect
from .wire import dumps, loads

_MAX_FRAME = 1 << 29
_from_bytes = int.from_bytes


class Channel:
    """`send` is safe from any thread; `receive` and `watch` belong to one thread."""

    def __init__(self, address: str, greeting: dict[str, object]) -> None:
        self._connection = connect(address)
        self._sendall = self._connection.sendall
        self._recv = self._connection.recv
        self._buffer = b""
        self._lock = _thread.RLock()
        self.send(greeting)

    def send(self, message: dict[str, object]) -> None:
        """Raises ValueError, and sends nothing, when the message is larger than the host reads."""
        data = dumps(message)
        if len(data) > _MAX_FRAME:
            raise ValueError("the answer is larger than %d MB; read it in parts" % (_MAX_FRAME >> 20))
        frame = len(data).to_bytes(4, "big") + data
        with shield, self._lock:
            self._sendall(frame)

    def receive(self) -> dict[str, object] | None:
        """The next message, or None when the host has closed the connection."""
        buffer = self._buffer
        while len(buffer) < 4:
            chunk = self._recv(65536)
            if not chunk:
                return None
            buffer += chunk
        end = 4 + _from_bytes(buffer[:4], "big")
        if len(buffer) < end:
            parts = [buffer]
            missing = end - len(buffer)
            while missing > 0:
                chunk = self._recv(min(missing, 1 << 20))
                if not chunk:
                    return None
                parts.append(chunk)
                missing -= len(chunk)
            buffer = b"".join(parts)
        self._buffer = buffer[end:]
        return loads(buffer[4:end])  # type: ignore[return-value]

    def wait(self, milliseconds: int) -> bool:
        """Whether there is something to receive, now or within that time."""
        return bool(self._buffer) or self._connection.wait(milliseconds)

    def watch(self, loop: object, found: object) -> object:
        """Has an asyncio loop call `found` when there is something to receive; returns what ends that."""
        return self._connection.watch(loop, found)

    def after_fork(self) -> None:
        """In a forked child: the connection is the parent's."""
        self._lock = _thread.RLock()
        self._connection.close()
