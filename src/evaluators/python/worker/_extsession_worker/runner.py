"""What a command comes to: runs it, and makes its reply."""

from __future__ import annotations

from . import TYPE_CHECKING
from .commands import errors, interrupts, prompt_interrupts, unawaited
from .commands.script_name import ScriptName
from .commands.session import NO_VALUE
from .pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from .values import display, values

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from .commands.session import Session
    from .debugging.command_lines import CommandLines
    from .link.messages import Debugger, ErrorInfo, Evaluate, Execute, Failure, Get, MimeBundle, Reply, Request, Success

_PATIENCE = 3  # with errors whose description is interrupted


def describe(error: BaseException) -> ErrorInfo:
    """The error that ends a command, for the host; the interpreter's own variables for it are set."""
    described = errors.describe(error)
    raised: Any = error
    if issubclass(type(error), SystemExit):
        from .commands import endings

        ending: Any = endings.of_exit(raised)
        described.update(ending)
    else:
        errors.remember(error)
    return described


class Runner:
    """Runs one request after the other in a session's namespace."""

    def __init__(self, session: Session, catch_up: Callable[[], None]) -> None:
        """`catch_up` returns when all interrupts that the host has sent are known."""
        self._session = session
        self._script_name = ScriptName(session.namespace)
        self._catch_up = catch_up
        self._columns: int | None = None
        self._plot_theme: str | None = None
        self._failed: int | None = None  # the last command that raised an error
        self._profile: str | None = None

    def run(self, message: Request) -> Reply:
        """Runs one command; its reply. Interrupts reach it from here on until this returns.

        Keeps no reference to the command: an exception that the user's code stores would hold its streams open.
        """
        try:
            return interrupts.call(lambda: self._answer(message), message["id"], self._catch_up)
        except BaseException as error:
            self._failed = message["id"]
            return failure(errors.from_user_code(prompt_interrupts.as_interrupt(error)))

    def take_profile(self) -> str | None:
        """Where the command that has just ended has spent its time, if it was to be profiled; once."""
        profile, self._profile = self._profile, None
        return profile

    def _answer(self, message: Request) -> Reply:
        if message["t"] == "get":
            return self._get(message)
        if message["t"] == "data":
            from .data import answers

            return {"status": "ok", "value": answers.answer(message["request"], self._session.namespace)}
        self._follow_width(message)
        return self._execute(message) if message["t"] == "execute" else self._evaluate(message)

    def _get(self, message: Get) -> Reply:
        namespace, name = self._session.namespace, message["name"]
        return {"status": "ok", "value": values.encode(namespace[name])} if name in namespace else {"status": "missing"}

    def _evaluate(self, message: Evaluate) -> Reply:
        filename = message.get("filename") or "<expression %d>" % message["id"]
        return {"status": "ok", "value": values.encode(self._session.evaluate(message["source"], filename))}

    def _follow_width(self, message: Execute | Evaluate) -> None:
        columns = message.get("columns")
        if columns != self._columns and columns is not None:
            from .output import width

            self._columns = columns
            width.follow(columns)

    def _follow_theme(self, message: Execute) -> None:
        theme = message.get("plotTheme")
        if theme != self._plot_theme:
            from .libraries import plot_theme

            self._plot_theme = theme
            plot_theme.follow(theme)

    def _execute(self, message: Execute) -> Success:
        self._follow_theme(message)
        self._script_name.set(message.get("filename"), message.get("fileThere"))
        filename = message.get("filename") or "<command %d>" % message["id"]
        forms: list[MimeBundle | None] = []
        try:
            value = self._run(message, filename, forms)
        except BaseException:
            display.finish()
            raise
        result = None
        if value is not NO_VALUE:
            result = forms[0] if forms else display.result(value)
            if unawaited.is_unawaited(value):
                holder = [value]
                value = None
                unawaited.release(holder, filename, self._session.last_line)
            if value is not None:
                self._session.keep(value)
            display.finish(value)
        else:
            display.finish()
        return {"status": "ok"} if result is None else {"status": "ok", "result": result}

    def _run(self, message: Execute, filename: str, forms: list[MimeBundle | None]) -> object:
        """The value of a command. `forms` gets what shows it, if that is known before the end of its section."""
        source, first_line = message["source"], message.get("firstLine") or 1
        debugger = message.get("debugger")

        section: Any = None

        def show(value: object) -> None:
            if section is not None:
                section.has_run()
            forms.append(display.result(value))

        def run() -> object:
            return self._session.run(source, filename, first_line, show)

        if message.get("profile") == "memory":
            from .profiling import memory

            return memory.profiled(run, filename)
        if message.get("profile"):
            return self._profiled(run)
        if debugger is None:
            return run()
        from .debugging.command_lines import CommandLines

        if "postMortem" in debugger:
            return self._look_at_error(debugger, debugger["postMortem"], CommandLines(filename, source, first_line))

        def lines() -> CommandLines:
            return CommandLines(filename, source, first_line)

        if "onBreakpoint" in debugger:
            from .debugging.on_breakpoint import OnBreakpoint

            section = OnBreakpoint(debugger, self._session, lines)
        else:
            from .debugging.attached import Attached

            section = Attached(debugger, self._session, lines())
        with section:
            value = run()
            if value is not NO_VALUE and not forms:
                show(value)
            return value

    def _profiled(self, run: Callable[[], object]) -> object:
        from .profiling.sampler import Sampler

        sampler = Sampler()
        try:
            with sampler:
                return run()
        finally:
            with interrupts.shield:
                self._profile = sampler.profile()

    def _look_at_error(self, debugger: Debugger, failed: int, lines: CommandLines) -> object:
        from .debugging.attached import Attached, DebuggerError

        if failed != self._failed:
            raise DebuggerError("Only the last error of a session can be debugged. Run the command again.")
        attached = Attached(debugger, self._session, lines)
        with attached:
            attached.stop_at_last_error()
        return NO_VALUE


def failure(error: BaseException) -> Reply:
    """The reply for a command that raised. Formatting runs code of the user's, so it can be interrupted too."""

    def described() -> Failure:
        return {"status": "interrupted" if was_interrupted else "error", "error": describe(error)}

    was_interrupted = errors.is_of(error, KeyboardInterrupt)
    for _attempt in range(_PATIENCE):
        try:
            return interrupts.call(described)
        except KeyboardInterrupt as interrupt:
            interrupt.__context__ = None  # what could not be told, and would be told again
            if not was_interrupted:
                error = interrupt.with_traceback(interrupt.__traceback__ or error.__traceback__)
            was_interrupted = True
        except BaseException:  # whatever the user's code did to what we need, the worker goes on
            break
    return {"status": "interrupted" if was_interrupted else "error", "error": errors.bare(error)}
