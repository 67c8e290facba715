"""Frames of polars."""

from __future__ import annotations

import sys

from ... import TYPE_CHECKING
from ...pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from ..cells import cells, text, typed_cells
from ..expressions import attempt, of_polars
from ..sources import Source

if TYPE_CHECKING:
    from typing import Any

    from ...link.data_messages import DataFilter, DataSort
    from ..cells import Cell
    from ..sources import Head, Rows
    from ..statistics import Summary

_MOST_ITEMS = 21
# Their values in Python would lose digits.
_AS_TEXT = ("Float32", "Float16", "Datetime", "Duration", "Time")
# What a cast to text refuses, or loses the parts of a second of.
_WRITTEN = {"Duration": "polars", "Time": "%T%.f"}


class PolarsSource(Source):
    def __init__(self, frame: Any) -> None:
        self._frame = frame
        self.rows, self.columns = frame.shape

    def head(self, column: int) -> Head:
        series = self._frame.to_series(column)
        return [series.name, str(series.dtype), "n" if series.dtype.is_numeric() else "t"]

    def arrange(self, filters: list[DataFilter], sort: list[DataSort]) -> Any:
        from . import polars_steps

        return polars_steps.arrange(self, filters, sort)

    def statistics(self, column: int, arranged: Any) -> Summary:
        from . import polars_statistics

        series = self._frame.to_series(column)
        if not polars_statistics.is_known(series):
            return super().statistics(column, arranged)
        return polars_statistics.of(series if arranged is None else series.gather(arranged))

    def series(self, column: int) -> Any:
        return self._frame.to_series(column)

    def is_plain(self, column: int) -> bool:
        """Whether polars sorts its values, and by what the user sees."""
        return type(self.series(column).dtype).__name__ not in ("Object", "List", "Array", "Struct", "Null")

    def value(self, column: int, row: int) -> object:
        return self._frame.to_series(column)[row]

    def mask(self, expression: str) -> Any:
        return attempt(lambda: of_polars(self._frame, expression, self.namespace), self.rows)

    def read(self, column: int, rows: Rows, limit: int) -> list[Cell]:
        series = self._frame.to_series(column)
        part = series.slice(rows.start, len(rows)) if type(rows) is range else series.gather(rows)
        return column_cells(part, limit)


def column_cells(part: Any, limit: int) -> list[Cell]:
    """Those of a series, which is short."""
    name = type(part.dtype).__name__
    if name == "Object":
        return cells(part.to_list(), limit)
    if name == "List":  # a summary shows no more, and one may be long
        part = part.list.head(_MOST_ITEMS)
    if name in _AS_TEXT:
        return [["m", "null"] if one is None else _numeric(text(one, limit)) for one in _texts(part, name)]
    return [["m", "null"] if one == ["m", "None"] else one for one in typed_cells(part.to_list(), limit)]


def _texts(part: Any, name: str) -> list[str | None]:
    if name in _WRITTEN:
        try:
            return part.dt.to_string(_WRITTEN[name]).to_list()
        except Exception:  # older versions write durations by a cast only
            pass
    return part.cast(sys.modules["polars"].__dict__["String"]).to_list()


def _numeric(one: Cell) -> Cell:
    return ["m", "NaN"] if one == "NaN" else one
