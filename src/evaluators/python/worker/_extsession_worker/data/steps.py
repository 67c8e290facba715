"""Which rows of a table are shown, and in which order, told from cells alone: slow, but for values of all kinds.

Sources whose library does it faster do so for columns that hold no objects of Python.
"""

from __future__ import annotations

import _operator

from .. import TYPE_CHECKING
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it

if TYPE_CHECKING:
    from typing import Any, Callable, Iterator, Tuple, Union

    from ..link.data_messages import DataFilter, DataSort
    from .cells import Cell
    from .sources import Source

    # Numbers come before texts.
    Key = Tuple[int, Union[float, str]]

_AT_ONCE = 10_000
_LONGEST = 100_000


class ValueProblem(ValueError):
    """What the user compares a column with is no value of it."""


def arrange(source: Source, filters: list[DataFilter], sort: list[DataSort]) -> list[int]:
    """The rows that pass all filters, sorted by the first key, then by the others."""
    rows = list(range(source.rows))
    for one in filters:
        passes = mask(source, one)
        rows = [row for row in rows if passes[row]]
    for key in reversed(sort):
        rank = ranks(source, key["column"], key["descending"])
        rows.sort(key=rank.__getitem__)
    return rows


def mask(source: Source, one: DataFilter) -> list[bool]:
    """For each row whether it passes. The column -1 stands for any of them."""
    if one["test"] == "expression":
        return list(source.mask(one.get("value", "")))
    passes = _test(one)
    if one["column"] >= 0:
        return [passes(cell) for cell in _cells(source, one["column"])]
    found = [False] * source.rows
    for column in range(source.columns):
        found = [known or passes(cell) for known, cell in zip(found, _cells(source, column))]
    return found


def ranks(source: Source, column: int, descending: bool = False) -> list[int]:
    """The place of each row's value among all; what is missing comes last."""
    keys = [None if is_missing(cell) else _key(cell) for cell in _cells(source, column)]
    known = sorted({key for key in keys if key is not None}, reverse=descending)
    places = {key: place for place, key in enumerate(known)}
    return [len(known) if key is None else places[key] for key in keys]


def is_missing(cell: Cell) -> bool:
    return type(cell) is list and cell[0] == "m"


def _cells(source: Source, column: int) -> Iterator[Cell]:
    for start in range(0, source.rows, _AT_ONCE):
        yield from source.read(column, range(start, min(start + _AT_ONCE, source.rows)), _LONGEST)


def shown(cell: Cell) -> str:
    return cell if type(cell) is str else cell[1]


def _key(cell: Cell) -> Key:
    number = as_number(shown(cell)) if type(cell) is str or cell[0] == "n" else None
    return (1, shown(cell)) if number is None else (0, number)


def as_number(text: str) -> float | None:
    """The number that a text is, an int if it is one; None for other texts."""
    for kind in (int, float):
        try:
            number = kind(text)
        except ValueError:
            continue
        return number if number == number else None
    return None


def _test(one: DataFilter) -> Callable[[Cell], bool]:
    test, value = one["test"], one.get("value", "")
    if test in ("missing", "present"):
        return lambda cell: is_missing(cell) == (test == "missing")
    if test == "contains":
        wanted = value.casefold()
        return lambda cell: not is_missing(cell) and wanted in shown(cell).casefold()
    if test in ("equals", "differs"):
        number = as_number(value)
        return lambda cell: _is_equal(cell, value, number) == (test == "equals")
    limit: Key = _key(value)
    compare = COMPARISONS[test]
    return lambda cell: not is_missing(cell) and _key(cell)[0] == limit[0] and compare(_key(cell), limit)


def _is_equal(cell: Cell, value: str, number: float | None) -> bool:
    if is_missing(cell):
        return False
    return shown(cell) == value or (number is not None and as_number(shown(cell)) == number)


COMPARISONS: dict[str, Callable[[Any, Any], Any]] = {
    "less": _operator.lt,
    "atMost": _operator.le,
    "more": _operator.gt,
    "atLeast": _operator.ge,
    "equals": _operator.eq,
    "differs": _operator.ne,
}
