"""Connections of the worker to debuggers of the host, which is on another machine."""

from __future__ import annotations

import _socket
import os

from . import TYPE_CHECKING
from .connection import Connection
from .frames import DEBUGGER
from .sockets import Listener

if TYPE_CHECKING:
    from .kept_output import KeptOutput
    from .poller import Poller


class Debuggers:
    """A connection for each command, through a Unix socket that is there as long as its host."""

    def __init__(self, poller: Poller, directory: str, name: str, kept: KeptOutput) -> None:
        """Raises OSError if there is no place for the socket."""
        self._poller = poller
        self._path = directory + "/" + name
        self._kept = kept
        self._open: dict[int, Connection] = {}
        """By command."""
        listening = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
        listening.bind(self._path)
        listening.listen(1)
        listening.setblocking(False)
        self._listener = Listener(poller, listening, self._accept)

    def send(self, command: int, data: bytes) -> None:
        """Nothing ends the connection."""
        connection = self._open.get(command)
        if connection and data:
            connection.send(data)
        elif connection:
            del self._open[command]
            connection.close()

    def read_on(self, reads: bool) -> None:
        """Whether to read, or to let the worker wait."""
        for connection in self._open.values():
            connection.read_on(reads)

    def close(self) -> None:
        self._listener.close()
        try:  # noqa: SIM105 - for this alone, contextlib need not be loaded
            os.unlink(self._path)
        except OSError:
            pass  # a cleaner of temporary files has been there
        for connection in self._open.values():
            connection.close()

    def _accept(self, socket: _socket.socket) -> None:
        command = self._kept.journal.state.running
        if command is None or command in self._open:
            socket.close()
            return
        connection = self._open[command] = Connection(self._poller, socket)
        connection.received = lambda data: self._kept.append(DEBUGGER, data, command)
        connection.closed = lambda: self._end(command)

    def _end(self, command: int) -> None:
        del self._open[command]
        self._kept.append(DEBUGGER, b"", command)
