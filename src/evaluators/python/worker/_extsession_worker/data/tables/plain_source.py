"""Lists and dicts as tables: rows that are dicts or lists, and columns that are lists."""

from __future__ import annotations

from ... import TYPE_CHECKING
from ...introspection import lookup
from ...pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from ..cells import NO_CELL, cell, label
from ..expressions import ABSENT
from ..sources import Source

if TYPE_CHECKING:
    from typing import Any

    from ..cells import Cell
    from ..sources import Head, Rows

_SAMPLE = 1000  # rows that are looked at for the names of columns, and values for their type
_MOST_COLUMNS = 10_000
_NUMBERS = ("int", "float", "complex", "decimal.Decimal")


def of(value: Any) -> Source | None:
    if lookup.is_dict(value):
        names = [name for name, one in lookup.entries(value) if type(name) is str and _is_rows(one)]
        return _Columns(value, names) if names and len(names) == len(value) else None
    sample = value[:_SAMPLE]
    if sample and all(lookup.is_dict(one) for one in sample):
        names = {name: None for row in sample for name, _ in lookup.entries(row) if type(name) is str}
        return _Records(value, list(names)[:_MOST_COLUMNS])
    if sample and all(_is_rows(one) for one in sample):
        return _Lists(value, min(max(map(len, sample)), _MOST_COLUMNS))
    return _Values(value)


def _is_rows(value: object) -> bool:
    return lookup.is_list(value) or lookup.is_tuple(value)


class _Plain(Source):
    """`at` is the value at a place, or ABSENT."""

    def __init__(self, value: Any, names: list[str], rows: int) -> None:
        self._value = value
        self._names = names
        self._types: dict[int, str] = {}
        self.rows = rows
        self.columns = len(names)

    def head(self, column: int) -> Head:
        kind = self._types.get(column)
        if kind is None:
            kind = self._types[column] = self._type(column)
        return [label(self._names[column]), kind, "n" if kind in _NUMBERS else "t"]

    def read(self, column: int, rows: Rows, limit: int) -> list[Cell]:
        found = [self.at(row, column) for row in rows]
        return [NO_CELL if one is ABSENT else cell(one, limit) for one in found]

    def value(self, column: int, row: int) -> object:
        return self.at(row, column)

    def at(self, row: int, column: int) -> object:
        raise NotImplementedError

    def _type(self, column: int) -> str:
        """The type of the first values, without those that are missing."""
        kinds: dict[int, type] = {}
        for row in range(min(self.rows, _SAMPLE)):
            one = self.at(row, column)
            if one is not None and one is not ABSENT:
                kinds[id(type(one))] = type(one)
        return " | ".join([lookup.type_name(kind) for kind in kinds.values()][:3])


class _Columns(_Plain):
    def __init__(self, value: dict[str, Any], names: list[str]) -> None:
        super().__init__(value, names, max(len(value[name]) for name in names))

    def at(self, row: int, column: int) -> object:
        values = self._value[self._names[column]]
        return values[row] if row < len(values) else ABSENT


class _Records(_Plain):
    def __init__(self, value: Any, names: list[str]) -> None:
        super().__init__(value, names, len(value))

    def at(self, row: int, column: int) -> object:
        one, name = self._value[row], self._names[column]
        if not lookup.is_dict(one):
            return ABSENT
        found: object = one.get(name, ABSENT)
        return found


class _Lists(_Plain):
    def __init__(self, value: Any, columns: int) -> None:
        super().__init__(value, ["[%d]" % column for column in range(columns)], len(value))

    def at(self, row: int, column: int) -> object:
        one = self._value[row]
        return one[column] if _is_rows(one) and column < len(one) else ABSENT


class _Values(_Plain):
    def __init__(self, value: Any) -> None:
        super().__init__(value, ["value"], len(value))

    def at(self, row: int, column: int) -> object:
        return self._value[row]
