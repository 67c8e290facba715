"""The modules of pydevd, as debugpy contains it. They are in `sys.modules` only while a command is debugged."""

from __future__ import annotations

import os
import sys

from .. import TYPE_CHECKING
from ..imports import standard_library_first
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from .console import answer_always

if TYPE_CHECKING:
    from types import CodeType, ModuleType
    from typing import Any

_PREFIXES = ("debugpy", "pydev", "_pydev")
_VARIABLES = {
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",  # no warning that frozen modules have no breakpoints
    "PYDEVD_USE_FRAME_EVAL": "NO",  # as debugpy sets it
}
_HIDING = ("enumerate", "active_count", "_pickSomeNonDaemonThread")  # functions of `threading` that pydevd rewrites
_loaded: dict[str, ModuleType] = {}
_rewritten: dict[str, CodeType] = {}
_plain: dict[str, CodeType] = {}


def load(folder: str) -> Any:
    """Returns pydevd, which is imported from debugpy in `folder` the first time."""
    with standard_library_first():
        import threading
    for name in _HIDING:
        function: Any = getattr(threading, name, None)
        if function is not None:
            _plain[name] = function.__code__
            function.__code__ = _rewritten.get(name, function.__code__)
    if _loaded:
        sys.modules.update(_loaded)
    else:
        try:
            _import(folder)
        except BaseException:
            unload()
            _loaded.clear()  # what is there is incomplete: the next command begins anew
            _rewritten.clear()
            raise
    return sys.modules["pydevd"]


def _import(folder: str) -> None:
    path, hook = sys.path[:], sys.breakpointhook
    variables = {name: os.environ.get(name) for name in _VARIABLES}
    os.environ.update(_VARIABLES)
    sys.path.insert(0, folder)
    try:
        __import__("debugpy._vendored.force_pydevd")
        answer_always()
        log: Any = sys.modules["_pydev_bundle.pydev_log"]
        log._LoggingGlobals._debug_stream_initialized = True  # with none: else it is the error output of the command
    finally:
        sys.path[:], sys.breakpointhook = path, hook
        for name, value in variables.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def unload() -> None:
    """Removes all traces of the debugger that user code could find."""
    with standard_library_first():
        import threading
    for name, code in _plain.items():
        function: Any = getattr(threading, name)
        _rewritten[name], function.__code__ = function.__code__, code
    _plain.clear()
    for name in [name for name in sys.modules if name.startswith(_PREFIXES)]:
        _loaded[name] = sys.modules.pop(name)
