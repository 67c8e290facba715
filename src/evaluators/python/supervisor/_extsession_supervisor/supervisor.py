"""Runs a session's commands one after the other, and keeps what comes of them until a host has it."""

from __future__ import annotations

import _signal as signal
import os
from time import time

from . import TYPE_CHECKING
from . import frames as f
from .channels import Channels
from .fifo import Fifo
from .interrupts import Interrupts
from .journal import Journal
from .state import State, relevant
from .text import dumps

if TYPE_CHECKING:
    from _socket import socket
    from collections.abc import Callable, Mapping
    from typing import Any

    from .poller import Poller
    from .process import Process

_WINDOW = 1 << 22
"""What an attached host may leave unread before the writers wait."""
_WITHOUT_CHANNEL = 0.2
_TERMINATE_AFTER = 10.0
_KILL_AFTER = 5.0
_KEEP_ENDED = 24 * 3600.0
"""In seconds, for a host to come for the last output."""


class Supervisor:
    def __init__(self, poller: Poller, orders: Mapping[str, Any], process: Process, listening: socket) -> None:
        self._poller = poller
        self._directory: str = orders["directory"]
        self._keep_alive: float | None = orders["keepAliveMs"] and orders["keepAliveMs"] / 1000
        self.about = orders["about"]
        self.journal = Journal(self._directory, State(orders["marker"].encode("ascii")), orders["journalBytes"])
        self._process = process
        process.watch(poller, self._print)
        self._channels = Channels(poller, listening, orders["token"], self._connect, self._receive, self._lose_channel)
        self._interrupts = Interrupts(poller, self._process, self._channels, self._directory)
        self._streams: dict[int, Fifo] = {}
        self._waiting: list[dict[str, Any]] = []
        self.requests: dict[int, dict[str, Any]] = {}
        """Those whose end no host has acknowledged, in order."""
        self._begun: dict[int, int] = {}
        """Where they begin in the journal."""
        self.last_id = 0
        self.last_count = 0
        self._replaced = False
        self._ends_when_idle = False
        self._is_unattended = False
        self._reads = True
        self._stored = 0
        self._processed = 0
        self.is_attached = False
        self.ended: dict[str, object] | None = None
        self._guardian = -1
        self.has_more: Callable[[], object] = lambda: None
        """Called when there is more in the journal."""

    def guard(self, write_to: int) -> None:
        """Who cleans up if this process is killed."""
        self._guardian = write_to
        self._tell_guardian("d 1 %s\ng 1 %d %s\n" % (self._directory, self._process.pid, self._process.start_time()))

    # --- the host ---

    def attach(self) -> int:
        """Where the journal must be sent from."""
        self.is_attached = True
        self._ends_when_idle = False
        self._poller.cancel("keep")
        self._processed = self.first_needed
        self._pace()
        return self.first_needed

    def leave(self) -> None:
        self.is_attached = False
        self._pace()
        if self.ended is not None and self.first_needed == self.journal.end:
            self.finish()
        elif self.ended is not None:
            self._poller.after("keep", _KEEP_ENDED, self.finish)
        elif self._keep_alive is not None:
            self._poller.after("keep", self._keep_alive, self._end_unattended)

    @property
    def first_needed(self) -> int:
        """Nobody needs what is before that."""
        return max(self.journal.start, min([self._stored, *self._begun.values()]))

    @property
    def stored(self) -> int:
        return self._stored

    def lost(self) -> list[int]:
        """The requests whose beginning had to be given up."""
        return [id for id, begun in self._begun.items() if begun < self.journal.start]

    def submit(self, envelope: dict[str, Any]) -> None:
        id = envelope["id"]
        self.last_id = max(self.last_id, id)
        self.last_count = envelope["count"] or self.last_count
        self.requests[id] = envelope
        self._waiting.append(envelope)
        if self.ended is None:
            self._begin_next()
        else:
            self.cancel(id)

    def cancel(self, id: int) -> None:
        """No effect if it has begun."""
        for envelope in self._waiting:
            if envelope["id"] == id:
                self._waiting.remove(envelope)
                self._begun[id] = self.journal.end
                self._journal(f.CANCELLED, dumps({"id": id}))
                return

    def interrupt(self, id: int) -> None:
        if self.journal.state.running == id:
            self._interrupts.interrupt(id)

    def send(self, name: str, message: bytes) -> None:
        self._channels.send(name, message)

    def answer_input(self, request: int, message: bytes) -> None:
        self._journal(f.ANSWERED, dumps({"request": request}))
        self._channels.send("side", message)

    def signal_group(self, number: int) -> None:
        self._process.signal_group(number)

    def close_pair(self, pair: int) -> None:
        for index in (0, 1):
            stream = self._streams.pop(2 * pair + index, None)
            if stream:
                stream.close()
                self._journal(f.END, b"", 2 * pair + index)

    def acknowledge(self, processed: int, stored: int) -> None:
        self._processed = max(self._processed, processed)
        self._stored = max(self._stored, min(stored, self.journal.end))
        self._release()

    def forget(self, ids: list[int]) -> None:
        for id in ids:
            self.requests.pop(id, None)
            self._begun.pop(id, None)
        self._release()

    def finish(self) -> None:
        """Ends everything, and removes the directory."""
        self._process.kill()
        remove(self._directory)
        self._tell_guardian("x 1\n")
        os._exit(0)

    # --- the worker ---

    def reap(self) -> None:
        if not self._process.reap():
            return
        self._poller.cancel("channel")  # what the process has started may go on
        self._channels.drain()
        for stream in list(self._streams.values()):
            stream.drain()
        self._journal_unsent_text()  # which belongs before the end of its stream
        for stream in list(self._streams.values()):
            stream.expect_end()
            stream.drain()
        self.ended = dict(self._process.ending(), unattended=self._is_unattended)
        self._waiting.clear()
        self._journal(f.EXIT, dumps(self.ended))
        self._tell_guardian("g 1 %d gone\n" % self._process.pid)
        if not self.is_attached:
            self.leave()

    def _journal_unsent_text(self) -> None:
        try:
            with open(self._directory + "/text", "rb", buffering=0) as file:
                self._journal(f.LEFT, file.read())
        except OSError:
            return  # most sessions never print that much

    def _connect(self, hello: dict[str, object]) -> None:
        self._interrupts.interrupts_itself = bool(hello.get("interruptsItself"))
        self._journal(f.HELLO, dumps(hello))

    def _receive(self, is_main: bool, raw: bytes) -> None:
        message = relevant(raw)
        kind = message["t"] if message else None
        if message and kind == "done":
            self._read_to_the_end(message)
            self._journal(f.TIME, dumps(int(time() * 1000)))
        self._journal(f.MAIN if is_main else f.SIDE, raw, message=message)
        if kind in ("done", "ready"):
            self._interrupts.answered()
            self._begin_next()
        elif message and kind == "pair":
            self._open_pair(message)
        elif kind == "interrupting":
            self._interrupts.answered()
        elif message and kind == "exec":
            self._replaced = not message["failed"]

    def _read_to_the_end(self, done: dict[str, Any]) -> None:
        """The end markers that a reply names have been written: they come before it in the journal."""
        pair = self.journal.state.pair_of(done["id"])
        for index in done["ends"]:
            stream = self._streams.get(-1 if pair is None else 2 * pair + index)
            if stream:
                stream.drain()

    def _open_pair(self, message: dict[str, Any]) -> None:
        pair = message["number"]
        for index in (0, 1):
            number = 2 * pair + index
            stream = Fifo(
                self._poller,
                "%s/%d.%d" % (self._directory, pair, index),
                lambda data, number=number: self._journal(f.DATA, data, number),
                lambda problem, number=number: self._end_stream(number, problem),
            )
            if stream.is_open:
                self._streams[number] = stream
        if "id" in message:
            self._channels.send("side", {"t": "opened", "number": pair})

    def _end_stream(self, number: int, problem: str) -> None:
        self._streams.pop(number, None)
        self._journal(f.END, problem.encode("utf-8", "backslashreplace"), number)

    def _begin_next(self) -> None:
        state = self.journal.state
        if state.next is None or state.running is not None or self.ended is not None:
            return
        if not self._waiting:
            if self._ends_when_idle:
                self._end_in_order()
            return
        envelope = self._waiting.pop(0)
        self._begun[envelope["id"]] = self.journal.end
        self._journal(f.BEGIN, dumps({"id": envelope["id"], "at": int(time() * 1000)}))
        self._channels.send("main", envelope["request"])

    def _lose_channel(self) -> None:
        """A process that continues without its channel is useless, unless it has become another program."""
        if not self._replaced:
            self._poller.after("channel", _WITHOUT_CHANNEL, lambda: self._process.signal_group(signal.SIGKILL))

    def _print(self, index: int, data: bytes) -> None:
        self._journal(f.PRINTED, data, index)

    # --- what is kept ---

    def _journal(self, kind: int, payload: bytes, stream: int = 0, message: Any = None) -> None:
        self.journal.append(kind, payload, stream, message)
        self._pace()
        self.has_more()

    def _release(self) -> None:
        self.journal.release(self.first_needed)
        self._pace()

    def _pace(self) -> None:
        """Lets the writers wait while the host is behind or, without a host, while the journal is full.

        With a host that has it all, and for commands that are over, what is oldest is given up instead.
        """
        journal = self.journal
        begun = self._begun.get(journal.state.running or 0, journal.end)
        expendable = self._processed if self.is_attached else begun
        while journal.is_full and journal.drop_oldest(expendable):
            pass
        behind = self.is_attached and journal.end - self._processed > _WINDOW
        reads = not behind and (self.is_attached or not journal.is_full)
        if reads == self._reads:
            return
        self._reads = reads
        for stream in list(self._streams.values()):
            stream.read_on(reads)
        self._channels.read_on(reads or self.is_attached)

    # --- the end ---

    def _end_unattended(self) -> None:
        """After the running command and those that wait."""
        self._ends_when_idle = True
        self._begin_next()

    def _end_in_order(self) -> None:
        self._ends_when_idle = False
        self._is_unattended = True
        self._channels.send("main", {"t": "exit", "code": 0})
        self._poller.after("end", _TERMINATE_AFTER, self._terminate)

    def _terminate(self) -> None:
        self._process.signal_group(signal.SIGTERM)
        self._poller.after("end", _KILL_AFTER, lambda: self._process.signal_group(signal.SIGKILL))

    def _tell_guardian(self, text: str) -> None:
        try:
            if self._guardian >= 0:
                os.write(self._guardian, os.fsencode(text))
        except OSError:
            self._guardian = -1  # it was killed


def remove(directory: str) -> None:
    for _attempt in range(3):
        try:
            for name in os.listdir(directory):
                os.unlink(directory + "/" + name)
            os.rmdir(directory)
            return
        except FileNotFoundError:
            return
        except OSError:
            continue  # a process that left the group makes files there
