"""Arrays of NumPy. Those of more than two dimensions are seen a slice at a time."""

from __future__ import annotations

from ... import TYPE_CHECKING
from ...pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from ..cells import cells, floating, integer, text
from ..expressions import attempt, of_numpy
from ..sources import Source

if TYPE_CHECKING:
    from typing import Any, Sequence

    from ...link.data_messages import DataFilter, DataSort
    from ..cells import Cell
    from ..sources import Head, Rows
    from ..statistics import Summary


def of(array: Any, at: Sequence[int]) -> ArraySource | None:
    shape = array.shape
    if not shape:
        return None
    if array.dtype.names:
        return _Records(array) if len(shape) == 1 else None
    if len(shape) <= 2:
        return Array(array, ())
    leading = shape[:-2]
    known = [min(max(0, one), size - 1) for one, size in zip([*at, *[0] * len(leading)], leading)]
    # Where a dimension has no elements, there is no slice to look at.
    return Array(array[tuple(known)], shape) if 0 not in leading else Array(array.reshape(0, shape[-1]), shape)


class ArraySource(Source):
    def values(self, column: int) -> Any:
        raise NotImplementedError

    def hidden(self, _column: int) -> Any:
        """Which values are masked, as an array; None where none can be."""
        return None

    def arrange(self, filters: list[DataFilter], sort: list[DataSort]) -> Any:
        from . import numpy_steps

        return numpy_steps.arrange(self, filters, sort)

    def statistics(self, column: int, arranged: Any) -> Summary:
        from .. import statistics
        from . import numpy_statistics

        values = self.values(column)
        if not numpy_statistics.is_known(values):
            return super().statistics(column, arranged)
        return numpy_statistics.of(
            values if arranged is None else values[arranged], lambda some: texts(some, statistics.LIMIT)
        )

    def value(self, column: int, row: int) -> object:
        return self.values(column)[row]

    def mask(self, expression: str) -> Any:
        return attempt(lambda: of_numpy(expression, self.namespace, self.names()), self.rows)

    def names(self) -> dict[str, Any]:
        """What expressions call the array, or its columns."""
        raise NotImplementedError


class Array(ArraySource):
    def __init__(self, array: Any, shape: Sequence[int]) -> None:
        self._array = array
        self.shape = shape
        self.rows = array.shape[0]
        self.columns = array.shape[1] if len(array.shape) > 1 else 1

    def head(self, column: int) -> Head:
        name = "[%d]" % column if len(self._array.shape) > 1 else "value"
        return [name, str(self._array.dtype), alignment(self._array.dtype)]

    def read(self, column: int, rows: Rows, limit: int) -> list[Cell]:
        values = self.values(column)
        return texts(values[rows.start : rows.stop] if type(rows) is range else values[rows], limit)

    def names(self) -> dict[str, Any]:
        return {"value": self._array}

    def values(self, column: int) -> Any:
        return self._array[:, column] if len(self._array.shape) > 1 else self._array


class _Records(ArraySource):
    def __init__(self, array: Any) -> None:
        self._array = array
        self._names = list(array.dtype.names)
        self.rows = array.shape[0]
        self.columns = len(self._names)

    def head(self, column: int) -> Head:
        dtype = self._array.dtype[column]
        return [self._names[column], str(dtype), alignment(dtype)]

    def read(self, column: int, rows: Rows, limit: int) -> list[Cell]:
        values = self.values(column)
        values = values[rows.start : rows.stop] if type(rows) is range else values[rows]
        if len(values.shape) > 1 or values.dtype.names:  # a field that is an array, or has fields
            return cells(values.tolist(), limit)
        return texts(values, limit)

    def names(self) -> dict[str, Any]:
        return {name: self._array[name] for name in self._names}

    def values(self, column: int) -> Any:
        return self._array[self._names[column]]


def alignment(dtype: Any) -> str:
    return "n" if dtype.kind in "iufc" else "t"


def texts(values: Any, limit: int) -> list[Cell]:
    """The cells of an array of one dimension, which is short."""
    kind = values.dtype.kind
    if kind in "iu":
        return [integer(one) for one in values.tolist()]
    if kind == "b":
        return ["True" if one else "False" for one in values.tolist()]
    if kind == "f" and values.dtype.itemsize == 8:
        return [floating(one) for one in values.tolist()]
    if kind in "fc":  # each in the fewest digits that tell it from its neighbours
        return [["m", "NaN"] if one != one else str(one) for one in values]
    if kind == "M":
        return [_date(str(one)) for one in values]
    if kind == "m":
        return [["m", "NaT"] if str(one) == "NaT" else str(one) for one in values]
    if kind == "U":
        return [text(one, limit) for one in values.tolist()]
    if kind == "S":
        return [text(repr(one), limit) for one in values.tolist()]
    if kind == "O":
        return cells(values.tolist(), limit)
    return [["o", str(values.dtype)] for _ in range(len(values))]


def _date(written: str) -> Cell:
    if written == "NaT":
        return ["m", "NaT"]
    written = written.replace("T", " ")
    return written.rstrip("0").rstrip(".") if "." in written else written
