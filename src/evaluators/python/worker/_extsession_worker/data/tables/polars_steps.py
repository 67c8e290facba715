"""Sorts and filters frames of polars with polars."""

from __future__ import annotations

import sys

from ... import TYPE_CHECKING
from ...pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from .. import steps

if TYPE_CHECKING:
    from typing import Any

    from ...link.data_messages import DataFilter, DataSort
    from .polars_source import PolarsSource


def arrange(source: PolarsSource, filters: list[DataFilter], sort: list[DataSort]) -> Any:
    polars = sys.modules["polars"].__dict__
    # Columns that are named by us cannot have the same name.
    keys = {"k%d" % at: _key(source, key["column"]) for at, key in enumerate(sort)}
    frame = polars["DataFrame"]({"row": polars["int_range"](source.rows, eager=True), **keys})
    for at, one in enumerate(filters):
        frame = frame.with_columns(_mask(source, one).alias("f%d" % at))
    for at in range(len(filters)):
        frame = frame.filter(polars["col"]("f%d" % at))
    if sort:
        down = [key["descending"] for key in sort]
        frame = frame.sort(list(keys), descending=down, nulls_last=True, maintain_order=True)
    return frame.to_series(0)


def _key(source: PolarsSource, column: int) -> Any:
    series = source.series(column)
    if source.is_plain(column):
        return series.fill_nan(None) if series.dtype.is_float() else series
    missing = steps.mask(source, {"column": column, "test": "missing"})
    values = [None if gone else rank for gone, rank in zip(missing, steps.ranks(source, column))]
    return sys.modules["polars"].__dict__["Series"](values, dtype=sys.modules["polars"].__dict__["Int64"])


def _mask(source: PolarsSource, one: DataFilter) -> Any:
    polars = sys.modules["polars"].__dict__
    column, test, value = one["column"], one["test"], one.get("value", "")
    if test == "expression":
        return source.mask(value)
    series = source.series(column) if column >= 0 else None
    name = "" if series is None else type(series.dtype).__name__
    is_number = series is not None and series.dtype.is_numeric() and name != "Decimal"
    if series is not None and name in ("Datetime", "Date") and test in steps.COMPARISONS:
        return _time_mask(series, one)
    if series is None or not (is_number or name == "String"):
        return polars["Series"](steps.mask(source, one), dtype=polars["Boolean"])
    missing = series.is_null() | series.is_nan() if series.dtype.is_float() else series.is_null()
    if test in ("missing", "present"):
        return missing if test == "missing" else ~missing
    if test == "contains":
        texts = series.cast(polars["String"]).str.to_lowercase()
        return texts.str.contains(value.lower(), literal=True).fill_null(False)
    number = steps.as_number(value)
    if is_number and number is None:
        raise steps.ValueProblem(value)
    found = steps.COMPARISONS[test](series, number if is_number else value)
    return found.fill_null(False) & ~missing


def _time_mask(series: Any, one: DataFilter) -> Any:
    """Compares with a time as it is shown, in the zone of the column."""
    value = one.get("value", "")
    try:
        time = sys.modules["datetime"].__dict__["datetime"].fromisoformat(value.strip())
    except ValueError as error:
        raise steps.ValueProblem(value) from error
    if type(series.dtype).__name__ == "Date":
        series = series.cast(sys.modules["polars"].__dict__["Datetime"])
    elif series.dtype.time_zone is not None and time.tzinfo is None:
        series = series.dt.replace_time_zone(None)
    return steps.COMPARISONS[one["test"]](series, time).fill_null(False)
