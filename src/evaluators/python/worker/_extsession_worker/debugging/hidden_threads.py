"""Keeps the debugger from stopping the worker's own threads, which answer questions meanwhile."""

from __future__ import annotations

from .. import TYPE_CHECKING, own_threads
from ..imports import standard_library_first
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it

if TYPE_CHECKING:
    from typing import Any


class HiddenThreads:
    """pydevd finds threads in `threading`. It neither stops nor lists those with its two attributes."""

    def __init__(self) -> None:
        self._hidden: dict[int, Any] = {}

    def hide(self) -> None:
        with standard_library_first():
            import threading
        for start in own_threads.starters:
            start()
        active: dict[int, Any] = getattr(threading, "_active")  # noqa: B009 - pydevd reads it, too
        for ident in own_threads.idents:
            if ident not in active:
                thread: Any = threading.Thread(daemon=True)
                thread._ident = ident
                thread._started.set()
                thread.pydev_do_not_trace = thread.is_pydev_daemon_thread = True
                active[ident] = self._hidden[ident] = thread

    def show(self) -> None:
        with standard_library_first():
            import threading
        active: dict[int, Any] = getattr(threading, "_active")  # noqa: B009 - as above
        for ident, thread in self._hidden.items():
            if active.get(ident) is thread:
                del active[ident]
        self._hidden.clear()
