"""Masked arrays of NumPy: what is masked counts as missing."""

from __future__ import annotations

import sys

from ... import TYPE_CHECKING
from ...pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from ..expressions import ABSENT
from ..sources import Source
from . import numpy_source, numpy_steps

if TYPE_CHECKING:
    from typing import Any, Sequence

    from ...link.data_messages import DataFilter, DataSort
    from ..cells import Cell
    from ..sources import Head, Rows
    from ..statistics import Summary

_MASKED = ["m", "masked"]


def of(array: Any, at: Sequence[int]) -> Source | None:
    """`array` is precisely of NumPy's class. Its data may be of another one, so they are looked at as a plain array."""
    numpy = sys.modules["numpy"].__dict__
    data = numpy_source.of(numpy["ndarray"].view(array, numpy["ndarray"]), at)
    mask = array.mask
    if not mask.shape:  # one for all
        mask = numpy["broadcast_to"](mask, array.shape)
    hidden = numpy_source.of(mask, at)
    return data and hidden and Masked(data, hidden)


class Masked(numpy_source.ArraySource):
    def __init__(self, data: numpy_source.ArraySource, hidden: numpy_source.ArraySource) -> None:
        self._data = data
        self._hidden = hidden
        self.shape, self.rows, self.columns = data.shape, data.rows, data.columns

    def head(self, column: int) -> Head:
        return self._data.head(column)

    def values(self, column: int) -> Any:
        return self._data.values(column)

    def hidden(self, column: int) -> Any:
        hidden = self._hidden.values(column)
        return hidden if hidden.dtype.kind == "b" and len(hidden.shape) == 1 else None

    def read(self, column: int, rows: Rows, limit: int) -> list[Cell]:
        cells = self._data.read(column, rows, limit)
        hidden = self.hidden(column)
        if hidden is None:  # a field that has parts
            return cells
        which = hidden[rows.start : rows.stop] if type(rows) is range else hidden[rows]
        return [_MASKED if is_hidden else cell for cell, is_hidden in zip(cells, which.tolist())]

    def value(self, column: int, row: int) -> object:
        hidden = self.hidden(column)
        return ABSENT if hidden is not None and hidden[row] else self._data.value(column, row)

    def arrange(self, filters: list[DataFilter], sort: list[DataSort]) -> Any:
        return numpy_steps.arrange(self, filters, sort)

    def statistics(self, column: int, arranged: Any) -> Summary:
        hidden = self.hidden(column)
        if hidden is None:
            return super().statistics(column, arranged)
        numpy = sys.modules["numpy"].__dict__
        rows = numpy["arange"](self.rows) if arranged is None else numpy["asarray"](arranged)
        known = rows[~hidden[rows]]
        found = self._data.statistics(column, known)
        return {**found, "missing": found["missing"] + len(rows) - len(known)}

    def names(self) -> dict[str, Any]:
        masked = sys.modules["numpy"].__dict__["ma"].MaskedArray
        hidden = self._hidden.names()
        return {name: masked(values, hidden[name]) for name, values in self._data.names().items()}
