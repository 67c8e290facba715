"""Starts a session whose host is on another machine: the streams of the program that it started there lead to it."""

from __future__ import annotations

import _socket
import os

from . import TYPE_CHECKING
from .text import loads

if TYPE_CHECKING:
    from typing import Any


def start(orders: bytes, programs: str, directory: str) -> tuple[_socket.socket, int | None]:
    """A socket that is closed when our streams are no longer needed, and the owner if it ends with its host."""
    known = loads(orders)
    _enter(known["cwd"])
    here, there = _socket.socketpair()
    pid = os.fork()
    if not pid:
        try:
            here.close()
            _own(_placed(known, programs, directory), (there, os.dup(0), os.dup(1)))
        finally:
            os._exit(70)
    there.close()
    return here, pid if known["endsWithHost"] else None


def _own(orders: dict[str, Any], host: tuple[_socket.socket, int, int]) -> None:
    os.setsid()
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1):
        os.dup2(nothing, descriptor)
    os.close(nothing)
    from .main import serve

    serve(orders, host)


def _enter(folder: str | None) -> None:
    if folder:
        os.chdir(os.path.expanduser(folder))


def _placed(orders: dict[str, Any], programs: str, directory: str) -> dict[str, Any]:
    """The host does not know these places: it has written words in their stead."""
    program, *arguments = orders["argv"]
    places = orders["places"]

    def placed(argument: str) -> str:
        return argument.replace(places["programs"], programs).replace(places["directory"], directory)

    argv = [os.path.expanduser(program), *map(placed, arguments)]
    return dict(orders, argv=argv, directory=directory)
