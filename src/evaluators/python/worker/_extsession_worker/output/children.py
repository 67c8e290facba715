"""A child that an older command's thread or task starts writes to that command, not to the running one."""

from __future__ import annotations

import os
import sys

from .. import TYPE_CHECKING
from ..commands import interrupts
from ..imports import standard_library_first, when_imported
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from ..wrapping import put_in_place
from .streams import Command, owner, router

if TYPE_CHECKING:
    from typing import Any

    from ..wrapping import Function

_router = router()
_FORK_EXEC_STREAMS = ((0, 9), (1, 11))  # where the descriptors of a stream stand among the arguments of `fork_exec`


def _older_command() -> Command | None:
    """The command on whose behalf this thread or task runs, when that is not the one that runs now."""
    command = owner.get()
    return None if command is _router.running or _router.forked else command


def _map_fork_exec(plain: Function) -> Function:
    """What all of `subprocess` and `multiprocessing` comes down to, whatever was given as a stream."""

    def fork_exec(*args: Any) -> object:
        command = _older_command()
        if command is None:
            return plain(*args)
        given = list(args)
        for stream, at in _FORK_EXEC_STREAMS:
            descriptor = stream + 1 if given[at] == -1 else given[at]
            if descriptor == 1 or descriptor == 2:
                given[at] = command.pair.write_ends[descriptor - 1]
        return plain(*given)

    return fork_exec


def _map_posix_spawn(plain: Function) -> Function:
    def posix_spawn(*args: Any, file_actions: tuple[object, ...] = (), **options: Any) -> object:
        command = _older_command()
        if command is not None:
            out, err = command.pair.write_ends
            ours = ((os.POSIX_SPAWN_DUP2, out, 1), (os.POSIX_SPAWN_DUP2, err, 2))
            file_actions = (*ours, *file_actions)
        return plain(*args, file_actions=file_actions, **options)

    return posix_spawn


def _map_system(plain: Function) -> Function:
    def system(command: Any) -> int:
        if _older_command() is None:
            since = interrupts.asked()
            status: int = plain(command)
            interrupts.raise_unheard(since)  # C's `system` leaves it to the child: a loop over it would never end
            return status
        with standard_library_first():
            from subprocess import call
        code = call(command, shell=True, close_fds=False)
        return code if os.name == "nt" else code << 8 if code >= 0 else -code

    return system


def _adapt_popen(module: Any) -> None:
    """On Windows there is no `fork_exec`."""
    popen = module.Popen
    init_plain = popen.__init__

    def __init__(self: object, *args: Any, **kwargs: Any) -> None:
        command = _older_command()
        if command is not None and len(args) < 5:
            for stream, name in enumerate(("stdout", "stderr")):
                given = kwargs.get(name)
                if given is None or given is (sys.stdout, sys.stderr)[stream] or given == stream + 1:
                    kwargs[name] = command.pair.write_ends[stream]
        init_plain(self, *args, **kwargs)

    popen.__init__ = __init__


def install() -> None:
    for name in ("posix_spawn", "posix_spawnp"):
        put_in_place(os, name, _map_posix_spawn)
    put_in_place(os, "system", _map_system)
    if os.name == "nt":
        when_imported("subprocess", _adapt_popen)
    else:
        when_imported("_posixsubprocess", lambda module: put_in_place(module, "fork_exec", _map_fork_exec))
