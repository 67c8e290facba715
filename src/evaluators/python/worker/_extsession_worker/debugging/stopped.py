"""Work that a thread does while pydevd keeps it where its code has stopped."""

from __future__ import annotations

import _thread
import sys

from .. import TYPE_CHECKING
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

_SECONDS = 0.05  # after which it is asked again whether the thread is still there
_stops: dict[int, list[Stopped]] = {}  # by thread, the innermost stop last


class Stopped:
    """A section in which the current thread is stopped. `name` is what pydevd calls it."""

    def __init__(self, debugger: Any, name: str) -> None:
        self._debugger = debugger
        self._name = name
        self._thread = _thread.get_ident()

    def __enter__(self) -> None:
        _stops.setdefault(self._thread, []).append(self)

    def __exit__(self, *_error: object) -> None:
        _stops[self._thread].remove(self)

    def has_left(self) -> bool:
        return self not in _stops[self._thread]

    def post(self, work: _Work) -> None:
        self._debugger.post_internal_command(work, self._name)


class _Work:
    """In the form of pydevd's own commands to a thread."""

    def __init__(self, act: Callable[[], object]) -> None:
        self._act = act
        self._claim = _thread.allocate_lock()
        self.done = _thread.allocate_lock()
        self.done.acquire()
        self.value: object = None
        self.error: Exception | None = None

    def take(self) -> bool:
        """Whether it is the caller's to do, or to leave undone; true once."""
        return self._claim.acquire(False)

    def can_be_executed_by(self, _name: str) -> bool:
        return True

    def do_it(self, _debugger: object) -> None:
        if not self.take():
            return
        try:
            self.value = self._act()
        except BaseException as error:  # pydevd would write it to the command's output
            self.error = error if isinstance(error, Exception) else RuntimeError(type(error).__name__)
        finally:
            self.done.release()


def call(thread: int, act: Callable[[], object]) -> list[Any]:
    """The value of `act`, called in a thread that has stopped; nothing if it has not. To be asked by another thread.

    Raises what `act` raises.
    """
    stop = (_stops.get(thread) or [None])[-1]
    if stop is None:
        return []
    work = _Work(act)
    stop.post(work)
    while not work.done.acquire(True, _SECONDS):
        if stop.has_left() and work.take():
            return []
    if work.error is not None:
        raise work.error
    return [work.value]


def name_of(thread: Any) -> str:
    """What pydevd calls a thread."""
    return sys.modules["_pydevd_bundle.pydevd_constants"].get_current_thread_id(thread)
