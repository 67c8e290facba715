"""Connects a command to the host's debugger when it calls `breakpoint()`. Until then it runs without one."""

from __future__ import annotations

import _thread
import os
import sys

from .. import TYPE_CHECKING
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from ..commands.session import Session
    from ..link.messages import Debugger
    from .attached import Attached
    from .command_lines import CommandLines


class OnBreakpoint:
    """A section in which `breakpoint()` leads to the debugger; to the prompt, if there is none."""

    def __init__(self, debugger: Debugger, session: Session, lines: Callable[[], CommandLines]) -> None:
        self._debugger = debugger
        self._session = session
        self._lines = lines
        self._thread = _thread.get_ident()
        self._attached: Attached | None = None

    def __enter__(self) -> None:
        self._plain = sys.breakpointhook
        if self._plain is sys.__breakpointhook__:  # else the user has another debugger
            sys.breakpointhook = self._break

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        try:
            if self._attached is not None:
                self._attached.__exit__(kind, error, trace)
        finally:
            if sys.breakpointhook == self._break:
                sys.breakpointhook = self._plain

    def _break(self, *args: Any, **kwargs: Any) -> object:
        caller: Any = sys._getframe().f_back  # pyright: ignore[reportPrivateUsage]  # documented all the same
        if os.environ.get("PYTHONBREAKPOINT") or not self._attach():
            return self._plain(*args, **kwargs)
        if self._attached is not None:
            self._attached.stop_at(caller)
        return None

    def _attach(self) -> bool:
        from .attached import Attached, DebuggerError

        if _thread.get_ident() != self._thread:
            return False
        attached = Attached(self._debugger, self._session, self._lines())
        try:
            attached.__enter__()
        except DebuggerError:
            return False
        self._attached = attached
        return True
