"""Indexes of pandas: a column for each of their levels."""

from __future__ import annotations

from ... import TYPE_CHECKING
from ...introspection import pandas_arrays
from ...pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from ..cells import label
from ..expressions import UNREADABLE
from ..sources import Source
from .pandas_source import PandasSource, index_cells, is_own, kind_of

if TYPE_CHECKING:
    from typing import Any

    from ...link.data_messages import DataFilter, DataSort
    from ..cells import Cell
    from ..sources import Head, Rows
    from ..statistics import Summary


def of(index: Any) -> Source | None:
    return IndexSource(index) if pandas_arrays.is_own_axis(index) else None


class IndexSource(Source):
    def __init__(self, index: Any) -> None:
        self._index = index
        self._whole: PandasSource | None = None
        self.rows, self.columns = len(index), len(index.names)

    def head(self, column: int) -> Head:
        values = self._index.levels[column] if self.columns > 1 else self._index
        return [self._names()[column], *kind_of(values)]

    def read(self, column: int, rows: Rows, limit: int) -> list[Cell]:
        return index_cells(self._index, column, rows, limit)

    def value(self, column: int, row: int) -> object:
        values = self._index[row : row + 1].get_level_values(column)
        return values[0] if is_own(values.array) else UNREADABLE

    def mask(self, expression: str) -> Any:
        whole = self._frame()
        whole.namespace = self.namespace
        return whole.mask(expression)

    def arrange(self, filters: list[DataFilter], sort: list[DataSort]) -> Any:
        whole = self._frame()
        whole.namespace = self.namespace
        return whole.arrange(filters, sort)

    def statistics(self, column: int, arranged: Any) -> Summary:
        return self._frame().statistics(column, arranged)

    def _frame(self) -> PandasSource:
        """Made only for what needs all rows."""
        if self._whole is None:
            names = self._names()
            frame = self._index.to_frame(index=False, name=names if self.columns > 1 else names[0])
            self._whole = PandasSource(frame)
        return self._whole

    def _names(self) -> list[str]:
        names = self._index.names
        if self.columns == 1:
            return ["value" if names[0] is None else label(names[0])]
        found = ["[%d]" % at if name is None else label(name) for at, name in enumerate(names)]
        return found if len(set(found)) == len(found) else ["[%d]" % at for at in range(len(found))]
