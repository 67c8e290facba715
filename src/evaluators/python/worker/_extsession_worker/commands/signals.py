"""Signal handlers of the person's code: what one raises reaches the command that runs, and never ends the worker."""

from __future__ import annotations

import _signal
import _thread

from ..output.streams import router
from ..own_code import MAIN_FILE
from ..pristine import builtins as __builtins__  # noqa: F401
from ..wrapping import put_in_place
from . import errors, interrupts
from .interrupts import on_interrupt

_router = router()
_state = interrupts.state()
_main_thread = _thread.get_ident()
_MACHINERY = (MAIN_FILE, interrupts.__file__)  # which runs commands, and is none


class _Guard:
    """A handler that raises only where a command can take it; its traceback is shown otherwise."""

    __slots__ = ("handler",)

    def __init__(self, handler: object) -> None:
        self.handler = handler

    def __call__(self, number: int, frame: object) -> None:
        if _state.shields:
            _state.deferred.append(lambda: self(number, frame))
        elif _state.listening and (frame is None or frame.f_code.co_filename not in _MACHINERY):  # type: ignore[attr-defined]
            self.handler(number, frame)  # type: ignore[operator]
        else:
            try:
                self.handler(number, frame)  # type: ignore[operator]
            except KeyboardInterrupt:
                _state.early = True  # perhaps it is for the command that is about to begin
            except BaseException as error:
                report(error)


def report(error: BaseException) -> None:
    """Shows the traceback of what was raised between commands, below the last one."""
    try:
        text: str = errors.describe(error)["traceback"]  # type: ignore[assignment]
        _router.write(1, text.encode("utf-8", "backslashreplace"))
    except OSError:
        pass  # descriptor 2 was closed


def _without_guard(handler: object) -> object:
    return handler.handler if type(handler) is _Guard else handler


def _setting(plain: object) -> object:
    def signal(signalnum: int, handler: object) -> object:
        if handler is _signal.default_int_handler:
            handler = on_interrupt  # the same, but that it has no effect between commands
        guarded = _Guard(handler) if callable(handler) and handler is not on_interrupt else handler
        return _without_guard(plain(signalnum, guarded))  # type: ignore[operator]

    return signal


def _getting(plain: object) -> object:
    return lambda signalnum: _without_guard(plain(signalnum))  # type: ignore[operator]


def _masking(plain: object) -> object:
    def pthread_sigmask(how: int, mask: object) -> object:
        if _thread.get_ident() == _main_thread:
            _state.blocked = True
        return plain(how, mask)  # type: ignore[operator]

    return pthread_sigmask


def install() -> None:
    """Replaces functions of `_signal`, which the `signal` module calls."""
    put_in_place(_signal, "signal", _setting)
    put_in_place(_signal, "getsignal", _getting)
    put_in_place(_signal, "pthread_sigmask", _masking)
