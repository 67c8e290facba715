"""Unix: the host is reached by a unix socket, and a command writes to FIFOs beside it."""

from __future__ import annotations

import _signal
import _socket
import os
from os import O_CREAT, O_NONBLOCK, O_RDONLY, O_WRONLY, _exit, close, getpgrp, getpid, kill, killpg, listdir, read
from os import open as open_fd
from select import POLLIN
from select import poll as new_poll  # which gevent and eventlet put something else in the place of

from .. import TYPE_CHECKING
from ..output.pairs import FifoPair
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop
    from collections.abc import Callable

    from ..output.pairs import MakePair

HAS_SIGNALS = True
_SIGINT = _signal.SIGINT
_CHUNK = 1 << 20


class SocketConnection:
    """One connected unix socket."""

    def __init__(self, path: str) -> None:
        self._socket = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
        self._socket.connect(path)
        self._socket.setblocking(True)
        self.sendall = self._socket.sendall
        self.recv = self._socket.recv

    def wait(self, milliseconds: int) -> bool:
        poll = new_poll()  # a fresh one: two threads may wait at once
        poll.register(self._socket.fileno(), POLLIN)
        return bool(poll.poll(milliseconds))

    def is_open(self) -> bool:
        """Whether the other end is still there."""
        poll = new_poll()
        poll.register(self._socket.fileno(), 0)
        return not poll.poll(0)

    def watch(self, loop: AbstractEventLoop, found: Callable[[], None]) -> Callable[[], object]:
        descriptor = self._socket.fileno()
        loop.add_reader(descriptor, found)
        return lambda: loop.remove_reader(descriptor)

    def close(self) -> None:
        self._socket.close()


connect = SocketConnection


def prepare_process() -> None:
    """The host has prepared it: it leads a process group of its own."""


def make_pairs(address: str, _token: str, is_host_there: Callable[[], bool]) -> MakePair:
    """The function that makes a pair of a number, for the worker whose host is at `address`."""
    directory = os.path.dirname(address)
    return lambda number: FifoPair(directory, number, is_host_there)


def text_file(address: str) -> str:
    """Where text that comes in a flood is gathered."""
    return os.path.join(os.path.dirname(address), "text")


def tell_ending(address: str) -> None:
    """Tells who cleans up behind the host that this process ends by itself, and is not to be interrupted."""
    try:
        close(open_fd(os.path.dirname(address) + "/ending", O_CREAT | O_WRONLY, 0o600))
    except OSError:
        return  # the directory is gone


def drain(address: str) -> Callable[[], None]:
    """A function that drops what has been written to the pairs so far: no writer waits for a host that is gone."""
    directory = os.path.dirname(address)
    try:
        pairs = [directory + "/" + name for name in listdir(directory) if name.endswith((".0", ".1"))]
        ends = [open_fd(path, O_RDONLY | O_NONBLOCK) for path in pairs]
    except OSError:  # someone has cleaned up
        ends = []

    def drop() -> None:
        for end in ends:
            _drop(end)

    return drop


def _drop(end: int) -> None:
    try:
        while read(end, _CHUNK):
            continue
    except BlockingIOError:
        return


def interrupt_group(leader: int) -> None:
    """Raises SIGINT in this process, and in all that it started if it leads their group."""
    if getpgrp() == leader:
        killpg(0, _SIGINT)
    else:
        kill(getpid(), _SIGINT)


def end_group(leader: int) -> None:
    """Ends this process, and all that it started if it leads their group."""
    if getpgrp() == leader:
        killpg(0, 9)
    _exit(1)
