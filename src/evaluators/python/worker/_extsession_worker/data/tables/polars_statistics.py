"""Statistics of columns of polars, by polars alone: NumPy need not be there."""

from __future__ import annotations

from ... import TYPE_CHECKING
from ...pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from .. import statistics
from .polars_source import column_cells

if TYPE_CHECKING:
    from typing import Any

    from ..statistics import Summary

_TIMES = ("Date", "Datetime", "Duration", "Time")
_COUNTED = ("String", "Boolean", "Categorical", "Enum", "Binary")


def is_known(series: Any) -> bool:
    return _is_number(series) or type(series.dtype).__name__ in (*_TIMES, *_COUNTED)


def of(series: Any) -> Summary:
    series = series.alias("v")
    known = series.drop_nulls()
    if series.dtype.is_float():
        known = known.filter(known.is_not_nan())
    counts = known.value_counts(sort=True)
    top = counts.head(statistics.MOST_TOP)
    cells = column_cells(top.to_series(0), statistics.LIMIT)
    found: Summary = {
        "missing": len(series) - len(known),
        "distinct": len(counts),
        "facts": [],
        "histogram": [],
        "top": [[cell, count] for cell, count in zip(cells, top.to_series(1).to_list())],
    }
    if len(known) and type(series.dtype).__name__ not in _COUNTED:
        known = known.sort()
        found["facts"] = _numbers(known) if _is_number(series) else _times(known)
        found["histogram"] = _histogram(known)
    return found


def _is_number(series: Any) -> bool:
    return type(series.dtype).__name__.startswith(("Int", "UInt", "Float"))


def _numbers(known: Any) -> list[list[str]]:
    found = statistics.facts(lambda at: known[at], len(known))
    for at in (0, -1):  # in the fewest digits, also those of 32 bits
        cell = column_cells(known[[at]], statistics.LIMIT)[0]
        found[at][1] = cell if type(cell) is str else cell[1]
    found.append(["mean", repr(known.mean())])
    return [*found, ["deviation", repr(known.std())]] if len(known) > 1 else found


def _times(known: Any) -> list[list[str]]:
    """A time between two others would be none of the column."""
    places = [int((len(known) - 1) * share) for _, share in statistics.QUANTILES]
    cells = column_cells(known[places], statistics.LIMIT)
    return [[name, cell if type(cell) is str else cell[1]] for (name, _), cell in zip(statistics.QUANTILES, cells)]


def _histogram(known: Any) -> list[int]:
    numbers = known if _is_number(known) else known.to_physical()
    if numbers.dtype.is_float():
        numbers = numbers.filter(numbers.is_finite())
    if len(numbers) == 0:
        return []
    low, high = numbers[0], numbers[-1]
    bins, width = statistics.spans(low, high, not numbers.dtype.is_float())
    if not 0 < width < float("inf"):
        return []
    edges = [low + width * at for at in range(1, bins)]
    ends = [int(numbers.search_sorted(edge, side="left")) for edge in edges]
    return [after - before for before, after in zip([0, *ends], [*ends, len(numbers)])]
