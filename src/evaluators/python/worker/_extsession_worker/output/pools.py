"""Jobs of process pools write to the command that submitted them, although the processes of a pool live on."""

from __future__ import annotations

import os

from .. import TYPE_CHECKING
from ..imports import when_imported
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from ..wrapping import put_in_place
from .streams import Command, owner, router

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from ..wrapping import Function

_router = router()
_CAN_LEAD = os.path.isdir("/proc/self/fd")  # Linux: where a descriptor can be opened again by its number
_EXECUTORS = ("concurrent.futures.process", "joblib.externals.loky.process_executor", "loky.process_executor")

# Runs in the process of the pool. What its job before has written there belongs to that one's command; what a user has
# led elsewhere, which is no FIFO of the session, stays there.
_SOURCE = """
import os, stat, sys
def take(stream, path, inode, device):
    now = os.fstat(stream + 1)
    if now.st_ino == inode or now.st_dev != device or not stat.S_ISFIFO(now.st_mode): return
    end = os.open(path, os.O_WRONLY | os.O_NONBLOCK)
    if os.fstat(end).st_ino == inode:
        own = (sys.stdout, sys.stderr)[stream]
        if own is not None: own.flush()
        os.set_blocking(end, True)
        os.dup2(end, stream + 1)
    os.close(end)
for stream, place in enumerate(ends):
    try: take(stream, *place)
    except (OSError, ValueError): pass
"""

# The usual case is that the process writes there already. `exists` is about descriptor 1, which may have been closed.
_TAKEN = (
    "(__import__('os').path.exists(1) and __import__('os').stat(1).st_ino == inode"
    " or exec(source, {'ends': ends}), job)[1]"
)


class _Led:
    """The function of a job. Where it is unpickled, the streams of its command become those of the process.

    While the job is under way, this holds the command, so that its pair serves no other one.
    """

    def __init__(self, function: Function, command: Command) -> None:
        self._function = function
        self._command = command

    def __reduce__(self) -> tuple[object, ...]:
        ends = [_place(end) for end in self._command.pair.write_ends]
        return eval, (_TAKEN, {"job": self._function, "inode": ends[0][1], "source": _SOURCE, "ends": ends})


def _place(descriptor: int) -> tuple[str, int, int]:
    found = os.fstat(descriptor)
    return "/proc/%d/fd/%d" % (os.getpid(), descriptor), found.st_ino, found.st_dev


def _led(function: Any) -> Any:
    command = _router.target()
    if command is None or _router.forked or not _CAN_LEAD:
        return function
    _router.expect_raw_writes()
    return _Led(function, command)


def _with(change: Callable[[Any], Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Any, ...]:
    """The arguments after `change` of the function of a job, the first one after `self`; those of a wrong call stay."""
    if len(args) > 1:
        return (args[0], change(args[1]), *args[2:])
    for name in ("func", "fn"):
        if name in kwargs:
            kwargs[name] = change(kwargs[name])
    return args


def _leading(plain: Function) -> Function:
    def submit(*args: Any, **kwargs: Any) -> object:
        return plain(*_with(_led, args, kwargs), **kwargs)

    return submit


def _on_behalf(function: Function, commands: list[Command | None]) -> Function:
    """`function`, which threads of a pool call for the command in the list, as long as that is there."""

    def run(*args: Any, **kwargs: Any) -> object:
        token = owner.set(commands[0] if commands else None)
        try:
            return function(*args, **kwargs)
        finally:
            owner.reset(token)

    return run


def _adapt_executor(module: Any) -> None:
    put_in_place(module.ProcessPoolExecutor, "submit", _leading)


def _adapt_pool(module: Any) -> None:
    from weakref import WeakKeyDictionary

    # By result, until the job is done: what holds its command.
    held: WeakKeyDictionary[object, tuple[list[object], list[Command | None]]] = WeakKeyDictionary()

    def leading(plain: Function) -> Function:
        def start(*args: Any, **kwargs: Any) -> object:
            pool = args[0] if args else None
            commands = [_router.target()]
            for name in ("callback", "error_callback"):
                if kwargs.get(name) is not None:
                    kwargs[name] = _on_behalf(kwargs[name], commands)
            jobs: list[object] = []

            def lead(function: Any) -> object:
                is_in_thread = isinstance(pool, module.ThreadPool)
                jobs.append(_on_behalf(function, commands) if is_in_thread else _led(function))
                return jobs[0]

            result = plain(*_with(lead, args, kwargs), **kwargs)
            held[result] = jobs, commands
            release(result, pool)
            return result

        return start

    def release(result: Any, pool: Any) -> None:
        if hasattr(result, "_job") and result._job not in pool._cache:  # otherwise it is a generator of several results
            jobs, commands = held.pop(result, ([], []))
            jobs.clear()
            commands.clear()

    def releasing(plain: Function) -> Function:
        def set_part(self: Any, *args: Any) -> None:
            plain(self, *args)
            release(self, self)

        return set_part

    for name in ("apply_async", "_map_async", "imap", "imap_unordered"):
        put_in_place(module.Pool, name, leading)
    for kind in (module.ApplyResult, module.MapResult, module.IMapIterator, module.IMapUnorderedIterator):
        for name in {"_set", "_set_length"}.intersection(kind.__dict__):
            put_in_place(kind, name, releasing)


def install() -> None:
    when_imported("multiprocessing.pool", _adapt_pool)
    for name in _EXECUTORS:
        when_imported(name, _adapt_executor)
