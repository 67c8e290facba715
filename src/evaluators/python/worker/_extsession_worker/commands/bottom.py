"""Runs code of the user's as the outermost of its thread, as a script is: no frame of ours is below it.

A loop in C calls it, so that what it raises must not leave it: a `try` around it keeps the error for us.
"""

from __future__ import annotations

import _ast
import sys

from .. import TYPE_CHECKING
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from .interrupts import shield, state

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator
    from types import CodeType
    from typing import Any, Tuple, TypeVar

    Steps = Generator[Tuple[Callable[[], object]], None, "_Result"]
    _Result = TypeVar("_Result")

_PLACE: Any = ("extsession", "passage")  # a constant, in whose place the passage is put
_COROUTINE = 0x80  # inspect.CO_COROUTINE
_Function: Any = type(lambda: None)


_state = state()


class _Passage:
    """The way of code in and out: interrupts are held off wherever its `try` does not reach."""

    __slots__ = ("error", "result")

    def open(self) -> None:
        shield.__enter__()
        self.error: BaseException | None = KeyboardInterrupt()  # unless the code ends: something has cut it off
        self.result: object = None

    @property
    def begins(self) -> None:
        shield.__exit__()

    @property
    def ends(self) -> None:
        return None

    @ends.setter
    def ends(self, value: object) -> None:
        shield.__enter__()
        self.error, self.result = None, value

    @property
    def fails(self) -> None:
        _state.shields += 1  # at once, see `fragile`
        self.error = sys.exc_info()[1]

    def take(self) -> Any:
        """The value with which the code has ended. Raises what it has raised."""
        error, result = self.error, self.result
        self.error = self.result = None
        try:
            if error is not None:
                raise error
            return result
        finally:
            del error
            _state.shields = 1
            shield.__exit__()


_fails: Any = _Passage.fails
_state.fragile = _fails.fget.__code__
_passage = _Passage()


def wrapped(
    body: list[_ast.stmt], last: _ast.Expr | None, compile_tree: Callable[[_ast.Module], CodeType]
) -> CodeType | None:
    """Code that runs `body` and takes the value of `last`; None if it awaits, or can't be made."""
    whole = [*body, last] if last else body
    first = next((n for n, statement in enumerate(whole) if not _stays_first(statement, n)), None)
    if first is None:
        return None
    start, end = _place_of(whole[first]), _place_of(whole[-1])
    load, place = _ast.Load(), _PLACE
    begins = _ast.Expr(_ast.Attribute(_ast.Constant(place, **start), "begins", load, **start), **start)
    passage = _ast.Constant(place, **end)
    fails = _ast.Expr(_ast.Attribute(passage, "fails", load, **end), **end)
    value: Any = last.value if last else _ast.Constant(None, **end)
    ends = _ast.Assign([_ast.Attribute(passage, "ends", _ast.Store(), **end)], value, **end)
    handler = _ast.ExceptHandler(None, None, [fails], **end)
    attempt = _ast.Try([begins, *body[first:], ends], [handler], [], [], **start)
    try:
        code = compile_tree(_ast.Module(body=[*body[:first], attempt], type_ignores=[]))
    except (SyntaxError, ValueError, RecursionError):
        return None
    if code.co_flags & _COROUTINE:
        return None
    changes: Any = {"co_consts": tuple(_passage if _is_placeholder(const) else const for const in code.co_consts)}
    if sys.version_info >= (3, 11):
        changes["co_exceptiontable"] = _without_holes(code.co_exceptiontable)
    return code.replace(**changes)


def _is_placeholder(const: object) -> bool:
    return type(const) is tuple and const == _PLACE


def _stays_first(statement: Any, number: int) -> bool:
    """Whether it means something else in a `try`: the docstring, and imports of what the future brings."""
    if isinstance(statement, _ast.ImportFrom):
        return statement.module == "__future__"
    return number == 0 and isinstance(statement, _ast.Expr) and isinstance(statement.value, _ast.Constant)


def _place_of(statement: Any) -> dict[str, Any]:
    return {name: getattr(statement, name) for name in ("lineno", "col_offset", "end_lineno", "end_col_offset")}


def _without_holes(table: bytes) -> bytes:
    """The exception table of a `try` around everything, which compilers leave open at jumps of `while` loops.

    An interrupt there would leave the code. CPython's `InternalDocs/exception_handling.md` describes the table.
    """
    entries = list(_entries(table))
    end, handler = entries[0][0], entries[0][2]
    filled: list[tuple[int, int, int, int]] = []
    for entry in entries:
        if end < entry[0] <= handler:
            filled.append((end, entry[0] - end, handler, 0))
        filled.append(entry)
        end = entry[0] + entry[1]
    return table if len(filled) == len(entries) else b"".join(map(_encoded, filled))


def _entries(table: bytes) -> Iterator[tuple[int, int, int, int]]:
    """Start, length, target, and depth with a flag; in units of code."""
    numbers: list[int] = []
    value = 0
    for byte in table:
        value = value << 6 | byte & 0x3F
        if not byte & 0x40:
            numbers.append(value)
            value = 0
    return zip(*[iter(numbers)] * 4)  # type: ignore[return-value]


def _encoded(entry: tuple[int, int, int, int]) -> bytes:
    coded = bytearray()
    for value in entry:
        septets = [value & 0x3F]
        while value > 0x3F:
            value >>= 6
            septets.append(value & 0x3F | 0x40)
        coded += bytes(reversed(septets))
    coded[0] |= 0x80
    return bytes(coded)


def steps(code: CodeType, namespace: dict[str, object]) -> Steps[Any]:
    """Asks who drives it to call wrapped code; returns its value, or raises its error."""
    call = (_Function(code, namespace),)
    _passage.open()
    yield call
    return _passage.take()


def call(source: str, place: CodeType, namespace: dict[str, object]) -> Steps[Any]:
    """Runs an expression under the name and at the first line of other code."""

    def compiled(tree: Any, flags: int = 0) -> Any:
        return compile(tree, place.co_filename, "exec", flags, True)

    tree = compiled("\n" * (place.co_firstlineno - 1) + source, 0x400)
    code: Any = wrapped(tree.body, None, compiled)
    if hasattr(code, "replace"):
        code = code.replace(co_name=place.co_name)
    yield from steps(code, namespace)


def drive(work: Steps[_Result]) -> _Result:
    """Does what steps ask for here, below the frames of whoever calls this."""
    try:
        while True:
            next(work)[0]()
    except StopIteration as end:
        return end.value
