"""Connects the running command to the host's debugger, and leaves nothing of it behind."""

from __future__ import annotations

import os
import sys

from .. import TYPE_CHECKING
from ..commands.errors import without_ours
from ..commands.interrupts import shield
from ..imports import standard_library_first
from ..own_code import FOLDER, START_FILE
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from . import modules
from .children import Children
from .command_lines import CommandLines
from .conditions import find_exception_classes, tell_failures
from .connection import connect
from .end import end, end_in_forked
from .files_here import tell_files_here
from .find import find
from .forks import call_in_forked
from .hidden_threads import HiddenThreads
from .stops import end_steps, pass_look_ups, stop_at_error, stop_at_uncaught, stop_now, watch_stops

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from ..commands.session import Session
    from ..link.messages import Debugger


class DebuggerError(Exception):
    """The command has not run: the debugger could not be loaded or connected, or has disconnected."""


class DebuggerNotFoundError(DebuggerError):
    """debugpy is neither in `sys.path` nor in the folders that the host names."""


class Attached:
    """A section in which the code of a session is debugged. It begins when the host has set its breakpoints."""

    current: Attached | None = None
    _changes = 0  # of breakpoints, in this process

    def __init__(self, debugger: Debugger, session: Session, lines: CommandLines) -> None:
        self._debugger = debugger
        self._lines = lines
        self._session = session
        self._threads = HiddenThreads()
        self._pydevd: Any = None
        self._pydb: Any = None
        self._connection: Any = None
        self._children: Children | None = None
        self._restore: Callable[[], object] = lambda: None
        self._restore_files: Callable[[], object] = lambda: None
        self._restore_classes: Callable[[], object] = lambda: None
        self._stopped: set[int] = set()

    def __enter__(self) -> None:
        self._hook = sys.breakpointhook
        try:
            self._attach()
        except BaseException as error:
            self._detach()
            if isinstance(error, Exception) and not isinstance(error, DebuggerError):
                raise DebuggerError("The command could not be debugged: %s" % error) from None
            raise
        self._session.is_debugged = True
        Attached.current = self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        try:
            if self._pydb is not None and error is not None and not isinstance(error, KeyboardInterrupt):
                stop_at_uncaught(self._pydb, error)
        finally:
            self._session.is_debugged = False
            Attached.current = None
            with shield:
                self._detach()

    @property
    def is_connected(self) -> bool:
        """Whether the debugger is still there."""
        return self._pydevd is not None and self._pydevd._is_attached() and not self._pydb.pydb_disposed

    @property
    def is_stopped(self) -> bool:
        """Whether a thread is stopped."""
        return bool(self._stopped)

    def has_run(self) -> None:
        """The code has come to its end. Steps end with it, and do not lead on to what shows its value."""
        if self._pydb is not None:
            end_steps(self._pydb)

    def _attach(self) -> None:
        folder = find(self._debugger["folders"])
        if folder is None:
            raise DebuggerNotFoundError("debugpy is not installed for this interpreter.")
        self._connection = connect(self._debugger["address"], self._debugger["token"])
        with standard_library_first():
            pydevd = self._pydevd = modules.load(folder)
        self._restore = self._lines.put_in_place(
            sys.modules["_pydevd_bundle.pydevd_api"], sys.modules["pydevd_file_utils"]
        )
        if self._debugger.get("isElsewhere"):
            self._restore_files = tell_files_here(sys.modules["pydevd_file_utils"], self._lines.filename)
        self._restore_classes = find_exception_classes(
            sys.modules["_pydevd_bundle.pydevd_breakpoints"], self._session.namespace
        )
        self._threads.hide()
        pydevd.INTERACTIVE_MODE_AVAILABLE = False  # figures are ours to show
        pydevd.start_client = self._start_client
        self._no_stops = tuple(map(os.path.abspath, (FOLDER, START_FILE, folder + "/debugpy")))
        pydevd.settrace(
            host="127.0.0.1",
            port=1,
            suspend=False,
            wait_for_ready_to_run=False,
            notify_stdin=False,
            dont_trace_start_patterns=self._no_stops,
        )
        self._pydb = pydevd.get_global_debugger()
        # Where code is monitored, pydevd keeps breakpoints by code object and this number, also of debuggers before.
        self._pydb.mtime = Attached._changes
        self._adapt()
        pydevd._wait_for_attach(_WhileConnected(self._pydb))
        if not pydevd._is_attached():
            raise DebuggerError("The debugger has disconnected. The command has not run.")
        sys.breakpointhook = self._break
        token = self._debugger.get("subProcess")
        if token is not None and not self._debugger.get("isElsewhere") and os.name != "nt":
            self._children = Children(self._debugger["address"], token, folder, self._follow_forked)
            self._children.begin(pydevd)

    def _adapt(self) -> None:
        call_in_forked(self._leave_forked)
        self._stopped = watch_stops(self._pydb)
        pass_look_ups(self._pydb)
        tell_failures(self._pydb)

    def _start_client(self, _host: str, _port: int) -> Any:
        """pydevd would make a connection of its own."""
        if self._connection is None and self._children is not None:
            self._connection = self._children.connect()
        return self._connection

    def _break(self, *_args: object, **_kwargs: object) -> None:
        """`breakpoint()` stops in the code that calls it."""
        self.stop_at(sys._getframe().f_back)  # pyright: ignore[reportPrivateUsage]  # documented all the same

    def stop_at(self, frame: Any) -> None:
        """Stops in a frame of this thread, if the debugger is still there."""
        if not self.is_connected:
            return
        self._pydevd.settrace(suspend=True, trace_only_current_thread=True, notify_stdin=False, stop_at_frame=frame)

    def stop_in(self, frame: Any) -> None:
        """Stops in the innermost frame of this thread right now, if the debugger is still there."""
        if self.is_connected:
            stop_now(self._pydb, frame)

    def stop_at_last_error(self) -> None:
        """Stops where the last error of the session was raised. Raises DebuggerError if there is none."""
        error: Any = getattr(sys, "last_value", None)
        if error is None:
            raise DebuggerError("There is no error to debug any more.")
        if without_ours(error.__traceback__) is None:  # such as that of a command that could not be compiled
            raise DebuggerError("None of your code ran when this error was raised, so there are no variables to show.")
        stop_at_error(self._pydb, error)

    def _leave_forked(self) -> None:
        end_in_forked(self._pydb, self._connection)
        self._pydevd = self._pydb = self._connection = None
        self._session.is_debugged = False
        sys.breakpointhook = self._hook

    def _follow_forked(self) -> None:
        """The process that has been forked is debugged: pydevd has begun there."""
        self._pydevd = sys.modules["pydevd"]
        self._pydb = self._pydevd.get_global_debugger()
        if self._pydb is None:  # the host has gone
            return
        sys.modules["_pydevd_bundle.pydevd_api"].PyDevdAPI().set_dont_trace_start_end_patterns(
            self._pydb, self._no_stops, ()
        )
        self._adapt()
        self._session.is_debugged = True
        sys.breakpointhook = self._break

    def _detach(self) -> None:
        call_in_forked(None)
        if self._children is not None:
            self._children.end()
        if self._pydevd is not None:
            end(self._pydevd, self._pydb)
            Attached._changes = getattr(self._pydb, "mtime", Attached._changes) + 1
            self._restore()
            self._restore_files()
            self._restore_classes()
            self._threads.show()
            modules.unload()
        if self._connection is not None:
            self._connection.close()
        sys.breakpointhook = self._hook


class _WhileConnected:
    """An event for pydevd to wait for, which is also set if the connection ends."""

    def __init__(self, debugger: Any) -> None:
        self._debugger = debugger

    def is_set(self) -> bool:
        return bool(self._debugger.pydb_disposed)

    def set(self) -> None:
        """pydevd has stopped waiting."""
