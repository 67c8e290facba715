"""The order between what Python writes and what is written past it: by children, by C code, to raw descriptors.

Whatever may write past Python stands between two barriers: what Python wrote before it is shown before it, and what
Python writes after it is shown after it.
"""

from __future__ import annotations

import os
import sys
from os import getpid

from .. import TYPE_CHECKING
from ..imports import when_imported
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from ..wrapping import put_in_place
from .streams import router

if TYPE_CHECKING:
    from typing import Any

    from ..link.channel import Channel
    from ..wrapping import Function, Wrap

_router = router()
_STARTS = ("system", "posix_spawn", "posix_spawnp")
_WAITS = ("wait", "wait3", "wait4", "waitid", "waitpid")


def _between_barriers(plain: Function) -> Function:
    def wrapper(*args: Any, **kwargs: Any) -> object:
        _router.expect_foreign_writes()
        try:
            return plain(*args, **kwargs)
        finally:
            _router.expect_foreign_writes()

    return wrapper


def _announced(channel: Channel) -> Wrap:
    """Tells the host of another program, for it loses the channel and waits for the process's end then."""
    pid = getpid()

    def wrap(plain: Function) -> Function:
        def wrapper(*args: Any, **kwargs: Any) -> object:
            _router.expect_foreign_writes()
            if getpid() != pid:  # a forked child, which never speaks to the host
                return plain(*args, **kwargs)
            try:
                channel.send({"t": "exec", "failed": False})
                return plain(*args, **kwargs)
            finally:
                channel.send({"t": "exec", "failed": True})
                _router.expect_foreign_writes()

        return wrapper

    return wrap


def _adapt_posixsubprocess(module: Any) -> None:
    put_in_place(module, "fork_exec", _between_barriers)
    subprocess: Any = sys.modules.get("subprocess")  # a .pth file may have imported it: it holds a reference of its own
    if hasattr(subprocess, "_fork_exec"):
        subprocess._fork_exec = module.fork_exec


def _like_print(plain: Function) -> Function:
    """`os.write` to descriptor 1 or 2 is a write like any other, unless the user redirected the descriptor."""

    def write(fd: int, data: Any) -> int:
        command = _router.raw_target(fd) if fd == 1 or fd == 2 else None
        if command is None:
            written: int = plain(fd, data)
            return written
        content = data if type(data) is bytes else memoryview(data).tobytes()
        command.write(fd - 1, content)
        return len(content)

    return write


def _like_write(plain: Function) -> Function:
    """`os.writev`, as `os.write`."""

    def writev(fd: int, buffers: Any) -> int:
        if (fd == 1 or fd == 2) and _router.raw_target(fd) is not None:
            return os.write(fd, b"".join(buffers))
        written: int = plain(fd, buffers)
        return written

    return writev


def install(channel: Channel) -> None:
    """To be called after what else replaces functions of `os`: the barriers are around that too."""
    for name in ("execv", "execve"):
        put_in_place(os, name, _announced(channel))
    for name in (*_STARTS, *_WAITS, "sendfile"):
        put_in_place(os, name, _between_barriers)
    when_imported("_posixsubprocess", _adapt_posixsubprocess)
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(before=_router.expect_foreign_writes)
    put_in_place(os, "write", _like_print)
    put_in_place(os, "writev", _like_write)
