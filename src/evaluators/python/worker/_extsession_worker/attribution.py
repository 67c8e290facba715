"""Threads, executors, children and forks write to the command that started them.

A thread does not inherit context variables, an executor reuses its threads, and descriptors 1 and 2 are one per
process: each needs a hand. A loop's tasks and callbacks need none, since asyncio carries the context.
"""

from __future__ import annotations

import _thread
import _warnings
import os
import sys
from os import dup2

from .imports import when_imported
from .pristine import builtins as __builtins__  # noqa: F401
from .streams import owner, router

_router = router()


def _adopting(function: object) -> object:
    """`function`, run on behalf of the command that runs now."""
    command = [_router.target()]

    def run(*args: object, **kwargs: object) -> object:
        owner.set(command.pop())  # and nothing else holds it, so that a thread can let go of it
        return function(*args, **kwargs)  # type: ignore[operator]

    return run


def _wrap_thread_starts() -> None:
    plain = {}

    def wrap(name: str) -> None:
        start = plain[name] = getattr(_thread, name)

        def start_thread(function: object, *args: object, **kwargs: object) -> object:
            return start(_adopting(function), *args, **kwargs)

        start_thread.__name__ = start_thread.__qualname__ = name
        start_thread.__doc__ = start.__doc__
        setattr(_thread, name, start_thread)

    for name in ("start_new_thread", "start_joinable_thread"):
        if hasattr(_thread, name):
            wrap(name)
    _thread.start_new = _thread.start_new_thread  # type: ignore[attr-defined]
    threading = sys.modules.get("threading")  # a .pth file may have imported it: it holds references of its own
    for name in plain:
        if hasattr(threading, "_" + name):
            setattr(threading, "_" + name, getattr(_thread, name))


def _adapt_executor(module: object) -> None:
    """A job belongs to the command that submitted it, not to the one that started the executor's thread."""
    executor = module.ThreadPoolExecutor  # type: ignore[attr-defined]
    submit_plain = executor.submit

    def submit(*args: object, **kwargs: object) -> object:
        self, function, *rest = args
        command = _router.target()

        def run(*job_args: object, **job_kwargs: object) -> object:
            token = owner.set(command)
            try:
                return function(*job_args, **job_kwargs)  # type: ignore[operator]
            finally:
                owner.reset(token)

        return submit_plain(self, run, *rest, **kwargs)

    submit.__name__, submit.__qualname__, submit.__doc__ = (
        submit_plain.__name__,
        submit_plain.__qualname__,
        submit_plain.__doc__,
    )
    executor.submit = submit


def _adapt_subprocess(module: object) -> None:
    """A thread of an older command starts a child: it gets that command's streams, not those of descriptors 1 and 2."""
    popen = module.Popen  # type: ignore[attr-defined]
    init_plain = popen.__init__

    def __init__(self: object, *args: object, **kwargs: object) -> None:
        command = owner.get()
        if command is not None and command is not _router.running and len(args) < 5:
            for stream, name in enumerate(("stdout", "stderr")):
                given = kwargs.get(name)
                if given is None or given is (sys.stdout, sys.stderr)[stream] or given == stream + 1:
                    kwargs[name] = command.pair.write_ends[stream]
        init_plain(self, *args, **kwargs)

    popen.__init__ = __init__


def _after_fork_in_child() -> None:
    command = owner.get()
    if command is not None and command is not _router.running:
        for stream in (0, 1):
            dup2(command.pair.write_ends[stream], stream + 1)
    _router.after_fork_in_child()


def detach() -> None:
    """From now on what this thread or task writes goes to the command that runs at that moment.

    For workers that live longer than the command that started them. What they start is part of the command that runs
    then.
    """
    owner.set(None)


def command_id() -> int | None:
    """The number of the command that this thread's or task's output goes to, counting from 1; None when none runs."""
    command = _router.target()
    return None if command is None else command.id


class _OnlyOurThreads:
    """Matches the text of a warning when the worker's own threads are the only ones beside the main one."""

    def match(self, text: str) -> bool:
        return "is multi-threaded, use of fork" in text and _thread._count() <= 1 + _router.flood.has_thread


def _allow_forks() -> None:
    """CPython 3.12 and newer warns of forks in a process with threads, which for the person's code ours is not."""
    _warnings.filters.insert(0, ("ignore", _OnlyOurThreads(), DeprecationWarning, None, 0))


def install() -> None:
    _allow_forks()
    _wrap_thread_starts()
    when_imported("concurrent.futures.thread", _adapt_executor)
    when_imported("subprocess", _adapt_subprocess)
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=_after_fork_in_child)
