"""Pairs of streams: the standard output and error of one command at a time. On Unix they are FIFOs.

The worker makes a pair one command ahead and keeps a read end of its own, so that opening the write end never blocks
and no writer ever gets SIGPIPE. When a command is over, the kernel is asked whether anyone else still holds a write
end: close ours, poll for a hang-up, open it again. A pair that someone holds is never used for another command.
"""

from __future__ import annotations

import select
import sys
from os import F_OK, O_RDONLY, O_WRONLY, access, close, devnull, dup2, fstat, mkdir, rmdir, unlink
from os import open as open_fd
from os import write as write_fd
from stat import S_ISFIFO

from .. import TYPE_CHECKING
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it

if TYPE_CHECKING:
    from collections.abc import Callable

    MakePair = Callable[[int], "Pair"]

if TYPE_CHECKING or sys.platform != "win32":  # which has pairs of its own
    from fcntl import fcntl, ioctl
    from os import O_NONBLOCK, mkfifo
    from select import poll as new_poll

_FIONREAD = 0x541B if hasattr(select, "epoll") else 0x4004667F  # Linux, then the BSDs and macOS
_F_SETPIPE_SZ = 1031  # Linux
_PIPE_SIZE = 1 << 20
_NOTHING = bytes(4)


_CLOSED = -1  # in place of a descriptor
_nowhere_ends: list[int] = []


def nowhere() -> list[int]:
    """In place of the write ends of abandoned pairs: one descriptor, to be opened while there are some left."""
    if not _nowhere_ends:
        _nowhere_ends[:] = [open_fd(devnull, O_WRONLY)] * 2
    return _nowhere_ends


class Pair:
    """What a command writes to."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.leased = False  # a command, or a thread or task of it, may still write
        self.retired = False  # someone else holds a write end: never to be used again
        self.write_ends: list[int] = []

    def arm(self) -> None:
        """Makes this pair the process's descriptors 1 and 2, which children and C code inherit."""
        dup2(self.write_ends[0], 1)
        dup2(self.write_ends[1], 2)

    def is_open_as(self, descriptor: int) -> bool:
        """Whether descriptor 1 or 2 is still what `arm` made it."""
        raise NotImplementedError

    def leads_elsewhere(self, descriptor: int) -> bool:
        """Whether descriptor 1 or 2, which is open, is not what `arm` made it."""
        return not self.is_open_as(descriptor)

    def unread(self, stream: int) -> bool:
        """Whether the host may not have read all of it."""
        raise NotImplementedError

    def has_name(self) -> bool:
        """Whether the host can still open it: nobody has cleaned up behind us."""
        return True

    def recycle(self) -> str:
        """What the pair is good for now that its command is over.

        "free": no one in the world can write here any more and everything was read, so it can serve the next command;
        "unread": no one can write, but the host has not read all; "held": someone can still write, so it is retired.
        """
        raise NotImplementedError

    def retire(self) -> None:
        """Takes the pair out of use: the host reads on until the last writer has gone."""
        self.retired = True
        if not self.leased:
            self.close_write_ends()

    def release(self) -> None:
        """Nothing of the command's own is left that could write through us."""
        self.leased = False
        if self.retired:
            self.close_write_ends()

    def abandon(self, last_words: bytes) -> None:
        """Gives the descriptors of a retired pair away: what is written here from now on is lost."""
        ends, self.write_ends = self.write_ends, nowhere()
        write_fd(ends[1], last_words)
        for descriptor in ends:
            _close(descriptor)

    def lead_nowhere(self) -> None:
        """Nobody reads any more: what is written here from now on is lost, and no writer waits."""
        for descriptor in self.write_ends:
            dup2(nowhere()[0], descriptor)

    def close_write_ends(self) -> None:
        if self.write_ends is _nowhere_ends:
            return
        while self.write_ends:  # pop() is atomic: a finalizer in another thread may be here too
            _close(self.write_ends.pop())

    def close_all(self) -> None:
        """In a forked child: drop what only the parent needs."""
        self.close_write_ends()


