"""Every write goes to the streams of the command that caused it."""

from __future__ import annotations

import _thread
from _contextvars import ContextVar
from _thread import get_ident
from errno import EBADF
from os import write as write_fd

from .. import TYPE_CHECKING
from ..commands.interrupts import shield
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from .flood import Flood
from .pairs import Pair

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_main_thread = get_ident()
_UNFINISHED_LINE = 8192
_ATOMIC = 512  # POSIX: so many bytes go into a pipe as one


def write_all(descriptor: int, data: bytes) -> None:
    while data:
        written = write_fd(descriptor, data)
        if written == len(data):
            return
        data = data[written:]


class Command:
    """What a command's writers hold on to: its number and its pair.

    Contexts of threads and tasks refer to it; when the last of them is gone, so is the command's hold on its streams.
    """

    __slots__ = ("id", "pair", "flood", "gathers", "_last", "_switches", "_wrote", "_foreign", "_lock", "__weakref__")

    def __init__(self, id: int, pair: Pair) -> None:
        self.id = id
        self.pair = pair
        self.flood: Flood | None = None  # where its text is gathered
        self.gathers = True  # when it comes in a flood
        self._last = 0
        self._switches = 0
        self._wrote = False  # since the last marker
        self._foreign = False  # someone else may have written since the last marker
        self._lock = _thread.RLock()
        pair.leased = True

    def write(self, stream: int, data: bytes) -> None:
        """Writes `data` whole. A change of stream leaves a marker in both, which gives the host their order."""
        if self.flood is not None:
            self.settle()
        if stream == self._last and not self._foreign and len(data) <= _ATOMIC:
            self._wrote = True
            written = write_fd(self.pair.write_ends[stream], data)  # whole, so that no lock is needed
            if written == len(data):
                return
            data = data[written:]
        with self._lock:
            if stream != self._last or self._foreign:
                self._mark(stream)
            self._wrote = True
            write_all(self.pair.write_ends[stream], data)

    def expect_foreign_writes(self) -> None:
        """What others write to the streams from now on comes after what was written here before."""
        self.settle()
        with self._lock:
            if self._wrote:
                self._mark(self._last)
            self._foreign = True

    def settle(self) -> None:
        """Whatever was written here is on its way to the host."""
        if self.flood is not None:
            self.flood.end()

    def _mark(self, stream: int) -> None:
        """In both streams, what follows comes after what precedes."""
        ends = self.pair.write_ends
        with shield:
            self._switches += 1
            marker = b"%sS%016d" % (_router.token, self._switches)
            write_all(ends[1 - stream], marker)
            self._last = stream
            self._wrote = self._foreign = False
            write_all(ends[stream], marker)

    def place(self, send: Callable[[int], object]) -> None:
        """Calls `send` with the number of a place among the text: after what precedes, before what follows."""
        self.settle()
        with self._lock, shield:
            self._switches += 1
            send(self._switches)
            marker = b"%sD%016d" % (_router.token, self._switches)
            for end in self.pair.write_ends:
                write_all(end, marker)
            self._wrote = self._foreign = False

    def end(self, streams: Iterable[int]) -> None:
        """Leaves the end marker in the given streams: what follows is late output."""
        marker = b"%sE%016d" % (_router.token, self.id)
        for stream in streams:
            write_all(self.pair.write_ends[stream], marker)

    def __del__(self) -> None:
        self.pair.release()


owner: ContextVar[Command | None] = ContextVar("extsession_command", default=None)
_get_owner = owner.get


class _Router:
    """Which command a write belongs to."""

    def __init__(self) -> None:
        self.token = b""
        self.running: Command | None = None
        self.forked = False
        self.flood = Flood(owner.get)
        self._redirected = [False, False]  # descriptors 1 and 2 of the running command lead somewhere else
        self._is_usual = True  # neither forked nor redirected
        self._unfinished = [b"", b""]

    def begin(self, command: Command | None) -> None:
        """`command` runs from here on, with descriptors 1 and 2 of its own."""
        self.running = command
        self._redirected = [False, False]
        self._is_usual = not self.forked

    def write(self, stream: int, data: bytes) -> None:
        if not self._is_usual and self._write_elsewhere(stream, data):
            return
        command = self.target()
        if command is None:
            write_all(stream + 1, data)  # between commands: the host gives it to the last one
        else:
            command.write(stream, data)

    def target(self) -> Command | None:
        """The command that what this thread or task writes belongs to; None between commands."""
        return _get_owner() or self.running

    def expect_foreign_writes(self) -> None:
        command = None if self.forked else self.target()
        if command is not None:
            command.expect_foreign_writes()

    def raw_target(self, descriptor: int) -> Command | None:
        """The command that a raw write to descriptor 1 or 2 belongs to; None when that goes somewhere else."""
        if self.forked:
            return None
        command, running = _get_owner(), self.running
        if command is not None and command is not running:
            return command  # descriptors 1 and 2 belong to another one by now
        return running if running is not None and running.pair.is_open_as(descriptor) else None

    def expect_raw_writes(self) -> None:
        """From now on others may write to the streams at any time."""
        self.expect_foreign_writes()
        command = self.target()
        if command is not None:
            command.gathers = False

    def follow(self, descriptor: int) -> None:
        """Descriptor 1 or 2 was replaced: the running command's own writes go where it leads."""
        command = self.running
        if command is None or self.forked or self.target() is not command:
            return
        self._redirected[descriptor - 1] = command.pair.leads_elsewhere(descriptor)
        self._is_usual = not any(self._redirected)

    def _write_elsewhere(self, stream: int, data: bytes) -> bool:
        if self.forked:
            self._write_as_child(stream, data)
            return True
        if not self._redirected[stream] or get_ident() != _main_thread or self.running is not self.target():
            return False
        try:
            write_all(stream + 1, data)
        except OSError as error:
            if error.errno != EBADF:
                raise
            self._redirected[stream] = False  # it was closed since
            return False
        return True

    def _write_as_child(self, stream: int, data: bytes) -> None:
        """A forked child writes whole lines, so that they do not mix with its parent's."""
        data = self._unfinished[stream] + data
        keep = b"" if len(data) > _UNFINISHED_LINE else data[data.rfind(b"\n") + 1 :]
        self._unfinished[stream] = keep
        write_all(stream + 1, data[: len(data) - len(keep)])

    def flush(self) -> None:
        if self.forked:
            for stream in (0, 1):
                data, self._unfinished[stream] = self._unfinished[stream], b""
                write_all(stream + 1, data)
        else:
            self.flood.write()

    def after_fork_in_child(self) -> None:
        self.forked = True
        self._is_usual = False
        self.flood.after_fork_in_child()


_router = _Router()


def router() -> _Router:
    return _router
