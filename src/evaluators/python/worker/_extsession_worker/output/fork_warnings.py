"""CPython 3.12 and newer warns of forks in a process with threads, which for user code ours is not.

The warning is ignored for the moment of the fork, by an ordinary filter: libraries read `warnings.filters`. Where user
code has threads, we warn in its place: C names the frame that called it, which is ours.
"""

from __future__ import annotations

import _thread
import os
import sys
from os import getpid

from .. import TYPE_CHECKING, own_threads
from ..imports import standard_library_first, when_imported
from ..own_code import FOLDER
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from ..wrapping import put_in_place
from .streams import router

if TYPE_CHECKING:
    from typing import Any

    from ..wrapping import Function

_router = router()
_TEXT = "This process (pid=%d) is multi-threaded, use of %s() may lead to deadlocks in the child."
_PREEXEC = 21  # where `preexec_fn` stands among the arguments of `fork_exec`


def _has_user_threads() -> bool:
    count = _thread._count()  # pyright: ignore[reportPrivateUsage]  # there is no other way
    return count > len(own_threads.idents) + _router.flood.has_thread


def _quietly(plain: Function, name: str, args: tuple[Any, ...]) -> object:
    with standard_library_first():
        import warnings
    filters: Any = warnings.filters
    entry = ("ignore", _TEXT % (getpid(), name), DeprecationWarning, None, 0)
    filters.insert(0, entry)
    _filters_changed(warnings)
    try:
        return plain(*args)
    finally:
        filters[:] = [one for one in filters if one is not entry]
        _filters_changed(warnings)


def _warn(name: str) -> None:
    """Names the line that has called us, which may have been through others of ours."""
    with standard_library_first():
        import warnings
    level = 2
    frame = sys._getframe(1)  # pyright: ignore[reportPrivateUsage]  # documented all the same
    while frame.f_back is not None and frame.f_code.co_filename.startswith(FOLDER):
        frame, level = frame.f_back, level + 1
    warnings.warn(_TEXT % (getpid(), name), DeprecationWarning, stacklevel=level)


def _filters_changed(warnings: Any) -> None:
    if hasattr(warnings, "_filters_mutated"):
        warnings._filters_mutated()
    else:  # 3.14
        with warnings._lock:
            warnings._filters_mutated_lock_held()


def _wrap_fork(plain: Function) -> Function:
    name = plain.__name__

    def fork(*args: Any) -> object:
        has_threads = _has_user_threads()
        result: Any = _quietly(plain, name, args)
        child = result[0] if name == "forkpty" else result
        if has_threads and child != 0:
            _warn(name)
        return result

    return fork


def _wrap_fork_exec(plain: Function) -> Function:
    def fork_exec(*args: Any) -> object:
        has_code_to_run = len(args) > _PREEXEC and args[_PREEXEC] is not None
        if not has_code_to_run:
            return plain(*args)
        has_threads = _has_user_threads()
        child = _quietly(plain, "fork", args)
        if has_threads:
            _warn("fork")
        return child

    return fork_exec


def _adapt_posixsubprocess(module: Any) -> None:
    put_in_place(module, "fork_exec", _wrap_fork_exec)
    subprocess: Any = sys.modules.get("subprocess")  # a .pth file may have imported it: it holds a reference of its own
    if hasattr(subprocess, "_fork_exec"):
        subprocess._fork_exec = module.fork_exec


def install() -> None:
    if sys.version_info < (3, 12) or os.name == "nt":
        return
    for name in ("fork", "forkpty"):
        put_in_place(os, name, _wrap_fork)
    when_imported("_posixsubprocess", _adapt_posixsubprocess)
