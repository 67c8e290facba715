"""Starts the worker, then listens for hosts."""

from __future__ import annotations

import _signal as signal
import _socket
import os
import sys

from . import TYPE_CHECKING
from .process import DEFAULTS, Process, start_apart, start_time
from .reading import read_some
from .text import loads

if TYPE_CHECKING:
    from typing import Any


def _notice(_number: int, _frame: object) -> None:
    """The signal interrupts a wait."""


def run() -> None:
    serve(loads(_read_all(0)))


def serve(orders: dict[str, Any], host: tuple[_socket.socket, int, int] | None = None) -> None:
    """For the hosts of this machine or, with `host`, for one on another machine, and later ones if it outlives that.

    `host` is what that one writes, and what it reads, as long as the socket is open.
    """
    directory = orders["directory"]
    for number in DEFAULTS:
        signal.signal(number, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, _notice)
    _own(directory)
    listening = _listen(directory + "/c")
    process = Process(orders["argv"], _environment(orders["env"]))
    # While the worker's interpreter starts:
    from .connection import Connection
    from .hosts import Hosts
    from .poller import Poller
    from .sockets import Listener, connect, connect_streams
    from .supervisor import Supervisor

    poller = Poller()
    supervisor = Supervisor(poller, orders, process, listening)
    wake, alarm = os.pipe()
    for descriptor in (wake, alarm):
        os.set_blocking(descriptor, False)
    signal.set_wakeup_fd(alarm, warn_on_full_buffer=False)
    poller.watch(wake, lambda _: (read_some(wake), supervisor.reap()))
    hosts = Hosts(poller, supervisor, orders["secret"], host is not None)
    if host:
        hosts.accept_first(Connection(poller, *host))
    if not supervisor.ends_with_host:
        connected = connect_streams if host else connect
        Listener(poller, _listen(directory + "/h"), lambda socket: connected(poller, socket, hosts.accept))
    if not host:
        os.write(1, orders["marker"].encode() + b"\n")
    supervisor.guard(start_apart(orders["guardian"]))
    _leave_streams(directory)
    supervisor.reap()  # it may have ended before its end could be heard
    while True:
        poller.turn()


def _own(directory: str) -> None:
    """Says whose directory it is: once that process is gone, anybody of this user may remove it."""
    with open(directory + "/owner", "wb", buffering=0) as file:
        file.write(("%d %s %s\n" % (os.getpid(), start_time(os.getpid()), _process_namespace())).encode("ascii"))


def _process_namespace() -> str:
    """In which our number is ours: containers may share the directory, but not the processes."""
    try:
        return os.readlink("/proc/self/ns/pid")
    except OSError:  # not Linux
        return ""


def _listen(path: str) -> _socket.socket:
    listening = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
    listening.bind(path)
    listening.listen(8)
    listening.setblocking(False)
    return listening


def _read_all(descriptor: int) -> bytes:
    parts: list[bytes] = []
    while True:
        part = os.read(descriptor, 1 << 16)
        if not part:
            return b"".join(parts)
        parts.append(part)


def _environment(changes: dict[str, str | None]) -> dict[str, str]:
    env = dict(os.environ)
    for name, value in changes.items():
        if value is None:
            env.pop(name, None)
        else:
            env[name] = value
    return env


def _leave_streams(directory: str) -> None:
    """What goes wrong from now on is told in a file."""
    os.chdir(directory)
    sys.stderr.flush()
    nothing = os.open(os.devnull, os.O_RDWR)
    log = os.open("log", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for source, target in ((nothing, 0), (nothing, 1), (log, 2)):
        os.dup2(source, target, inheritable=False)
    os.close(nothing)
    os.close(log)
