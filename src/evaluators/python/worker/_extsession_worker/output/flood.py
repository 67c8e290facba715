"""Text that comes in a flood: gathered in a file that the host can read too, and written in pieces.

A write to a pipe costs more than all the rest of a `print`. When writes follow each other within microseconds, their
text is gathered in a mapped file, and goes into the pipe a piece at a time. Should the process be killed meanwhile, the
host finds in the file what is not in the pipe: each piece has a number, which stands in the file and, in a marker,
before the piece in the pipe, and a piece is so short that the kernel takes it whole or not at all.

The file `text` in the session's directory begins with the pair (8 digits), the stream (1) and the number (7) of the
piece; the text follows, and 0xFF, which is never in UTF-8, to the end.
"""

from __future__ import annotations

import _thread
import sys
from os import O_CREAT, O_RDWR, SEEK_END, close, fstat, unlink
from os import open as open_fd
from os import write as write_fd
from time import monotonic, sleep

from .. import TYPE_CHECKING
from ..commands.interrupts import shield
from ..imports import when_imported
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from .streams import Command
    from .text_stream import TextStream

try:
    from mmap import mmap
except ImportError:
    mmap = None

_start_thread = _thread.start_new_thread
_HEADER = 16
_ROOM = 4096 - 50  # what a pipe takes as one, without the marker
_SIZE = _HEADER + _ROOM
_BLANK = b"\xff" * _ROOM
_LONGEST_WAIT = 0.035  # in seconds, of text for its way to the host; each look at it interrupts the flood
_PERIOD = 0.0005  # in seconds: 64 writes within it are a flood
_has_global_lock = getattr(sys, "_is_gil_enabled", lambda: True)()


class Gathering:
    """What one command writes to one stream, while that is gathered.

    `append` adds text that is `command`'s: whole, or it raises ValueError, and then `add` knows what to do. It is one
    call into C, so that it needs no lock, and it has a mapping of its own: once this has ended, it always raises.
    """

    __slots__ = ("command", "out", "append", "_flood")

    def __init__(self, flood: Flood | None, command: Any, out: Any, append: Any) -> None:
        self.command = command
        self.out = out
        self.append = append
        self._flood = flood

    def add(self, data: bytes) -> bool:
        """False when it can't be gathered."""
        return self._flood is not None and self._flood.add(self, data)


no_gathering = Gathering(None, object(), None, None)  # of no command's


class Flood:
    """At most one stream of one command at a time gathers its text here.

    `get_owner` returns the command that the text of this thread or task belongs to.
    """

    def __init__(self, get_owner: Callable[[], Command | None]) -> None:
        self.has_thread = False
        self._get_owner = get_owner
        self._current: Gathering | None = None
        self._is_writing = False
        self._path = ""
        self._token = b""
        self._number = 0
        self._map: Any = None
        self._lock = _thread.RLock()
        self._since = 0.0
        self._impossible = mmap is None or not _has_global_lock

    def install(self, path: str | None, token: bytes) -> None:
        """`path` is that of the file, which is made when it is needed; None where there can be none."""
        self._path = path or ""
        self._impossible = self._impossible or path is None
        self._token = token
        when_imported("ctypes", lambda _module: self.end())

    def consider(self, out: TextStream) -> None:
        """To be called after every 64 writes: begins to gather if they came in a flood.

        Not once ctypes is there: what C code writes would come before the text that is gathered.
        """
        now = monotonic()
        since, self._since = self._since, now
        command = self._get_owner()
        if now - since >= _PERIOD or command is None or not command.gathers:
            return
        if not self._impossible and "ctypes" not in sys.modules:
            with self._lock:
                self.end()
                self._begin(out, command)

    def add(self, gathering: Gathering, data: bytes) -> bool:
        """False when it can't be gathered."""
        with self._lock:
            if gathering is not self._current or self._is_writing or self._get_owner() is not gathering.command:
                return False
            try:
                gathering.append(data)
            except ValueError:  # the piece is full
                self.write()
                if len(data) > _ROOM:
                    return False
                gathering.append(data)
            return True

    def write(self) -> None:
        """Writes what was gathered."""
        with self._lock, shield:
            if self._current is None or self._is_writing:
                return
            self._is_writing = True  # what a finalizer or signal handler prints meanwhile goes its own way
            try:
                end = self._seal()
                if end > _HEADER:
                    self._write_piece(self._current, end)
                self._map.seek(_HEADER)
            finally:
                self._is_writing = False

    def end(self) -> None:
        """Writes what was gathered, and gathers no more."""
        with self._lock:
            if self._current is not None:
                self.write()
                self._forget()

    def after_fork_in_child(self) -> None:
        """The file is the parent's."""
        if self._current is not None:
            self._forget()
        self._impossible = True
        self._lock = _thread.RLock()

    def _seal(self) -> int:
        """Takes nothing more, whoever is about to append; where the text ends."""
        self._map.seek(0, SEEK_END)
        end = self._map.find(b"\xff", _HEADER)
        return _SIZE if end < 0 else end

    def _write_piece(self, gathering: Gathering, end: int) -> None:
        try:
            piece = self._map[_HEADER:end]
            descriptor = gathering.command.pair.write_ends[gathering.out.number]
            write_fd(descriptor, b"%sL%016d%s" % (self._token, self._number, piece))
        except BaseException:
            self._map.seek(end)
            raise
        self._map[_HEADER:end] = _BLANK[: end - _HEADER]
        self._name_piece(gathering)

    def _forget(self) -> None:
        self._seal()
        current: Any = self._current
        current.command.flood = None
        current.out.gathering = no_gathering
        self._current = None

    def _begin(self, out: TextStream, command: Command) -> None:
        if not self.has_thread:
            self._start()
        if not self._impossible:
            self._open()
        if self._impossible:
            return
        self._current = Gathering(self, command, out, self._map.write)
        self._name_piece(self._current)
        self._map.seek(_HEADER)
        command.flood = self
        out.gathering = self._current

    def _name_piece(self, gathering: Gathering) -> None:
        self._number = (self._number + 1) % 10**7
        pair, stream = gathering.command.pair.number, gathering.out.number
        self._map[:_HEADER] = b"%08d%d%07d" % (pair, stream, self._number)

    def _open(self) -> None:
        try:
            make_map: Any = mmap
            descriptor = open_fd(self._path, O_RDWR | O_CREAT, 0o600)
            try:
                # Written, not only made long: a mapped file that finds no room on the disk later ends the process.
                if fstat(descriptor).st_size < _SIZE and write_fd(descriptor, b"\xff" * _SIZE) < _SIZE:
                    raise OSError("the disk is full")
                self._map = make_map(descriptor, _SIZE)
            except BaseException:
                unlink(self._path)
                raise
            finally:
                close(descriptor)
        except OSError:
            self._impossible = True  # without it each write goes its own way: slower, and nothing else

    def _start(self) -> None:
        try:
            _start_thread(self._serve, ())
            self.has_thread = True
        except RuntimeError:
            self._impossible = True

    def _serve(self) -> None:
        """In a thread of its own: no text waits for long. Ends with the flood."""
        number = 0
        while True:
            sleep(_LONGEST_WAIT)
            with self._lock:
                if self._current is None:
                    self.has_thread = False
                    return
                if number == self._number:
                    self.end()
                else:
                    self.write()
                number = self._number
