"""Windows: the host is reached by a named pipe, and a command writes to named pipes that the host has made.

`_winapi` is what `multiprocessing.connection`
uses for its pipes. A handle that was opened for overlapped operations can be read by one thread and written by another;
with a plain one a write would wait for the read to end.
"""

from __future__ import annotations

import os
import stat
import sys
from os import O_WRONLY, _exit, fstat, getpid
from os import open as open_fd
from os import write as write_fd
from time import monotonic, sleep

from .. import TYPE_CHECKING
from ..commands.interrupts import raise_from_thread
from ..output.pairs import Pair
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop
    from collections.abc import Callable
    from typing import Any

    from ..output.pairs import MakePair

if TYPE_CHECKING or sys.platform == "win32":
    import _winapi

HAS_SIGNALS = False
_GENERIC_READ, _GENERIC_WRITE = 0x80000000, 0x40000000
_OPEN_EXISTING, _FILE_FLAG_OVERLAPPED = 3, 0x40000000
_ERROR_IO_PENDING = 997
_ENDS = (109, 232, 233)  # broken pipe, no data, pipe not connected: the host has gone
_WAIT_TIMEOUT, _INFINITE = 258, 0xFFFFFFFF
_CHUNK = 1 << 16
_PATIENCE = 5  # in seconds, for a pipe that the host makes ahead: ample
_LOOK_EVERY = 0.01  # in seconds: a pipe can't wake an asyncio loop
# with its path, taken now: a program of that name in the current folder is not ours, and code can change the variables
_TASKKILL = os.environ.get("SYSTEMROOT", r"C:\Windows") + r"\System32\taskkill.exe"
_CREATE_NO_WINDOW = 0x08000000
_own_environment: Any = None
_KILL_PATIENCE = 3000  # in milliseconds: it ends us, too
_O_BINARY = getattr(os, "O_BINARY", 0)


class PipeConnection:
    """One connected named pipe, in both directions."""

    def __init__(self, name: str) -> None:
        access = _GENERIC_READ | _GENERIC_WRITE
        self._handle = _winapi.CreateFile(name, access, 0, 0, _OPEN_EXISTING, _FILE_FLAG_OVERLAPPED, 0)
        self._reading: _winapi.Overlapped | None = None

    def sendall(self, data: bytes) -> None:
        while data:
            operation, error = _winapi.WriteFile(self._handle, data, overlapped=True)
            if error == _ERROR_IO_PENDING:
                _wait_for(operation, _INFINITE)
            written, _error = operation.GetOverlappedResult(True)
            data = data[written:]

    def recv(self, size: int) -> bytes:
        """At most `_CHUNK` bytes, whatever the size; none when the host has gone."""
        try:
            operation = self._begin_reading()
            _wait_for(operation, _INFINITE)
            operation.GetOverlappedResult(True)
        except OSError as error:
            if getattr(error, "winerror", None) in _ENDS:
                return b""
            raise
        self._reading = None
        return bytes(operation.getbuffer() or b"")

    def wait(self, milliseconds: int) -> bool:
        try:
            operation = self._begin_reading()
        except OSError:  # `recv` will tell
            return True
        return _wait_for(operation, milliseconds)

    def watch(self, loop: AbstractEventLoop, found: Callable[[], None]) -> Callable[[], object]:
        def look() -> None:
            nonlocal timer
            if self.wait(0):
                found()
            else:
                timer = loop.call_later(_LOOK_EVERY, look)

        timer = loop.call_soon(look)
        return lambda: timer.cancel()

    def close(self) -> None:
        _winapi.CloseHandle(self._handle)

    def _begin_reading(self) -> _winapi.Overlapped:
        if self._reading is None:
            self._reading, _error = _winapi.ReadFile(self._handle, _CHUNK, overlapped=True)
        return self._reading


def _wait_for(operation: _winapi.Overlapped, milliseconds: int) -> bool:
    """Whether the operation has ended, now or within that time."""
    while True:
        try:
            return _winapi.WaitForMultipleObjects([operation.event], False, milliseconds) != _WAIT_TIMEOUT
        except InterruptedError:  # the main thread's waits end with an interrupt, which is not for us
            continue


class PipePair(Pair):
    """Two pipes that the host has made, named `ADDRESS-N.0` and `ADDRESS-N.1`. They serve one command.

    The host reads only from a pipe that begins with the token.
    """

    def __init__(self, address: str, token: str, number: int) -> None:
        super().__init__(number)
        self.write_ends = [open_pipe("%s-%d.%d" % (address, number, stream)) for stream in (0, 1)]
        for descriptor in self.write_ends:
            write_fd(descriptor, token.encode("ascii"))

    def is_open_as(self, descriptor: int) -> bool:
        """Any pipe passes for ours: what would tell them apart is not to be had."""
        try:
            return stat.S_ISFIFO(fstat(descriptor).st_mode)
        except OSError:
            return False

    def unread(self, stream: int) -> bool:
        """A writer can't know."""
        return True

    def recycle(self) -> str:
        """The host learns from the end of the streams that no one holds them; a writer can't know."""
        self.retire()
        return "held"


def open_pipe(name: str) -> int:
    """A descriptor that writes to the pipe, for which the host may need a moment."""
    end = monotonic() + _PATIENCE
    while True:
        try:
            return open_fd(name, O_WRONLY | _O_BINARY)
        except OSError:
            if monotonic() > end:
                raise
            sleep(0.001)


connect = PipeConnection


def prepare_process() -> None:
    from .kernel import prepare

    prepare()


def make_pairs(address: str, token: str, _is_host_there: Callable[[], bool]) -> MakePair:
    return lambda number: PipePair(address, token, number)


def text_file(_address: str) -> None:
    """Without a directory of the session's, nothing is gathered."""


def tell_ending(_address: str) -> None:
    """Nobody cleans up behind the host."""


def drain(_address: str) -> Callable[[], None]:
    """Writers to a pipe whose host is gone have an error at once."""
    return lambda: None


def interrupt_group(_leader: int) -> None:
    """Interrupts this process, and all that share its console."""
    raise_from_thread()


def end_group(_leader: int) -> None:
    """`taskkill` follows parents to children. This process ends in any case, even if that cannot be started."""
    try:
        command = '"%s" /pid %d /t /f' % (_TASKKILL, getpid())
        process, *_others = _winapi.CreateProcess(
            _TASKKILL, command, None, None, False, _CREATE_NO_WINDOW, _own_environment, None, None
        )
        _winapi.WaitForSingleObject(process, _KILL_PATIENCE)
    finally:
        _exit(1)
