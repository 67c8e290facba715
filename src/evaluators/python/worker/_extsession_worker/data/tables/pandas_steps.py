"""Sorts and filters frames of pandas with pandas."""

from __future__ import annotations

import sys

from ... import TYPE_CHECKING
from ...pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from .. import steps
from . import numpy_steps

if TYPE_CHECKING:
    from typing import Any

    from ...link.data_messages import DataFilter, DataSort
    from .pandas_source import PandasSource


def arrange(source: PandasSource, filters: list[DataFilter], sort: list[DataSort]) -> Any:
    rows = numpy_steps.passing(source, filters, _mask)
    for key in reversed(sort):
        series = _series(source, key["column"]).take(rows).reset_index(drop=True)
        ordered = series.sort_values(ascending=not key["descending"], kind="stable", na_position="last")
        rows = rows[ordered.index.to_numpy()]
    return rows


def _series(source: PandasSource, column: int) -> Any:
    """The values of a column, or numbers for objects: to compare objects could run code of the user's."""
    if source.is_plain(column):
        return source.series(column)
    missing = steps.mask(source, {"column": column, "test": "missing"})
    values = [float("nan") if gone else rank for gone, rank in zip(missing, steps.ranks(source, column))]
    return sys.modules["pandas"].__dict__["Series"](values, dtype="float64")


def _mask(source: PandasSource, one: DataFilter) -> Any:
    numpy = sys.modules["numpy"].__dict__
    if one["test"] == "expression":
        return source.mask(one.get("value", ""))
    if one["column"] < 0:
        found = numpy["zeros"](source.rows, dtype=bool)
        for column in range(source.columns):
            found |= _mask(source, {**one, "column": column})
        return found
    if not source.is_plain(one["column"]):
        return numpy["array"](steps.mask(source, one), dtype=bool)
    series = source.series(one["column"])
    test = one["test"]
    if test in ("missing", "present"):
        return series.isna().to_numpy() == (test == "missing")
    kind = getattr(series.dtype, "kind", "O")
    if test == "contains" or kind not in "biufmM":
        return _text_mask(source, series, one)
    compared = steps.COMPARISONS[test](series, _parsed(one.get("value", ""), kind, series))
    return (compared & series.notna()).to_numpy(dtype=bool, na_value=False)


def _text_mask(source: PandasSource, series: Any, one: DataFilter) -> Any:
    numpy = sys.modules["numpy"].__dict__
    value, test = one.get("value", ""), one["test"]
    if str(series.dtype) not in ("str", "string"):
        return numpy["array"](steps.mask(source, one), dtype=bool)
    if test == "contains":
        return series.str.contains(value, case=False, regex=False, na=False).to_numpy(dtype=bool)
    compared = steps.COMPARISONS[test](series, value)
    return (compared & series.notna()).to_numpy(dtype=bool, na_value=False)


def _parsed(text: str, kind: str, series: Any) -> Any:
    pandas = sys.modules["pandas"].__dict__
    try:
        if kind == "b":
            return {"true": True, "1": True, "false": False, "0": False}[text.strip().lower()]
        if kind == "m":
            return pandas["Timedelta"](text)
        if kind == "M":
            time = pandas["Timestamp"](text)
            zone = getattr(series.dtype, "tz", None)
            return time.tz_localize(zone) if zone is not None and time.tzinfo is None else time
    except (KeyError, ValueError) as error:
        raise steps.ValueProblem(text) from error
    number = steps.as_number(text)
    if number is None:
        raise steps.ValueProblem(text)
    return number
