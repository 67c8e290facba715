"""A namespace in which commands run."""

from __future__ import annotations

import _ast
import builtins
import sys

from .. import TYPE_CHECKING
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from . import event_loop, unawaited
from .sources import publish, remember, with_plain_ends

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import CodeType
    from typing import Any

    from _typeshed import TraceFunction

_ONLY_AST = 0x400  # ast.PyCF_ONLY_AST, without importing ast
_TOP_LEVEL_AWAIT = 0x2000 if sys.version_info >= (3, 8) else 0  # ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
_COROUTINE = 0x80  # inspect.CO_COROUTINE

_MOST_SOURCES = 1000  # the latest, for the history of IPython

# Magics that users write without their %. `time` and others are rather modules that were not imported.
_WORDS = frozenset(("cd", "conda", "dirs", "ll", "ls", "lsmagic", "pip", "pwd", "who", "whos"))
NO_VALUE = object()


def _future_flags() -> int:
    features = __import__("__future__")
    flags = 0
    for name in features.all_feature_names:
        flags |= getattr(features, name).compiler_flag
    return flags & ~0x10  # nested_scopes is CO_NESTED, which other code carries too


_FUTURE_FLAGS = _future_flags()


class Session:
    """Runs source in a fresh `__main__`. `from __future__` imports of one command hold for those after it."""

    def __init__(self) -> None:
        # no __file__, no __spec__: so that multiprocessing's spawn does not run us again
        module = type(sys)("__main__")
        module.__dict__["__builtins__"] = builtins
        module.__dict__["__spec__"] = None
        self.namespace = module.__dict__
        self._module = module
        self._flags = 0
        self._trace: TraceFunction | None = None  # what user code has set by sys.settrace: on while it runs
        self.is_debugged = False  # the trace function is the debugger's
        self._executions = 0
        self.last_line = 1  # of the last expression that ran, in its file
        self.sources: list[str] = []
        self.before_command: list[Callable[[str], None]] = []  # each is told the source

    def become_main(self) -> None:
        """Makes the namespace the process's `__main__`, where pickle and inspect look for it."""
        sys.modules["__main__"] = self._module

    def run(
        self, source: str, filename: str, first_line: int, show_in_task: Callable[[object], object] | None = None
    ) -> object:
        """Runs `source` as if it began at line `first_line` of `filename`; a last expression's value, else NO_VALUE.

        As in notebooks, a `;` behind the expression keeps its value from being shown.

        show_in_task: where the code awaits, it is called with that value in the code's task, as its last act.
        """
        remember(filename, first_line, source)
        self.sources.append(source)
        del self.sources[:-_MOST_SOURCES]
        self.namespace.pop("__warningregistry__", None)  # a warning shows once per command, not once per session
        if "get_ipython" in source:
            from ..magics import ipython_shell

            ipython_shell.provide(self)
        for tell in self.before_command:
            tell(source)
        return self.run_part(source, filename, first_line, show_in_task=show_in_task)

    def run_part(
        self,
        source: str,
        filename: str,
        first_line: int,
        scope: dict[str, object] | None = None,
        show_in_task: Callable[[object], object] | None = None,
    ) -> object:
        """As `run`, for code that is part of a command. `scope` has the names of a function that it is in."""
        names = self.namespace if scope is None else scope
        tree, source = self._parse(source, filename, first_line)
        body = tree.body
        last = _pop_expression(body)
        self.last_line = last.lineno if last else first_line
        code = self._compile(tree, filename, "exec") if body else None
        self._flags |= code.co_flags & _FUTURE_FLAGS if code else 0
        end = self._compile(_ast.Expression(last.value), filename, "eval") if last else None
        if last is None or end is None:
            if code:
                self._value_of(code, names)
            return NO_VALUE
        is_shown = not _ends_with_semicolon(source, last, first_line)
        awaits = _awaits(code) or _awaits(end)
        if awaits or (body and self.is_debugged):
            from .last_value import Shown, Values, handing_over, joined

            values = Shown(show_in_task) if show_in_task and awaits and is_shown else Values()
            self._value_of(handing_over(self._compile(joined(body, last), filename, "exec"), values), names)
            value = values.pop()
        else:
            if code:
                self._value_of(code, names)
            value = self._value_of(end, names)
        if is_shown:
            return value
        if unawaited.is_unawaited(value):
            holder = [value]
            value = None
            unawaited.release(holder, filename, self.last_line)
        return NO_VALUE

    def execute(
        self,
        source: str,
        stdout_fn: str | None = None,
        stderr_fn: str | None = None,
        done_fn: str | None = None,
    ) -> tuple[str, str, str]:
        """Runs `source` here, its output into files, then writes the code DONE to the done file; the three paths.

        A file that is not named is made in a fresh temporary directory, which the caller removes. What the source
        raises, SystemExit included, is a traceback in the stderr file; only KeyboardInterrupt is raised here too.
        Raises OSError when a file can't be written. A light sandbox for output and names, not a security boundary.
        """
        from ..output.file_streams import OutputFiles
        from .errors import describe, is_of

        with OutputFiles(stdout_fn, stderr_fn, done_fn, "DONE") as files:
            try:
                publish()
                self._executions += 1
                self.run(source, "<execution %d>" % self._executions, 1)
            except BaseException as error:
                sys.stderr.write(describe(error)["traceback"])
                if is_of(error, KeyboardInterrupt):
                    raise
        return files.paths

    def keep(self, value: object) -> None:
        """Makes `value` the `_` of later commands, as in any interactive Python."""
        builtins.__dict__["_"] = value

    def evaluate(self, expression: str, filename: str) -> object:
        """The value of one expression; leading and trailing white space is allowed."""
        text = expression.strip()
        remember(filename, 1, text)
        return self._value_of(self._compile(text, filename, "eval"), self.namespace)

    def _parse(self, source: str, filename: str, first_line: int) -> tuple[_ast.Module, str]:
        """The tree, and the source that it is of: another one where there were magics in it."""

        def parse(source: str) -> _ast.Module:
            return self._compile("\n" * (first_line - 1) + source, filename, "exec", _ONLY_AST)

        bare = source
        try:
            tree = parse(source)
        except SyntaxError:
            bare = _without_margin(source)
            if bare == source:
                from ..magics.translate import translate

                translated = translate(source, first_line, self, parse)
                if translated is None:
                    raise
                return translated
            tree = None
        if tree is None:
            remember(filename, first_line, bare)
            return self._parse(bare, filename, first_line)
        if len(tree.body) == 1 and self._is_unknown_word(tree.body[0]):
            from ..magics.translate import translate

            return translate(source, first_line, self, parse) or (tree, source)
        return tree, source

    def knows(self, name: str) -> bool:
        return name in self.namespace or hasattr(builtins, name)

    def _is_unknown_word(self, statement: _ast.stmt) -> bool:
        """Whether it is a name such as `pwd`, or begins with one as `ls -l` and `cd /tmp` do: otherwise a NameError."""
        value = statement.value if isinstance(statement, _ast.Expr) else None
        while isinstance(value, _ast.BinOp) and isinstance(value.op, (_ast.Sub, _ast.Div)):
            value = value.left
        return isinstance(value, _ast.Name) and value.id in _WORDS and not self.knows(value.id)

    def _value_of(self, code: CodeType, names: dict[str, object]) -> object:
        try:
            if self._trace is not None and not self.is_debugged:
                sys.settrace(self._trace)
            value: Any = eval(code, names)
            return event_loop.run(value) if code.co_flags & _COROUTINE else value
        finally:
            if not self.is_debugged:
                self._trace = sys.gettrace()
                if self._trace is not None:
                    sys.settrace(None)

    def _compile(self, source: str | _ast.Module | _ast.Expression, filename: str, mode: str, flags: int = 0) -> Any:
        """Code, or with _ONLY_AST a tree."""
        return compile(source, filename, mode, flags | self._flags | _TOP_LEVEL_AWAIT, True)


