"""Ends pydevd in this process."""

from __future__ import annotations

import sys
from time import monotonic

from .. import TYPE_CHECKING
from ..imports import standard_library_first
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it

if TYPE_CHECKING:
    from socket import socket
    from typing import Any

_RETURNED = "__pydevd_ret_val_dict"  # pydevd_constants.RETURN_VALUES_DICT
_PATIENCE = 1  # in seconds, for all threads to end


def end(pydevd: Any, debugger: Any) -> None:
    """Tells the host, which closes the connection, and ends tracing in all threads."""
    with standard_library_first():
        import atexit
    if debugger is not None:
        _end_threads(debugger)
    pydevd.stoptrace()
    atexit.unregister(pydevd.stoptrace)
    if hasattr(sys, "monitoring"):
        sys.modules["_pydevd_sys_monitoring._pydevd_sys_monitoring"].reset_thread_local_info()
    _forget_threads()
    _forget_frames()
    _forget_returned_values()


def end_in_forked(debugger: Any, connection: socket | None) -> None:
    """Ends pydevd in a process that has been forked. The connection goes on in the other one."""
    if connection is not None:
        connection.close()
    debugger.disable_tracing()
    debugger.pydb_disposed = True
    tracing: Any = sys.modules["pydevd_tracing"]
    tracing.restore_sys_set_trace_func()
    constants: Any = sys.modules["_pydevd_bundle.pydevd_constants"]
    constants.GlobalDebuggerHolder.global_dbg = None
    _forget_frames()


def _forget_frames() -> None:
    frame: Any = sys._getframe()  # pyright: ignore[reportPrivateUsage]  # documented all the same
    while frame is not None:
        if frame.f_trace is not None:
            frame.f_trace = None
        frame = frame.f_back


def _forget_returned_values() -> None:
    """Removes what pydevd keeps of them in the names of modules whose code was debugged."""
    for module in list(sys.modules.values()):
        if issubclass(type(module), type(sys)):  # not isinstance, nor a plain look-up: these can run code
            object.__getattribute__(module, "__dict__").pop(_RETURNED, None)


def _end_threads(debugger: Any) -> None:
    threads = list(debugger.created_pydb_daemon_threads)
    debugger.writer.do_kill_pydev_thread()  # sends what is left, and the end
    until = monotonic() + _PATIENCE
    debugger.writer.join(_PATIENCE)
    for thread in threads:
        thread.do_kill_pydev_thread()
    for thread in threads:
        thread.join(max(0, until - monotonic()))


def _forget_threads() -> None:
    """Removes what pydevd keeps in thread objects, and those that it has made for threads that have ended."""
    with standard_library_first():
        import threading
    active: dict[int, threading.Thread] = getattr(threading, "_active")  # noqa: B009 - there is no other way
    dummy: Any = getattr(threading, "_DummyThread")  # noqa: B009 - as above
    running = sys._current_frames()  # pyright: ignore[reportPrivateUsage]  # documented all the same
    for ident, thread in list(active.items()):
        thread.__dict__.pop("additional_info", None)
        if ident not in running and isinstance(thread, dummy):
            active.pop(ident, None)
