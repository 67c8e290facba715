"""Tables and arrays as sources of a grid: what is in which row and column."""

from __future__ import annotations

import sys

from .. import TYPE_CHECKING
from ..introspection import known_libraries, lookup
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it

if TYPE_CHECKING:
    from typing import Any, Callable, List, Sequence, Union

    from ..link.data_messages import DataFilter, DataSort
    from .cells import Cell
    from .statistics import Summary

    # The name of a column, its type, and 'n' if its values are numbers, else 't'.
    Head = List[str]
    Rows = Union[range, List[int]]


class Source:
    """A table. Rows and columns are counted from 0."""

    rows = 0
    columns = 0
    shape: Sequence[int] = ()  # of an array of more than two dimensions

    def head(self, column: int) -> Head:
        raise NotImplementedError

    def read(self, column: int, rows: Rows, limit: int) -> list[Cell]:
        raise NotImplementedError

    def arrange(self, filters: list[DataFilter], sort: list[DataSort]) -> Any:
        """The numbers of the rows that pass all filters, in their order: a list, an array or a series."""
        from . import steps

        return steps.arrange(self, filters, sort)

    def statistics(self, column: int, arranged: Any) -> Summary:
        """Of the rows in `arranged`, or of all if it is None."""
        from . import statistics

        return statistics.of_cells(self, column, arranged)

    def index_heads(self) -> list[Head]:
        return []

    def index(self, level: int, rows: Rows, limit: int) -> list[Cell]:
        """The labels of rows."""
        raise NotImplementedError


def of(value: Any, at: Sequence[int] = ()) -> Source | None:
    """None for what is no table. `at` are the positions in the first dimensions of an array of more than two."""
    kind = lookup.type_of(value)
    for (module_name, name), make in _LIBRARIES.items():
        if kind is _class(module_name, name):
            return make(value, name, at)
    if kind is list or kind is tuple or kind is dict:
        from . import plain_source

        return plain_source.of(value)
    return None


def _class(module_name: str, name: str) -> Any:
    module = sys.modules.get(module_name)
    return module.__dict__.get(name) if type(module) is lookup.Module else None


def _pandas(value: Any, name: str, _at: Sequence[int]) -> Source:
    from .pandas_source import PandasSource

    return PandasSource(value.to_frame() if name == "Series" else value)


def _polars(value: Any, name: str, _at: Sequence[int]) -> Source:
    from .polars_source import PolarsSource

    return PolarsSource(value.to_frame() if name == "Series" else value)


def _arrow(value: Any, _name: str, _at: Sequence[int]) -> Source:
    from .arrow_source import ArrowSource

    return ArrowSource(value)


def _numpy(value: Any, _name: str, at: Sequence[int]) -> Source | None:
    from . import numpy_source

    return numpy_source.of(value, at)


def _xarray(value: Any, _name: str, at: Sequence[int]) -> Source | None:
    """With its coordinates where it has one or two dimensions; of more, or without pandas, as an array of NumPy."""
    array = known_libraries.data_of(value)
    if array is None or not array.shape:
        return None
    if len(array.shape) > 2 or array.dtype.kind == "O":
        return _numpy(array, "ndarray", at)
    shown = value.to_pandas()
    return _pandas(shown, type(shown).__name__, at)


def _sparse(value: Any, _name: str, _at: Sequence[int]) -> Source | None:
    from .sparse_source import SparseSource

    return SparseSource(value) if len(value.shape) == 2 else None


_LIBRARIES: dict[tuple[str, str], Callable[[Any, str, Sequence[int]], Source | None]] = {
    ("pandas", "DataFrame"): _pandas,
    ("pandas", "Series"): _pandas,
    ("polars", "DataFrame"): _polars,
    ("polars", "Series"): _polars,
    ("pyarrow", "Table"): _arrow,
    ("pyarrow", "RecordBatch"): _arrow,
    ("numpy", "ndarray"): _numpy,
    ("xarray", "DataArray"): _xarray,
    **{("scipy.sparse", name): _sparse for name in known_libraries.SPARSE},
}
