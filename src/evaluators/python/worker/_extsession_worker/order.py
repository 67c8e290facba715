"""The order between what Python writes and what is written past it: by children, by C code, to raw descriptors.

Whatever may write past Python stands between two barriers: what Python wrote before it is shown before it, and what
Python writes after it is shown after it.
"""

from __future__ import annotations

import os
import sys
from os import getpid

from .imports import when_imported
from .pristine import builtins as __builtins__  # noqa: F401
from .streams import router
from .wrapping import put_in_place

_router = router()


def _between_barriers(module: object, name: str) -> None:
    plain = getattr(module, name, None)
    if plain is None:
        return

    def wrapper(*args: object, **kwargs: object) -> object:
        _router.expect_foreign_writes()
        try:
            return plain(*args, **kwargs)
        finally:
            _router.expect_foreign_writes()

    _pass_for(wrapper, plain)
    setattr(module, name, wrapper)


def _adapt_exec(name: str, channel: object) -> None:
    """Announces the other program to the host, which loses the channel and waits for the process's end then."""
    plain = getattr(os, name)
    pid = getpid()

    def wrapper(*args: object, **kwargs: object) -> object:
        _router.expect_foreign_writes()
        if getpid() != pid:  # a forked child, which never speaks to the host
            return plain(*args, **kwargs)
        try:
            channel.send({"t": "exec", "failed": False})  # type: ignore[attr-defined]
            return plain(*args, **kwargs)
        finally:
            channel.send({"t": "exec", "failed": True})  # type: ignore[attr-defined]
            _router.expect_foreign_writes()

    _pass_for(wrapper, plain)
    setattr(os, name, wrapper)


def _adapt_posixsubprocess(module: object) -> None:
    _between_barriers(module, "fork_exec")
    subprocess = sys.modules.get("subprocess")  # a .pth file may have imported it: it holds a reference of its own
    if hasattr(subprocess, "_fork_exec"):
        subprocess._fork_exec = module.fork_exec  # type: ignore[attr-defined, union-attr]


def _adapt_write() -> None:
    """Makes `os.write` to descriptor 1 or 2 a write like any other, unless the person redirected the descriptor."""
    plain = os.write

    def write(fd: int, data: object) -> int:
        command = _router.raw_target(fd) if fd == 1 or fd == 2 else None
        if command is None:
            return plain(fd, data)  # type: ignore[arg-type]
        content = data if type(data) is bytes else memoryview(data).tobytes()  # type: ignore[arg-type]
        command.write(fd - 1, content)
        return len(content)

    _pass_for(write, plain)
    os.write = write  # type: ignore[assignment]


def _like_write(plain: object) -> object:
    """`os.writev`, as `os.write`."""

    def writev(fd: int, buffers: object) -> int:
        if (fd == 1 or fd == 2) and _router.raw_target(fd) is not None:
            return os.write(fd, b"".join(buffers))  # type: ignore[arg-type]
        return plain(fd, buffers)  # type: ignore[operator]

    return writev


def _pass_for(wrapper: object, plain: object) -> None:
    for attribute in ("__name__", "__qualname__", "__doc__", "__module__", "__text_signature__"):
        if hasattr(plain, attribute):
            setattr(wrapper, attribute, getattr(plain, attribute))


def install(channel: object) -> None:
    for name in ("execv", "execve"):
        _adapt_exec(name, channel)
    for name in (
        "system",
        "posix_spawn",
        "posix_spawnp",
        "sendfile",
        "wait",
        "wait3",
        "wait4",
        "waitid",
        "waitpid",
    ):
        _between_barriers(os, name)
    when_imported("_posixsubprocess", _adapt_posixsubprocess)
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(before=_router.expect_foreign_writes)
    _adapt_write()
    put_in_place(os, "writev", _like_write)
