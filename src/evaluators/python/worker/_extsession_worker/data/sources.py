"""Tables and arrays as sources of a grid: what is in which row and column."""

from __future__ import annotations

import sys

from .. import TYPE_CHECKING
from ..introspection import known_libraries, lookup, pandas_arrays, xarray_arrays
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from .cells import label
from .expressions import attempt, of_rows

if TYPE_CHECKING:
    from typing import Any, Callable, List, Optional, Sequence, Union

    from ..link.data_messages import DataFilter, DataSort
    from .cells import Cell
    from .statistics import Summary

    Make = Callable[[Any, str, Sequence[int]], Optional["Source"]]
    # The name of a column, its type, and 'n' if its values are numbers, else 't'.
    Head = List[str]
    Rows = Union[range, List[int]]


class Source:
    """A table. Rows and columns are counted from 0."""

    rows = 0
    columns = 0
    shape: Sequence[int] = ()  # of an array of more than two dimensions
    choices: Sequence[str] = ()  # what the value consists of, if it is several tables
    namespace: dict[str, object] = {}  # that of the session, for expressions

    def head(self, column: int) -> Head:
        raise NotImplementedError

    def read(self, column: int, rows: Rows, limit: int) -> list[Cell]:
        raise NotImplementedError

    def value(self, column: int, row: int) -> object:
        """What the cell shows, ABSENT or UNREADABLE."""
        raise NotImplementedError

    def block(self, column: int, start: int, stop: int) -> Sequence[object]:
        return [self.value(column, row) for row in range(start, stop)]

    def mask(self, expression: str) -> Any:
        """For each row whether it passes the expression. Raises ExpressionProblem."""
        return attempt(lambda: of_rows(self, expression), self.rows)

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


def of(value: Any, at: Sequence[int] = (), choice: int = 0) -> Source | None:
    """None for what is no table. `at` are the positions in the first dimensions of an array of more than two.

    `choice` is the variable of a data set of several.
    """
    kind = lookup.type_of(value)
    if kind is lookup.found_in("xarray", "Dataset"):
        return _dataset(value, at, choice)
    for (module_name, name), make in _LIBRARIES.items():
        if kind is lookup.found_in(module_name, name):
            return make(value, name, at)
    if kind is list or kind is tuple or kind is dict:
        from .tables import plain_source

        return plain_source.of(value)
    return _of_other(value, at)


def _of_other(value: Any, at: Sequence[int]) -> Source | None:
    """Kinds that are told by more than one class: arrays of Arrow and pandas, and containers like a list or dict."""
    if known_libraries.is_arrow_array(value):
        library = sys.modules["pyarrow"].__dict__
        return _arrow(library["Table"].from_arrays([value], names=["value"]), "Table", at)
    if known_libraries.is_pandas_array(value):
        series = sys.modules["pandas"].__dict__["Series"](value, name="value", copy=False)
        return _pandas(series.to_frame(), "DataFrame", at)
    from .tables import plain_source

    return plain_source.of_container(value)


def _pandas(value: Any, name: str, _at: Sequence[int]) -> Source | None:
    foreign = pandas_arrays.foreign(value)
    if foreign is None or (foreign and name == "Series"):
        return None
    from .tables.pandas_source import PandasSource

    return PandasSource(value.to_frame() if name == "Series" else value)


def _polars(value: Any, name: str, _at: Sequence[int]) -> Source:
    from .tables.polars_source import PolarsSource

    return PolarsSource(value.to_frame() if name == "Series" else value)


def _arrow(value: Any, _name: str, _at: Sequence[int]) -> Source:
    from .tables.arrow_source import ArrowSource

    return ArrowSource(value)


def _numpy(value: Any, _name: str, at: Sequence[int]) -> Source | None:
    from .tables import numpy_source

    return numpy_source.of(value, at)


def _xarray(value: Any, _name: str, at: Sequence[int]) -> Source | None:
    """With its coordinates where it has one or two dimensions; of more, or without pandas, as an array of NumPy."""
    array = xarray_arrays.data_of(value)
    if array is None or not array.shape:
        return None
    if len(array.shape) > 2 or array.dtype.kind == "O":
        return _numpy(array, "ndarray", at)
    shown = value.to_pandas()
    return _pandas(shown, type(shown).__name__, at)


def _dataset(value: Any, at: Sequence[int], choice: int) -> Source | None:
    """A variable of several; first those that are no coordinates. One that is a number is a table of one cell."""
    names = [*value.data_vars, *value.coords]
    if not names:
        return None
    chosen = value[names[min(choice, len(names) - 1)]]
    source = _xarray(chosen if chosen.ndim else chosen.expand_dims("value"), "DataArray", at)
    if source is not None:
        source.choices = [label(name) for name in names]
    return source


def _plain_view(value: Any, _name: str, at: Sequence[int]) -> Source | None:
    array = sys.modules["numpy"].__dict__["ndarray"]
    return _numpy(array.view(value, array), "ndarray", at)


def _masked(value: Any, _name: str, at: Sequence[int]) -> Source | None:
    from .tables import masked_source

    return masked_source.of(value, at)


def _index(value: Any, _name: str, _at: Sequence[int]) -> Source | None:
    from .tables import index_source

    return index_source.of(value)


def _torch(value: Any, _name: str, at: Sequence[int]) -> Source | None:
    from .tables import torch_source

    return torch_source.of(value, at)


def _sparse(value: Any, _name: str, _at: Sequence[int]) -> Source | None:
    from .tables.sparse_source import SparseSource

    return SparseSource(value) if len(value.shape) == 2 else None


_LIBRARIES: dict[tuple[str, str], Make] = {
    ("pandas", "DataFrame"): _pandas,
    ("pandas", "Series"): _pandas,
    ("polars", "DataFrame"): _polars,
    ("polars", "Series"): _polars,
    ("pyarrow", "Table"): _arrow,
    ("pyarrow", "RecordBatch"): _arrow,
    ("numpy", "ndarray"): _numpy,
    ("numpy", "recarray"): _plain_view,
    ("numpy", "matrix"): _plain_view,
    ("numpy.ma", "MaskedArray"): _masked,
    **{("pandas", name): _index for name in known_libraries.PANDAS_INDEXES},
    ("xarray", "DataArray"): _xarray,
    ("torch", "Tensor"): _torch,
    ("torch.nn", "Parameter"): _torch,
    **{("scipy.sparse", name): _sparse for name in known_libraries.SPARSE},
}
