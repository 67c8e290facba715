"""Runs a session's commands one after the other, and keeps what comes of them until a host has it."""

from __future__ import annotations

import _signal as signal
import os
from time import time

from . import TYPE_CHECKING
from . import frames as f
from .channels import Channels
from .farewell import Farewell
from .fifo import Fifo
from .interrupts import Interrupts
from .kept_output import KeptOutput
from .process import start_time
from .send_window import Window
from .state import relevant
from .text import dumps

if TYPE_CHECKING:
    from _socket import socket
    from collections.abc import Mapping
    from typing import Any

    from .poller import Poller
    from .process import Process

_WITHOUT_CHANNEL = 1.0
"""In seconds, for a process that closes its channel because it ends."""
_END_WITHIN = 4.5
"""In seconds, for a worker that ends with its host."""
_KEEP_ENDED = 24 * 3600.0
"""In seconds, for a host to come for the last output."""
_LOOK_EVERY = 3600.0
"""In seconds, without a time for hosts to come."""


class Supervisor:
    def __init__(self, poller: Poller, orders: Mapping[str, Any], process: Process, listening: socket) -> None:
        self._poller = poller
        self.directory: str = orders["directory"]
        self._keep_alive: float | None = orders["keepAliveMs"] and orders["keepAliveMs"] / 1000
        self._keep_running: float | None = orders["keepRunningMs"] and orders["keepRunningMs"] / 1000
        self.ends_with_host: bool = orders.get("endsWithHost", False)
        self.about = orders["about"]
        window = Window(orders["window"]) if "window" in orders else None
        self.kept = KeptOutput(
            self.directory, orders["marker"], orders["journalBytes"], self._pace, window, self.ends_with_host
        )
        self._process = process
        process.watch(poller, self._print)
        self._channels = Channels(poller, listening, orders["token"], self._connect, self._receive, self._lose_channel)
        self._interrupts = Interrupts(poller, self._process, self._channels, self.directory)
        self._farewell = Farewell(poller, self._process, self._say_farewell)
        self._streams: dict[int, Fifo] = {}
        self._replaced = False
        self._ended = False
        self._guardian = -1

    def guard(self, write_to: int) -> None:
        """Who cleans up if this process is killed."""
        self._guardian = write_to
        self._tell_guardian("d 1 %s\ng 1 %d %s\n" % (self.directory, self._process.pid, start_time(self._process.pid)))

    # --- the host ---

    def attach(self) -> None:
        self._farewell.cancel()
        self._poller.cancel("socket")
        self.kept.attach()

    def leave(self) -> None:
        self.kept.leave()
        if self.ends_with_host:
            self._end_with_host()
            return
        self._poller.after("socket", self._keep_alive or _LOOK_EVERY, self._look_for_socket)
        if not self._ended:
            self._farewell.wait(self._keep_alive, self._keep_running, self._begin_next)
        elif self.kept.first_needed == self.kept.journal.end or not self._has_socket():
            self.finish()
        else:
            self._poller.after("keep", _KEEP_ENDED, self.finish)

    def _end_with_host(self) -> None:
        """In order, if that does not take long."""
        if self._ended:
            self.finish()
        else:
            self._farewell.say()
            self._poller.after("finish", _END_WITHIN, self.finish)

    def _look_for_socket(self) -> None:
        """Without it, no host can come any more: a cleaner of temporary files may have removed it."""
        if self._has_socket():
            self._poller.after("socket", self._keep_alive or _LOOK_EVERY, self._look_for_socket)
        elif self._ended:
            self.finish()
        else:
            self._farewell.say()

    def _has_socket(self) -> bool:
        return os.path.exists(self.directory + "/h")

    def submit(self, envelope: dict[str, Any]) -> None:
        self.kept.requests.submit(envelope)
        if self._ended:
            self.cancel(envelope["id"])
        else:
            self._begin_next()

    def cancel(self, id: int) -> None:
        """No effect if it has begun."""
        if self.kept.requests.cancel(id, self.kept.journal.end):
            self.kept.append(f.CANCELLED, dumps({"id": id}))

    def interrupt(self, id: int) -> None:
        if self.kept.journal.state.running == id:
            self._interrupts.interrupt(id)

    def send(self, name: str, message: bytes) -> None:
        self._channels.send(name, message)

    def answer_input(self, answer: dict[str, Any], message: bytes) -> None:
        lines = self.kept.lines
        lines[: answer["used"]] = answer["more"]
        self.kept.append(f.ANSWERED, dumps({"request": answer["request"]}))
        self._channels.send("side", message)

    def signal_group(self, number: int) -> None:
        self._process.signal_group(number)

    def close_pair(self, pair: int) -> None:
        for index in (0, 1):
            stream = self._streams.pop(2 * pair + index, None)
            if stream:
                stream.close()
                self.kept.append(f.END, b"", 2 * pair + index)

    def finish(self) -> None:
        """Ends everything, and removes the directory."""
        self._process.kill()
        remove(self.directory)
        self._tell_guardian("x 1\n")
        os._exit(0)

    # --- the worker ---

    def reap(self) -> None:
        if not self._process.reap():
            return
        self._channels.drain()
        for stream in list(self._streams.values()):
            stream.drain()
        self._journal_unsent_text()  # which belongs before the end of its stream
        for stream in list(self._streams.values()):
            stream.expect_end()
            stream.drain()
        self._ended = True
        self.kept.requests.clear()
        self.kept.append(f.EXIT, dumps(dict(self._process.ending(), unattended=self._farewell.is_said)))
        self._tell_guardian("g 1 %d gone\n" % self._process.pid)
        if not self.kept.is_attached:
            self.leave()

    def _journal_unsent_text(self) -> None:
        try:
            with open(self.directory + "/text", "rb", buffering=0) as file:
                self.kept.append(f.LEFT, file.read())
        except OSError:
            return  # most sessions never print that much

    def _connect(self, hello: dict[str, object]) -> None:
        self._interrupts.interrupts_itself = bool(hello.get("interruptsItself"))
        self.kept.append(f.HELLO, dumps(hello))

    def _receive(self, is_main: bool, raw: bytes) -> None:
        message = relevant(raw)
        kind = message["t"] if message else None
        if message and kind == "done":
            self._read_to_the_end(message)
            self.kept.append(f.TIME, dumps(int(time() * 1000)))
        self.kept.append(f.MAIN if is_main else f.SIDE, raw, message=message, is_urgent=kind != "closed")
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
        pair = self.kept.journal.state.pair_of(done["id"])
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
                "%s/%d.%d" % (self.directory, pair, index),
                lambda descriptor, most, number=number: self.kept.receive(descriptor, number, most),
                lambda problem, number=number: self._end_stream(number, problem),
                self.kept.window,
            )
            if stream.is_open:
                self._streams[number] = stream
                stream.read_on(self.kept.reads)
        if "id" in message:
            self._channels.send("side", {"t": "opened", "number": pair})

    def _end_stream(self, number: int, problem: str) -> None:
        self._streams.pop(number, None)
        self.kept.append(f.END, problem.encode("utf-8", "backslashreplace"), number)

    def _begin_next(self) -> None:
        state = self.kept.journal.state
        if self._farewell.is_due and not self.kept.reads:
            self._farewell.say()  # it waits for a host that does not come
        if state.next is None or state.running is not None or self._ended:
            return
        envelope = self.kept.requests.begin(self.kept.journal.end)
        if envelope is None:
            if self._farewell.is_due:
                self._farewell.say()
            return
        begin = {"id": envelope["id"], "at": int(time() * 1000)}
        self.kept.append(f.BEGIN, dumps(begin), message=begin, is_urgent=False)
        self._channels.send("main", envelope["request"])

    def _lose_channel(self) -> None:
        """A process that continues without its channel is useless, unless it has become another program."""
        if not self._replaced:
            self._poller.after("channel", _WITHOUT_CHANNEL, self._end_without_channel)

    def _end_without_channel(self) -> None:
        self.reap()
        if self._process.status is None:  # else, what it has started may go on
            self._process.signal_group(signal.SIGKILL)

    def _print(self, index: int, data: bytes) -> None:
        self.kept.append(f.PRINTED, data, index)

    def _pace(self, streams: bool, channels: bool) -> None:
        for stream in list(self._streams.values()):
            stream.read_on(streams)
        self._channels.read_on(channels)
        if self._farewell.is_due and not streams:
            self._farewell.say()  # it waits for a host that does not come

    def _say_farewell(self) -> None:
        running = self.kept.journal.state.running
        for id in self.kept.requests.waiting():
            self.cancel(id)
        self.kept.give_up_oldest()
        if running is not None:
            self._interrupts.interrupt(running)
        self._channels.send("main", {"t": "exit", "code": 0})

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
                _remove_entry(directory + "/" + name)
            os.rmdir(directory)
            return
        except FileNotFoundError:
            return
        except OSError:
            continue  # a process that left the group makes files there


def _remove_entry(path: str) -> None:
    try:
        os.unlink(path)
    except (IsADirectoryError, PermissionError):  # the programs, where there was no place to keep them
        from shutil import rmtree

        rmtree(path)