class FifoPair(Pair):
    """Two FIFOs in the session's directory, named `N.0` and `N.1`.

    A directory that somebody has cleaned up is made again, as long as `is_host_there` says so.
    """

    def __init__(self, directory: str, number: int, is_host_there: Callable[[], bool]) -> None:
        super().__init__(number)
        self._directory = directory
        self._is_host_there = is_host_there
        self._paths = ["%s/%d.%d" % (directory, number, stream) for stream in (0, 1)]
        self._read_ends: list[int] = []
        try:
            self._open()
        except BaseException:  # descriptors are used up
            self.retire()
            raise
        found = [fstat(descriptor) for descriptor in self.write_ends]
        self._identities = [one.st_ino for one in found]
        self._device = found[0].st_dev
        self._enlarge()
        self._polls = [new_poll() for _ in self._read_ends]
        for poll, descriptor in zip(self._polls, self._read_ends):
            poll.register(descriptor, 0)

    def _open(self) -> None:
        for path in self._paths:
            self._make_fifo(path)
        for path in self._paths:
            self._read_ends.append(open_fd(path, O_RDONLY | O_NONBLOCK))
            self.write_ends.append(open_fd(path, O_WRONLY))

    def _make_fifo(self, path: str) -> None:
        try:
            mkfifo(path, 0o600)
        except FileNotFoundError:  # someone cleans up behind us
            mkdir(self._directory, 0o700)
            if not self._is_host_there():
                rmdir(self._directory)  # it was the last one, and nobody would do it again
                raise
            mkfifo(path, 0o600)

    def _enlarge(self) -> None:
        for descriptor in self.write_ends:
            try:
                fcntl(descriptor, _F_SETPIPE_SZ, _PIPE_SIZE)
            except (OSError, TypeError):
                return  # not Linux, or the user's pipe quota is used up: the default size works too

    def is_open_as(self, descriptor: int) -> bool:
        try:
            return fstat(descriptor).st_ino == self._identities[descriptor - 1]
        except OSError:
            return False

    def leads_elsewhere(self, descriptor: int) -> bool:
        """What stood there in an older command, and was put back, is put right: it is meant as descriptor 1 or 2."""
        if self.is_open_as(descriptor):
            return False
        found = fstat(descriptor)
        is_of_a_pair = S_ISFIFO(found.st_mode) and found.st_dev == self._device
        if not is_of_a_pair or found.st_ino in self._identities:
            return True
        dup2(self.write_ends[descriptor - 1], descriptor)
        return False

    def unread(self, stream: int) -> bool:
        return ioctl(self._read_ends[stream], _FIONREAD, _NOTHING) != _NOTHING

    def has_name(self) -> bool:
        return access(self._paths[0], F_OK) and access(self._paths[1], F_OK)

    def recycle(self) -> str:
        if self.retired:
            return "held"
        if self.leased or not (self._is_hung_up(0) and self._is_hung_up(1)):
            self.retire()
            return "held"
        return "unread" if self.unread(0) or self.unread(1) else "free"

    def _is_hung_up(self, stream: int) -> bool:
        """Asks the kernel whether ours is the only write end, by closing it for a moment."""
        end, self.write_ends[stream] = self.write_ends[stream], _CLOSED
        _close(end)
        hung_up = self._polls[stream].poll(0)
        try:
            self.write_ends[stream] = open_fd(self._paths[stream], O_WRONLY)
        except OSError:  # not to be used again, then
            del self.write_ends[stream]
            return False
        return bool(hung_up)

    def retire(self) -> None:
        for path in self._paths:
            _remove(path)
        while self._read_ends:
            close(self._read_ends.pop())
        super().retire()

    def lead_nowhere(self) -> None:
        super().lead_nowhere()
        while self._read_ends:
            close(self._read_ends.pop())

    def close_all(self) -> None:
        super().close_all()
        while self._read_ends:
            close(self._read_ends.pop())


def _close(descriptor: int) -> None:
    if descriptor != _CLOSED:
        close(descriptor)


def _remove(path: str) -> None:
    try:
        unlink(path)
    except FileNotFoundError:
        return  # it has been cleaned up
