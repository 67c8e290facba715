"""Connects a running command to the host's debugger: when it calls `breakpoint()`, or when the host asks for it."""

from __future__ import annotations

import _thread
import os
import sys

from .. import TYPE_CHECKING
from ..commands.act_in_command import act_in_command
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType
    from typing import Any

    from ..commands.session import Session
    from ..link.messages import Debugger
    from ..link.question_messages import Pause
    from .attached import Attached
    from .command_lines import CommandLines


class _State:
    section: OnBreakpoint | None = None  # what runs is in


_state = _State()


def pause() -> Pause:
    """Stops the command that runs where it is, in the debugger; from another thread."""
    from .attached import Attached

    attached = Attached.current
    if attached is not None and attached.is_connected:
        # A stop within a stop would never end.
        return "paused" if attached.is_stopped or act_in_command(attached.stop_in) else "impossible"
    section = _state.section
    if section is None or not section.has_host:
        return "impossible"
    if not section.has_debugger:
        return "noDebugger"
    return "paused" if act_in_command(section.pause) else "impossible"


class OnBreakpoint:
    """A section in which `breakpoint()` leads to the debugger; to the prompt, if there is none or none is wanted."""

    def __init__(self, debugger: Debugger, session: Session, lines: Callable[[], CommandLines]) -> None:
        self._debugger = debugger
        self._session = session
        self._lines = lines
        self._thread = _thread.get_ident()
        self._attached: Attached | None = None

    def __enter__(self) -> None:
        self._plain = sys.breakpointhook
        _state.section = self
        if (
            self._debugger.get("onBreakpoint") and self._plain is sys.__breakpointhook__
        ):  # else the user has another debugger
            sys.breakpointhook = self._break

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        _state.section = None
        try:
            if self._attached is not None:
                self._attached.__exit__(kind, error, trace)
        finally:
            if sys.breakpointhook == self._break:
                sys.breakpointhook = self._plain

    def has_run(self) -> None:
        """The code has come to its end."""
        if self._attached is not None:
            self._attached.has_run()

    @property
    def has_host(self) -> bool:
        """Whether the window still waits that has started the command."""
        address = self._debugger["address"]
        return self._attached is not None or ":" in address or os.path.exists(address)

    @property
    def has_debugger(self) -> bool:
        from .find import find

        return self._attached is not None or find(self._debugger["folders"]) is not None

    def pause(self, frame: FrameType) -> None:
        """Stops in the innermost frame of the main thread, in which this is called."""
        if self._attached is not None:  # its debugger has disconnected
            attached, self._attached = self._attached, None
            attached.__exit__(None, None, None)
        if self._attach() and self._attached is not None:
            self._attached.stop_in(frame)

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
