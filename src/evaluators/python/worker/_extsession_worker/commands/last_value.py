"""A command and its last expression as one piece of code, which hands over the value of that expression."""

from __future__ import annotations

import _ast

from .. import TYPE_CHECKING
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import CodeType
    from typing import Any, List

    _Values = List[object]
else:
    _Values = list

_PLACE = float("nan")  # a constant that equals none of the user's


class Values(_Values):
    """What is handed over. As a constant of code, it is hashed with that by debuggers."""

    __hash__ = object.__hash__  # pyright: ignore[reportAssignmentType]  # lists have none
    __eq__ = object.__eq__


class Shown(Values):
    """Shows a value as soon as it is handed over."""

    def __init__(self, show: Callable[[object], object]) -> None:
        super().__init__()
        self._show = show

    def append(self, value: object) -> None:
        super().append(value)
        self._show(value)


def joined(body: list[_ast.stmt], last: _ast.Expr) -> _ast.Module:
    """The tree of a command whose code is to be given to `handing_over`."""
    append = _ast.Attribute(_ast.Constant(_PLACE, kind=None), "append", _ast.Load())
    call: Any = _ast.Call(append, [last.value], [])
    statement: Any = _ast.Expr(call)
    line, column = last.lineno, last.col_offset
    end_line, end_column = getattr(last, "end_lineno", line), getattr(last, "end_col_offset", column)
    _place(append.value, line, column, line, column)
    _place(append, line, column, line, column)  # a call is where the name of its method ends
    _place(call, line, column, end_line, end_column)
    _place(statement, line, column, end_line, end_column)
    return _ast.Module(body=[*body, statement], type_ignores=[])


def _place(node: Any, line: int, column: int, end_line: int, end_column: int) -> None:
    node.lineno, node.col_offset, node.end_lineno, node.end_col_offset = line, column, end_line, end_column


def handing_over(code: CodeType, values: Values) -> CodeType:
    """The code of a `joined` tree: it appends the value to `values`, which no namespace has."""
    consts = tuple(values if one is _PLACE else one for one in code.co_consts)
    if hasattr(code, "replace"):
        return code.replace(co_consts=consts)
    return _replaced(code, consts)


def _replaced(code: Any, consts: tuple[object, ...]) -> CodeType:
    """As `CodeType.replace` does in CPython 3.8 and newer."""
    names = (
        "argcount kwonlyargcount nlocals stacksize flags code consts names varnames filename name firstlineno lnotab"
    )
    values = [consts if one == "consts" else getattr(code, "co_" + one) for one in names.split()]
    made: CodeType = type(code)(*values, code.co_freevars, code.co_cellvars)
    return made
