"""What pydevd cannot do: stop at an error that ends the command, and end a stop by an interrupt."""

from __future__ import annotations

import sys

from .. import TYPE_CHECKING
from ..commands.errors import without_ours
from ..imports import standard_library_first
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it

if TYPE_CHECKING:
    from typing import Any


def stop_at_uncaught(debugger: Any, error: BaseException) -> None:
    """Stops where `error` was raised, if the user has chosen so. pydevd would not, since the worker catches it."""
    trace = without_ours(error.__traceback__)
    if debugger.pydb_disposed or trace is None:
        return
    described = (type(error), error, trace)
    if hasattr(debugger, "trigger_exception_handler"):
        debugger.trigger_exception_handler(described)
        return
    with standard_library_first():  # debugpy before 1.8.20
        import threading
    thread = threading.current_thread()
    info = debugger.set_additional_thread_info(thread)
    info.is_tracing += 1
    try:
        debugger.stop_on_unhandled_exception(debugger, thread, info, described)
    finally:
        info.is_tracing -= 1


def interruptible(debugger: Any) -> None:
    """Lets all threads continue when an interrupt is raised where the command has stopped."""
    wait = debugger.do_wait_suspend
    api = sys.modules["_pydevd_bundle.pydevd_api"].PyDevdAPI()

    def do_wait_suspend(*args: Any, **kwargs: Any) -> object:
        try:
            return wait(*args, **kwargs)
        except KeyboardInterrupt:
            api.request_resume_thread("*")
            raise

    debugger.do_wait_suspend = do_wait_suspend
