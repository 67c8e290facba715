"""Threads, executors and forks write to the command that started them.

A thread does not inherit context variables, an executor reuses its threads, and descriptors 1 and 2 are one per
process: each needs a hand. A loop's tasks and callbacks need none, since asyncio carries the context.
"""

from __future__ import annotations

import _operator
import _thread
import os
import sys
from _contextvars import Context, copy_context
from _functools import partial
from os import dup2

from .. import TYPE_CHECKING
from ..imports import when_imported
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from ..wrapping import put_in_place
from . import fork_warnings
from .streams import owner, router

if TYPE_CHECKING:
    from typing import Any

    from ..wrapping import Function
    from .streams import Command

_router = router()
_Method = type(_router.target)
_Namespace: Any = type(sys.implementation)
_OURS: object = _Namespace(run=getattr(_operator, "call", None))  # from Python 3.11 on; adds no frame


def _adopting(function: Function) -> Function:
    """`function`, on behalf of the command that runs now. Adds no frame: debuggers know a thread by its first one."""
    entered = _entered_context(function)
    context = copy_context() if entered is _OURS and getattr(sys.flags, "thread_inherit_context", 0) else Context()
    command = _router.target()
    context.run(owner.set, command)
    if type(entered) is Context and entered.get(owner) is None:
        _set_in(entered, command)
    return partial(context.run, function)


def _set_in(context: Context, command: Command | None) -> None:
    try:
        context.run(owner.set, command)
    except RuntimeError:
        return  # another thread has entered it, as this one will find out


def _entered_context(function: Function) -> object:
    """What a `Thread` enters besides, from Python 3.14 on; None before, and for functions that are no such thread's."""
    is_thread = type(function) is _Method and function.__name__ == "_bootstrap"
    return getattr(getattr(function, "__self__", None), "_context", None) if is_thread else None


def _starting_in_ours(plain: Function) -> Function:
    """A `Thread` whose creator chose no context enters none besides the one of `_adopting`, which is as good."""

    def start(self: Any) -> object:
        if getattr(self, "_context", self) is None:
            self._context = _OURS
        return plain(self)

    return start


def _starting(plain: Function) -> Function:
    def start_thread(function: Function, *args: Any, **kwargs: Any) -> object:
        return plain(_adopting(function), *args, **kwargs)

    return start_thread


def _wrap_thread_starts() -> None:
    threading: Any = sys.modules.get("threading")  # a .pth file may have imported it: it holds references of its own
    for name in ("start_new_thread", "start_joinable_thread"):
        put_in_place(_thread, name, _starting)
        if hasattr(threading, "_" + name):
            setattr(threading, "_" + name, getattr(_thread, name))
    setattr(_thread, "start_new", _thread.start_new_thread)  # noqa: B010 - its types do not have it


def _on_behalf(function: Function) -> Function:
    """`function`, which is called once, by a thread that goes on to other things, for the command that runs now."""
    command = [_router.target()]

    def run(*args: Any, **kwargs: Any) -> object:
        token = owner.set(command.pop() if command else None)
        try:
            return function(*args, **kwargs)
        finally:
            owner.reset(token)

    return run


def _submitting(plain: Function) -> Function:
    def submit(*args: Any, **kwargs: Any) -> object:
        self, function, *rest = args
        return plain(self, _on_behalf(function), *rest, **kwargs)

    return submit


def _calling_back(plain: Function) -> Function:
    def add_done_callback(self: object, fn: Function) -> object:
        return plain(self, _on_behalf(fn))

    return add_done_callback


def _adapt_executor(module: Any) -> None:
    """A job belongs to the command that submitted it, not to the one that started the executor's thread."""
    put_in_place(module.ThreadPoolExecutor, "submit", _submitting)


def _adapt_future(module: Any) -> None:
    put_in_place(module.Future, "add_done_callback", _calling_back)


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


def install() -> None:
    fork_warnings.install()
    _wrap_thread_starts()
    if sys.version_info >= (3, 14):
        when_imported("threading", lambda module: put_in_place(module.Thread, "start", _starting_in_ours))
    when_imported("concurrent.futures.thread", _adapt_executor)
    when_imported("concurrent.futures._base", _adapt_future)
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=_after_fork_in_child)
