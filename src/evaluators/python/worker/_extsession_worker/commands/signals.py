"""Signal handlers of user code: what one raises reaches the command that runs, and never ends the worker."""

from __future__ import annotations

import _signal
import _thread

from .. import TYPE_CHECKING
from ..output.streams import router
from ..own_code import RUNS_COMMANDS
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from ..wrapping import put_in_place
from . import errors, interrupts
from .interrupts import deliver, on_interrupt, takes_handlers

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType
    from typing import Any, Optional

    from ..wrapping import Function

    Handler = Callable[[int, Optional[FrameType]], object]

_router = router()
_state = interrupts.state()
_SIGINT = _signal.SIGINT
_main_thread = _thread.get_ident()
_MACHINERY = (*RUNS_COMMANDS, interrupts.__file__, __file__)  # which runs commands, and is none


class _Guard:
    """A handler that raises only where a command can take it; its traceback is shown otherwise."""

    __slots__ = ("handler",)

    def __init__(self, handler: Handler) -> None:
        self.handler = handler

    def __call__(self, number: int, frame: FrameType | None) -> None:
        if number == _SIGINT and _state.listening:
            _state.heard += 1
        is_for_command = _state.listening and takes_handlers()
        if is_for_command and (frame is None or frame.f_code.co_filename not in _MACHINERY):
            self.handler(number, frame)
        else:
            call = self._call_and_report if is_for_command else self._call
            _state.deferred[number] = lambda: call(number, frame)
            deliver()

    def _call(self, number: int, frame: FrameType | None) -> None:
        if _state.listening:
            self.handler(number, frame)
        else:
            self._call_and_report(number, frame)

    def _call_and_report(self, number: int, frame: FrameType | None) -> None:
        try:
            self.handler(number, frame)
        except KeyboardInterrupt:
            _state.early = True  # perhaps it is for the command that is about to begin
        except BaseException as error:
            report(error)


def report(error: BaseException) -> None:
    """Shows the traceback of what was raised between commands, below the last one."""
    try:
        text = errors.describe(error)["traceback"]
        _router.write(1, text.encode("utf-8", "backslashreplace"))
    except OSError:
        pass  # descriptor 2 was closed


def _as_set(handler: object) -> object:
    """What user code sees: its own handler, or Python's for SIGINT, which libraries such as trio look for."""
    if handler is on_interrupt:
        return _signal.default_int_handler
    return handler.handler if type(handler) is _Guard else handler


def _setting(plain: Function) -> Function:
    def signal(signalnum: int, handler: Any) -> object:
        if handler is _signal.default_int_handler:
            handler = on_interrupt  # the same, but that it has no effect between commands
        guarded = _Guard(handler) if callable(handler) and handler is not on_interrupt else handler
        return _as_set(plain(signalnum, guarded))

    return signal


def _getting(plain: Function) -> Function:
    def getsignal(signalnum: int) -> object:
        return _as_set(plain(signalnum))

    return getsignal


def _masking(plain: Function) -> Function:
    def pthread_sigmask(how: int, mask: object) -> object:
        if _thread.get_ident() == _main_thread:
            _state.blocked = True
        return plain(how, mask)

    return pthread_sigmask


def install() -> None:
    """Replaces functions of `_signal`, which the `signal` module calls."""
    put_in_place(_signal, "signal", _setting)
    put_in_place(_signal, "getsignal", _getting)
    put_in_place(_signal, "pthread_sigmask", _masking)
