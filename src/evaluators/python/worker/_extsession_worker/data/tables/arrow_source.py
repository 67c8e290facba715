"""Tables of Arrow. A column of an extension type of somebody else's is named, not read."""

from __future__ import annotations

import sys

from ... import TYPE_CHECKING
from ...introspection import lookup
from ...pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from ..cells import text, typed_cells
from ..expressions import UNREADABLE
from ..sources import Source

if TYPE_CHECKING:
    from typing import Any, Sequence

    from ..cells import Cell
    from ..sources import Head, Rows
    from ..statistics import Summary

_NUMBERS = ("int", "uint", "float", "double", "halffloat", "decimal")
_WITHOUT_TAKE = ("run_end_encoded<", "string_view", "binary_view")
_LISTS = ("list<", "large_list<")
_MOST_ITEMS = 21
# Their values in Python would lose digits.
_AS_TEXT = ("timestamp", "float", "halffloat", "time", "date")


class ArrowSource(Source):
    def __init__(self, table: Any) -> None:
        self._table = table
        self.rows, self.columns = table.num_rows, table.num_columns

    def head(self, column: int) -> Head:
        field = self._table.schema.field(column)
        if not _is_own(field.type):
            return [field.name, lookup.type_name(lookup.type_of(field.type)), "t"]
        return [field.name, str(field.type), "n" if str(field.type).startswith(_NUMBERS) else "t"]

    def read(self, column: int, rows: Rows, limit: int) -> list[Cell]:
        array = self._table.column(column)
        return column_cells(array, rows, limit) if _is_own(array.type) else [["o", "…"]] * len(rows)

    def value(self, column: int, row: int) -> object:
        array = self._table.column(column)
        return array[row].as_py() if _is_own(array.type) else UNREADABLE

    def block(self, column: int, start: int, stop: int) -> Sequence[object]:
        array = self._table.column(column)
        return array.slice(start, stop - start).to_pylist() if _is_own(array.type) else [UNREADABLE] * (stop - start)

    def statistics(self, column: int, arranged: Any) -> Summary:
        from . import arrow_statistics

        array = self._table.column(column)
        if not (_is_own(array.type) and hasattr(array, "chunks") and arrow_statistics.is_known(array)):
            return super().statistics(column, arranged)
        return arrow_statistics.of(array if arranged is None else array.take(_array(arranged)))


def column_cells(array: Any, rows: Rows, limit: int) -> list[Cell]:
    """Those of some rows of an array whose type is Arrow's own."""
    if type(rows) is not range and str(array.type).startswith(_WITHOUT_TAKE):
        return [_missing() if one == ["m", "None"] else one for one in typed_cells(_one_by_one(array, rows), limit)]
    part = array.slice(rows.start, len(rows)) if type(rows) is range else array.take(_array(rows))
    if str(part.type).startswith(_AS_TEXT):
        texts = part.cast("string").to_pylist()
        return [_missing() if one is None else ["m", "NaN"] if one == "nan" else text(one, limit) for one in texts]
    values = [_first_items(one) for one in part] if str(part.type).startswith(_LISTS) else part.to_pylist()
    return [_missing() if one == ["m", "None"] else one for one in typed_cells(values, limit)]


def _one_by_one(array: Any, rows: Rows) -> list[object]:
    return [array[at].as_py() for at in rows]


def _first_items(scalar: Any) -> Any:
    """A summary shows no more, and a list may be long."""
    return None if scalar.values is None else scalar.values.slice(0, _MOST_ITEMS).to_pylist()


def _array(rows: Any) -> Any:
    return sys.modules["pyarrow"].__dict__["array"](rows, type="int64")


def _missing() -> Cell:
    return ["m", "null"]


def _is_own(type_: Any) -> bool:
    return lookup.type_name(lookup.type_of(type_)).startswith("pyarrow.")