def _pop_expression(body: list[_ast.stmt]) -> _ast.Expr | None:
    last = body[-1] if body else None
    if not isinstance(last, _ast.Expr):
        return None
    body.pop()
    return last


def _without_margin(source: str) -> str:
    """Code as it is pasted: without the indentation of its first line, and without the prompts of a console."""
    first = next((line for line in source.split("\n") if line.strip()), "")
    margin = first[: len(first) - len(first.lstrip())]
    prompts = (margin + ">>> ", margin + "... ") if first.startswith(margin + ">>> ") else (margin,)
    if prompts[0] == "":
        return source
    lines = with_plain_ends(source).split("\n")
    return "\n".join(line[len(prompts[0]) :] if (line + " ").startswith(prompts) else line for line in lines)


def _awaits(code: CodeType | None) -> bool:
    return code is not None and bool(code.co_flags & _COROUTINE)


def _ends_with_semicolon(source: str, last: Any, first_line: int) -> bool:
    end = getattr(last, "end_lineno", None)
    if end is None:  # CPython 3.7
        line = with_plain_ends(source).rstrip().rpartition("\n")[2]
        return line.endswith(";") and "#" not in line
    lines = with_plain_ends(source).split("\n")[end - first_line :]
    lines[0] = lines[0].encode("utf-8", "surrogatepass")[last.end_col_offset :].decode("utf-8", "surrogatepass")
    return "\n".join(lines).lstrip(") \t\r\n\\").startswith(";")
