"""Frames of pandas. A column whose values an extension of somebody else's holds is named, not read."""

from __future__ import annotations

from ... import TYPE_CHECKING
from ...introspection import lookup, pandas_arrays
from ...introspection.zones import is_known_zone
from ...pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from ..cells import cells, label, typed_cells
from ..expressions import UNREADABLE, attempt, of_pandas
from ..sources import Source
from . import numpy_source

if TYPE_CHECKING:
    from typing import Any

    from ...link.data_messages import DataFilter, DataSort
    from ..cells import Cell
    from ..sources import Head, Rows
    from ..statistics import Summary


class PandasSource(Source):
    def __init__(self, frame: Any) -> None:
        self._frame = frame
        self._foreign = pandas_arrays.foreign(frame) or {}
        self.rows, self.columns = frame.shape

    def head(self, column: int) -> Head:
        name = label(self._frame.columns[column])
        array = self._foreign.get(column)
        return [
            name,
            *(kind_of(self._frame.iloc[:, column]) if array is None else [lookup.type_name(type(array)), "t"]),
        ]

    def read(self, column: int, rows: Rows, limit: int) -> list[Cell]:
        return _cells(self.array(column), rows, limit)

    def value(self, column: int, row: int) -> object:
        array = self.array(column)
        return array[row] if is_own(array) else UNREADABLE

    def mask(self, expression: str) -> Any:
        return attempt(lambda: of_pandas(self._frame, expression, self.namespace), self.rows)

    def index_heads(self) -> list[Head]:
        index = self._frame.index
        if len(index.names) > 1:
            return [["" if name is None else label(name), "", "t"] for name in index.names]
        return [["" if index.name is None else label(index.name), *kind_of(index)]]

    def index(self, level: int, rows: Rows, limit: int) -> list[Cell]:
        return index_cells(self._frame.index, level, rows, limit)

    def arrange(self, filters: list[DataFilter], sort: list[DataSort]) -> Any:
        from . import pandas_steps

        return pandas_steps.arrange(self, filters, sort)

    def statistics(self, column: int, arranged: Any) -> Summary:
        if not self.is_plain(column):
            return super().statistics(column, arranged)
        from . import pandas_statistics

        series = self.series(column)
        return pandas_statistics.of(series if arranged is None else series.take(arranged))

    def series(self, column: int) -> Any:
        return self._frame.iloc[:, column]

    def is_plain(self, column: int) -> bool:
        """Whether its values are no objects of Python, so that pandas compares them by itself."""
        array = self.array(column)
        return is_own(array) and str(array.dtype) not in ("object", "category")

    def array(self, column: int) -> Any:
        array = self._foreign.get(column)
        return self._frame.iloc[:, column].array if array is None else array


def index_cells(index: Any, level: int, rows: Rows, limit: int) -> list[Cell]:
    part = _taken(index, rows)
    values = part.get_level_values(level) if len(index.names) > 1 else part
    return _cells(values.array, range(len(values)), limit)


def is_own(array: object) -> bool:
    """Whether its class is of pandas or NumPy, and its time zone is not the user's."""
    module = lookup.type_name(type(array)).split(".")[0]
    own: Any = array
    return module in ("pandas", "numpy") and is_known_zone(getattr(own.dtype, "tz", None))


def kind_of(values: Any) -> list[str]:
    """The type of a column or an index, and how it is aligned."""
    array: object = values.array
    if not is_own(array):
        return [lookup.type_name(type(array)), "t"]
    return [str(values.dtype), "n" if getattr(values.dtype, "kind", "O") in "iufc" else "t"]


def _taken(values: Any, rows: Rows) -> Any:
    if type(rows) is range:
        return values[rows.start : rows.stop]
    return values.take(rows) if rows else values[:0]  # of no rows, Arrow would not know their type


def _cells(array: Any, rows: Rows, limit: int) -> list[Cell]:
    if not is_own(array):
        return [["o", "…"]] * len(rows)
    part = _taken(array, rows)
    name = type(part).__name__
    if name in ("NumpyExtensionArray", "PandasArray"):
        return numpy_source.texts(part.to_numpy(), limit)
    if name == "Categorical" or str(part.dtype) == "object":
        return cells(list(part), limit)
    return typed_cells(list(part), limit)
