"""Sorts and filters arrays of NumPy with NumPy."""

from __future__ import annotations

import sys

from ... import TYPE_CHECKING
from ...pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from .. import steps

if TYPE_CHECKING:
    from typing import Any, Callable, TypeVar

    from ...link.data_messages import DataFilter, DataSort
    from ..sources import Source
    from .numpy_source import ArraySource

    _Source = TypeVar("_Source", bound=Source)

_SORTED = "biufmMSU"


def arrange(source: ArraySource, filters: list[DataFilter], sort: list[DataSort]) -> Any:
    rows = passing(source, filters, _mask)
    for key in reversed(sort):
        rows = rows[_order(_keys(source, key["column"])[rows], key["descending"])]
    return rows


def passing(source: _Source, filters: list[DataFilter], mask: Callable[[_Source, DataFilter], Any]) -> Any:
    """The rows that pass all filters; `mask` tells for each row whether it passes one."""
    numpy = sys.modules["numpy"].__dict__
    passes = numpy["ones"](source.rows, dtype=bool)
    for one in filters:
        passes &= mask(source, one)
    return numpy["flatnonzero"](passes)


def _keys(source: ArraySource, column: int) -> Any:
    values, hidden = source.values(column), source.hidden(column)
    if len(values.shape) == 1 and values.dtype.kind in _SORTED and hidden is None:
        return values
    numpy = sys.modules["numpy"].__dict__
    ranks = numpy["array"](steps.ranks(source, column), dtype="float64")
    missing = numpy["array"](steps.mask(source, {"column": column, "test": "missing"}), dtype=bool)
    ranks[missing] = float("nan")
    return ranks


def _order(values: Any, descending: bool) -> Any:
    """A stable one, with what is missing at the end."""
    numpy = sys.modules["numpy"].__dict__
    if descending:
        order = (len(values) - 1 - numpy["argsort"](values[::-1], kind="stable"))[::-1]
    else:
        order = numpy["argsort"](values, kind="stable")
    if values.dtype.kind not in "fmM":
        return order
    missing = _is_missing(values)[order]
    return numpy["concatenate"]((order[~missing], order[missing]))


def _is_missing(values: Any) -> Any:
    numpy = sys.modules["numpy"].__dict__
    return values != values if values.dtype.kind == "f" else numpy["isnat"](values)


def _mask(source: ArraySource, one: DataFilter) -> Any:
    numpy = sys.modules["numpy"].__dict__
    column, test = one["column"], one["test"]
    if test == "expression":
        return numpy["array"](source.mask(one.get("value", "")), dtype=bool)
    values = source.values(column) if column >= 0 else None
    if values is None or len(values.shape) > 1 or values.dtype.kind not in "iuf" or test == "contains":
        return numpy["array"](steps.mask(source, one), dtype=bool)
    missing = values != values
    hidden = source.hidden(column)
    if hidden is not None:
        missing |= hidden
    if test in ("missing", "present"):
        return missing == (test == "missing")
    number = steps.as_number(one.get("value", ""))
    if number is None:
        raise steps.ValueProblem(one.get("value", ""))
    return steps.COMPARISONS[test](values, number) & ~missing
