"""A connection of a host: who it is, what it asks for, and what it is sent."""

from __future__ import annotations

from _operator import _compare_digest  # pyright: ignore[reportPrivateUsage]  # what `hmac.compare_digest` is
from time import monotonic

from . import TYPE_CHECKING
from . import frames as f
from .kept_output import MUCH_AT_ONCE
from .text import dumps, loads

if TYPE_CHECKING:
    from typing import Any

    from .connection import Connection
    from .debuggers import Debuggers
    from .poller import Poller
    from .supervisor import Supervisor

_GREETING = 1 << 16
_PATIENCE = 10.0
"""In seconds, for a connection to show the secret."""
_SILENCE = 60.0
_LAST_SILENCE = 600.0
"""In seconds, after which a host on another machine is gone; longer if the session ends with it."""
# In seconds: what is not urgent waits for what follows, for less time if it is little.
_SOON = 0.001
_A_LITTLE_LATER = 0.01
_PIECE = 1 << 17
"""As much as a socket takes at once."""
_MUCH = 1 << 18
"""From so many bytes on, a host reads them in a file at a lower cost."""


class Hosts:
    """Serves one host at a time: the newest."""

    def __init__(self, poller: Poller, supervisor: Supervisor, secret: str, are_elsewhere: bool = False) -> None:
        """Hosts on another machine send something every ten seconds, as long as the way from there exists."""
        self._poller = poller
        self._supervisor = supervisor
        self._secret = secret
        self._connection: Connection | None = None
        self._sent = 0
        self._heard = 0.0
        """When a host has said something last."""
        self._reads_files = False
        """Whether the host reads what is in files itself."""
        self._is_waiting = False
        self._debuggers: Debuggers | None = None
        self._silence = (_LAST_SILENCE if supervisor.ends_with_host else _SILENCE) if are_elsewhere else None
        poller.turned = self._flush

    def accept(self, connection: Connection) -> None:
        name = "greeting host %d" % connection.descriptor
        reader = f.FrameReader(_GREETING)

        def received(data: bytes) -> None:
            self._heard = monotonic()
            try:
                frames = list(reader.push(data))
            except ValueError:
                connection.fail()
                return
            for frame in frames:
                if connection is self._connection:
                    self._handle(*frame)
                elif connection.is_open:
                    self._greet(connection, reader, *frame)

        connection.received = received
        connection.closed = lambda: self._poller.cancel(name)
        self._poller.after(name, _PATIENCE, lambda: connection is self._connection or connection.fail())

    def accept_first(self, connection: Connection) -> None:
        """The host that the session was started for. If it goes before it has shown the secret, none was there."""
        self.accept(connection)
        supervisor = self._supervisor
        connection.closed = supervisor.finish if supervisor.ends_with_host else supervisor.leave

    def _flush(self) -> None:
        """Sends what has been kept during a turn at once, if it is urgent or much."""
        if self._connection is None:
            return
        kept = self._supervisor.kept
        if self._debuggers:
            self._debuggers.read_on(kept.reads)
        if self._sent == kept.journal.end:
            return
        if self._sent < self._due():
            self._connection.flush()
        elif not self._is_waiting:
            self._is_waiting = True
            is_little = kept.journal.end - self._sent < MUCH_AT_ONCE
            self._poller.after("flush", _SOON if is_little else _A_LITTLE_LATER, self._flush_all)

    def _flush_all(self) -> None:
        kept = self._supervisor.kept
        self._is_waiting = False
        kept.due = kept.journal.end
        self._flush()

    def _due(self) -> int:
        """What is in files is read at a lower cost: it waits until there is enough for one."""
        kept = self._supervisor.kept
        journal = kept.journal
        if not self._reads_files and journal.end - self._sent >= MUCH_AT_ONCE:
            return journal.end
        due, last = kept.due, journal.last_start
        return due if due > last else last

    def _greet(self, connection: Connection, reader: f.FrameReader, kind: int, _stream: int, payload: bytes) -> None:
        try:
            asked = loads(payload)
            known = kind == f.ATTACH and _compare_digest(asked["secret"], self._secret)
        except (ValueError, KeyError, TypeError):
            connection.fail()
            return
        if not known:
            connection.fail()
            return
        if asked.get("version") != f.VERSION:
            connection.send(f.frame(f.REFUSED, dumps({"version": f.VERSION})))
            connection.fail()
            return
        reader.largest = f.LARGEST
        if self._connection:
            self._connection.close()
            self._leave()
        self._connection = connection
        connection.closed = lambda: self._lose(connection)
        self._reads_files = bool(asked.get("files"))
        self._listen()
        self._answer(connection, asked.get("stored"))

    def _listen(self) -> None:
        """Lets the host go if it says nothing for too long."""
        connection = self._connection
        if not connection or not self._silence:
            return
        left = self._heard + self._silence - monotonic()
        if left > 0:
            self._poller.after("silence", left, self._listen)
        else:
            connection.abandon()

    def _answer(self, connection: Connection, stored: int | None) -> None:
        supervisor, kept = self._supervisor, self._supervisor.kept
        if stored is not None:
            kept.acknowledge(0, stored)
        supervisor.attach()
        start = self._sent = kept.first_needed
        journal, requests = kept.journal, kept.requests
        state = journal.state_at(start)
        answer: dict[str, Any] = {
            "from": start,
            "to": journal.end,
            "stored": kept.stored,
            "hello": journal.state.hello if state.hello else None,
            "state": state.as_json(),
            "requests": [dict(envelope, request=None) for envelope in requests.known.values()],
            "lost": requests.lost(journal.start),
            "lines": kept.lines,
            "lastId": requests.last_id,
            "lastCount": requests.last_count,
            "about": supervisor.about,
            "file": journal.file,
        }
        connection.send(f.frame(f.ATTACHED, dumps(answer)))
        connection.follow(self._next)
        kept.due = journal.end
        connection.flush()

    def _next(self) -> bytes | memoryview:
        """Some of what is to be sent, or where it is."""
        kept, start = self._supervisor.kept, self._sent
        if start >= self._due():
            return b""
        block = kept.journal.block_at(start)
        if not self._reads_files:
            kept.journal.sealed = block.end
            piece = block.read(start, _PIECE)
            self._sent += len(piece)
            kept.window.sent(self._sent)
            return piece
        if block.end - start >= _MUCH:
            kept.journal.finish(block)
        place = block.place(start)
        if place and start - kept.processed > kept.window.size:
            return b""  # the host has enough to read
        self._sent = kept.journal.sealed = block.end
        return f.frame(f.STORED, dumps(place)) if place else block.read(start)

    def _lose(self, connection: Connection) -> None:
        if connection is self._connection:
            self._connection = None
            self._leave()

    def _leave(self) -> None:
        """Commands continue without the debuggers of a host that has gone."""
        if self._debuggers:
            self._debuggers.close()
            self._debuggers = None
        self._supervisor.leave()

    def _lead_debuggers(self, name: str) -> None:
        from .debuggers import Debuggers

        try:
            self._debuggers = Debuggers(self._poller, self._supervisor.directory, name, self._supervisor.kept)
        except OSError:
            return  # the command says that it finds no socket

    def _handle(self, kind: int, stream: int, payload: bytes) -> None:
        supervisor = self._supervisor
        if kind == f.SUBMIT:
            envelope, message = _opened(payload)
            supervisor.submit(dict(envelope, request=message))
        elif kind == f.CANCEL:
            supervisor.cancel(loads(payload))
        elif kind == f.INTERRUPT:
            supervisor.interrupt(loads(payload))
        elif kind == f.TO_MAIN:
            supervisor.send("main", payload)
        elif kind == f.TO_SIDE:
            supervisor.send("side", payload)
        elif kind == f.ANSWER_INPUT:
            supervisor.answer_input(*_opened(payload))
        elif kind == f.SIGNAL:
            supervisor.signal_group(loads(payload))
        elif kind == f.CLOSE_PAIR:
            supervisor.close_pair(loads(payload))
        elif kind == f.ACKNOWLEDGE:
            supervisor.kept.acknowledge(*loads(payload))
        elif kind == f.OVER:
            supervisor.kept.forget(loads(payload))
        elif kind == f.KILL:
            supervisor.finish()
        elif kind == f.WRITE_LINES:
            supervisor.kept.lines += loads(payload)
        elif kind == f.PING:
            supervisor.kept.append(f.PONG, b"")
        elif kind == f.LEAD_DEBUGGERS:
            self._lead_debuggers(loads(payload))
        elif kind == f.TO_DEBUGGER and self._debuggers:
            self._debuggers.send(stream, payload)


def _opened(payload: bytes) -> tuple[dict[str, Any], bytes]:
    """What is meant for this process, and the message for the worker."""
    size = int.from_bytes(payload[:4], "big")
    return loads(payload[4 : 4 + size]), payload[4 + size :]
