"""Processes that debugged code starts or forks, if they are to be debugged: each connects to the host on its own."""

from __future__ import annotations

import os
import sys

from .. import TYPE_CHECKING
from ..imports import standard_library_first
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from ..wrapping import put_in_place
from . import child

if TYPE_CHECKING:
    from collections.abc import Callable
    from socket import socket
    from types import ModuleType
    from typing import Any

    from ..wrapping import Function, Wrap

_counted = 0  # of the files in the directory of the host's socket, which it removes


class Children:
    """A section in which they are. In a process that has been forked, `forked` is called first."""

    def __init__(self, address: str, token: str, libraries: str, forked: Callable[[], object]) -> None:
        self._address = address
        self._token = token
        self._libraries = libraries
        self._forked = forked
        self._is_on = False
        self._restore: list[Callable[[], object]] = []

    def begin(self, pydevd: Any) -> None:
        self._monkey: Any = sys.modules["_pydev_bundle.pydev_monkey"]
        child.lead(self._write())
        pydevd.SetupHolder.setup["multiprocess"] = True  # also those of children
        pydevd.PyDB.wait_for_ready_to_run = child.wait
        self._monkey.patch_new_process_functions = lambda: None  # our own do it, and can be taken away
        with standard_library_first():
            import _posixsubprocess
            import subprocess
        self._is_on = True
        for name in ("posix_spawn", "posix_spawnp", "execv", "execve"):
            self._put_in_place(os, name, self._second_changed(name.startswith("exec")))
        self._put_in_place(os, "fork", self._following)
        self._put_in_place(_posixsubprocess, "fork_exec", self._first_changed)
        self._put_in_place(subprocess, "_fork_exec", self._first_changed)

    def end(self) -> None:
        """Whoever keeps one of our functions has the plain one from now on."""
        self._is_on = False
        for restore in self._restore:
            restore()
        self._restore.clear()

    def connect(self) -> socket:
        """The connection of a process that has been forked."""
        return child.connected(self._address, self._token)

    def _write(self) -> str:
        """The file that children run first. Only this user can read it."""
        global _counted
        _counted += 1
        name = "extsession_child_%d_%d_pydevd.py" % (os.getpid(), _counted)  # pydevd knows its own program by that
        path = os.path.join(os.path.dirname(self._address), name)
        with open(child.__file__ or "", encoding="utf-8") as file:
            text = file.read()
        place = (self._address, self._token, self._libraries)
        with open(path, "x", encoding="utf-8") as file:
            file.write(
                '%s\nADDRESS, TOKEN, LIBRARIES = %r\nif __name__ == "__main__":\n    run_program()\n' % (text, place)
            )
        return path

    def _put_in_place(self, owner: ModuleType, name: str, wrap: Wrap) -> None:
        plain = getattr(owner, name, None)
        if plain is not None:
            put_in_place(owner, name, wrap)
            self._restore.append(lambda: setattr(owner, name, plain))

    def _first_changed(self, plain: Function) -> Function:
        def fork_exec(args: Any, *others: Any) -> object:
            return plain(self._monkey.patch_args(args) if self._is_on else args, *others)

        return fork_exec

    def _second_changed(self, replaces: bool) -> Wrap:
        def wrap(plain: Function) -> Function:
            def start(path: Any, args: Any, *others: Any, **options: Any) -> object:
                changed = self._monkey.patch_args(args, is_exec=replaces) if self._is_on else args
                return plain(path, changed, *others, **options)

            return start

        return wrap

    def _following(self, plain: Function) -> Function:
        def fork() -> int:
            is_on = self._is_on
            process: int = plain()
            if process == 0 and is_on:
                self._is_on = True
                self._monkey._on_forked_process()
                self._forked()
            return process

        return fork
