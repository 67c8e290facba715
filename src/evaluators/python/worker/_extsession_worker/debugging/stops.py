"""What pydevd cannot do: stop at an error that ends the command or within a line, pass ours, end at an interrupt."""

from __future__ import annotations

import _thread
import sys

from .. import TYPE_CHECKING
from ..commands.errors import without_ours
from ..commands.event_loop import awaited_in
from ..imports import standard_library_first
from ..own_code import FOLDER, START_FILE
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from .stopped import Stopped, name_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any


_LOOKING = "look_up"  # our functions with this name catch what values raise that are asked for a method
_RUNNING = 1  # pydevd_constants.STATE_RUN
_HANDLED, _UNHANDLED = "HANDLED", "UNHANDLED"  # kinds of exceptions in pydevd_constants
_SUSPEND = 105  # pydevd_comm_constants.CMD_THREAD_SUSPEND: somebody has asked for it


def stop_at_uncaught(debugger: Any, error: BaseException) -> None:
    """Stops where `error` was raised, if the user has chosen so. pydevd would not, since the worker catches it."""
    trace = without_ours(error.__traceback__)
    if debugger.pydb_disposed or trace is None:
        return
    described = (type(error), error, trace)
    if hasattr(debugger, "trigger_exception_handler"):
        debugger.trigger_exception_handler(described)
    else:  # debugpy before 1.8.20
        with _thread_of(debugger) as (thread, info):
            debugger.stop_on_unhandled_exception(debugger, thread, info, described)


def stop_at_error(debugger: Any, error: BaseException) -> None:
    """Stops where `error` was raised, although its command has ended: its frames have kept their variables."""
    trace: Any = without_ours(error.__traceback__)
    if debugger.pydb_disposed or trace is None:
        return
    described = (type(error), error, trace)
    frames = [trace.tb_frame]
    while trace.tb_next is not None:
        trace = trace.tb_next
        frames.append(trace.tb_frame)
    with _thread_of(debugger) as (thread, _info):
        debugger.do_stop_on_unhandled_exception(thread, frames[-1], {id(each): each for each in frames}, described)


def stop_now(debugger: Any, frame: Any) -> None:
    """Stops in `frame`, the innermost one of this thread, also if the line that it is in does not end.

    If no code of the user's is on the way there, it is where the command waits for something awaited.
    """
    if not any(map(debugger.in_project_scope, _up_from(frame))):
        frame = next(filter(debugger.in_project_scope, reversed(awaited_in(frame))), frame)
    with _thread_of(debugger) as (thread, _info):
        debugger.threads_suspended_single_notification.increment_suspend_time()
        debugger.threads_suspended_single_notification.on_pause()
        debugger.set_suspend(thread, _SUSPEND)
        debugger.do_wait_suspend(thread, frame, "line", None)


def end_steps(debugger: Any) -> None:
    """What this thread runs next stops at breakpoints only."""
    with _thread_of(debugger) as (_thread, info):
        info.pydev_step_stop = None
        info.pydev_step_cmd = info.pydev_original_step_cmd = -1
        info.pydev_state = _RUNNING
        info.update_stepping_info()


def _up_from(frame: Any) -> Iterator[Any]:
    while frame is not None:
        if not frame.f_code.co_filename.startswith((FOLDER, START_FILE)):
            yield frame
        frame = frame.f_back


class _thread_of:
    """The current thread as pydevd knows it, whose own code is not traced meanwhile."""

    def __init__(self, debugger: Any) -> None:
        self._debugger = debugger

    def __enter__(self) -> tuple[Any, Any]:
        with standard_library_first():
            import threading
        thread = threading.current_thread()
        self._info = self._debugger.set_additional_thread_info(thread)
        self._info.is_tracing += 1
        monitoring: Any = sys.modules.get("_pydevd_sys_monitoring._pydevd_sys_monitoring")
        suspend = getattr(monitoring, "suspend_current_thread_tracing", None)
        self._resume = monitoring.resume_current_thread_tracing if suspend is not None and suspend() else None
        return thread, self._info

    def __exit__(self, *_error: object) -> None:
        if self._resume is not None:
            self._resume()
        self._info.is_tracing -= 1


def watch_stops(debugger: Any) -> set[int]:
    """Returns the threads that are stopped, by their numbers. An interrupt raised in a stop lets all of them continue.

    Where an error is looked at, the frames are those of the error: none of them is where the code has come to.
    """
    wait = debugger.do_wait_suspend
    api = sys.modules["_pydevd_bundle.pydevd_api"].PyDevdAPI()
    stopped: set[int] = set()

    def do_wait_suspend(
        thread: Any, frame: Any, event: Any, arg: Any, exception_type: object = None, **more: Any
    ) -> object:
        stopped.add(_thread.get_ident())
        try:
            with Stopped(debugger, name_of(thread)):
                kind = _HANDLED if exception_type == _UNHANDLED else exception_type
                return wait(thread, frame, event, arg, kind, **more)
        except KeyboardInterrupt:
            api.request_resume_thread("*")
            raise
        finally:
            stopped.discard(_thread.get_ident())

    debugger.do_wait_suspend = do_wait_suspend
    return stopped


def pass_look_ups(debugger: Any) -> None:
    """Exceptions with which a value says that it has no method to show it are of no interest to anybody."""
    plain = debugger.exclude_exception_by_filter

    def exclude(exception_breakpoint: object, trace: Any) -> object:
        frame = trace.tb_frame
        while frame is not None and not frame.f_code.co_filename.startswith(FOLDER):
            frame = frame.f_back
        return (frame is not None and frame.f_code.co_name == _LOOKING) or plain(exception_breakpoint, trace)

    debugger.exclude_exception_by_filter = exclude
