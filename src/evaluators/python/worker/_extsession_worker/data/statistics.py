"""What there is to tell of a column: how much is missing, distinct, smallest, largest and most frequent.

Here it is told from cells alone, which is slow, but holds for values of all kinds. Sources whose library does it faster
do so for columns that hold no objects of Python.
"""

from __future__ import annotations

from .. import TYPE_CHECKING
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from . import steps

if TYPE_CHECKING:
    from typing import Any, Callable, Dict, Tuple

    from ..link.data_messages import DataStatistics
    from .cells import Cell
    from .sources import Rows, Source

    Summary = Dict[str, Any]
    Counts = Dict[Tuple[str, str], int]

MOST_TOP = 10
BINS = 20
QUANTILES = (("min", 0.0), ("quarter", 0.25), ("median", 0.5), ("threeQuarters", 0.75), ("max", 1.0))
_MOST_DISTINCT = 1_000_000
_AT_ONCE = 10_000
LIMIT = 200  # characters of a value


def of(source: Source, column: int, arranged: Any) -> DataStatistics:
    """Of the rows in `arranged`, or of all if it is None."""
    found: Any = {
        "head": source.head(column),
        "rows": source.rows if arranged is None else len(arranged),
        **source.statistics(column, arranged),
    }
    return found


def of_cells(source: Source, column: int, arranged: Any) -> Summary:
    counts: Counts = {}
    missing, is_more = 0, False
    count = source.rows if arranged is None else len(arranged)
    for start in range(0, count, _AT_ONCE):
        for cell in source.read(column, _rows(arranged, start, min(count, start + _AT_ONCE)), LIMIT):
            if steps.is_missing(cell):
                missing += 1
                continue
            key = ("", cell) if type(cell) is str else (cell[0], cell[1])
            if key in counts or len(counts) < _MOST_DISTINCT:
                counts[key] = counts.get(key, 0) + 1
            else:
                is_more = True
    found: Summary = {"missing": missing, "distinct": len(counts), "facts": [], "histogram": [], "top": _top(counts)}
    if is_more:
        found["isMore"] = True
    elif counts:
        found.update(_of_numbers(counts, source.head(column)[2] == "n"))
    return found


def _rows(arranged: Any, start: int, stop: int) -> Rows:
    if arranged is None:
        return range(start, stop)
    part: Any = arranged[start:stop]
    return part.tolist() if hasattr(part, "tolist") else list(part)


def _top(counts: Counts) -> list[Any]:
    names = sorted(counts, key=counts.__getitem__, reverse=True)[:MOST_TOP]
    return [[_cell(name), counts[name]] for name in names]


def _cell(name: tuple[str, str]) -> Cell:
    return list(name) if name[0] else name[1]


def _of_numbers(counts: Counts, is_column_of_numbers: bool) -> Summary:
    """The facts of values that are all numbers; nothing for others."""
    numbers: list[tuple[float, int]] = []
    for (mark, text), count in counts.items():
        number = steps.as_number(text) if mark == "n" or (mark == "" and is_column_of_numbers) else None
        if number is None:
            return {}
        numbers.append((number, count))
    numbers.sort()
    ends: list[int] = []
    for _, count in numbers:
        ends.append(count + (ends[-1] if ends else 0))
    return {
        "facts": facts(lambda at: _at(numbers, ends, at), ends[-1]) + _moments(numbers, ends[-1]),
        "histogram": _histogram(numbers),
    }


def _at(numbers: list[tuple[float, int]], ends: list[int], at: int) -> float:
    low, high = 0, len(ends) - 1
    while low < high:
        middle = (low + high) // 2
        if ends[middle] > at:
            high = middle
        else:
            low = middle + 1
    return numbers[low][0]


def facts(value: Callable[[int], Any], count: int) -> list[list[str]]:
    """The quantiles of numbers; `value` tells the one at a position among all that are sorted."""
    return [[name, repr(quantile(value, count, share))] for name, share in QUANTILES]


def quantile(value: Callable[[int], Any], count: int, share: float) -> Any:
    """Between the two values that are nearest, as pandas and NumPy have it."""
    place = (count - 1) * share
    below = int(place)
    low, high = value(below), value(min(below + 1, count - 1))
    return low if place == below or low == high else low + (high - low) * (place - below)


def _moments(numbers: list[tuple[float, int]], count: int) -> list[list[str]]:
    mean = sum(number * times for number, times in numbers) / count
    found = [["mean", repr(mean)]]
    if count > 1:
        squares = sum((number - mean) ** 2 * times for number, times in numbers)
        found.append(["deviation", repr((squares / (count - 1)) ** 0.5)])
    return found


def _histogram(numbers: list[tuple[float, int]]) -> list[int]:
    low, high = numbers[0][0], numbers[-1][0]
    bins, width = spans(low, high, all(type(number) is int for number, _ in numbers))
    if not 0 < width < float("inf") or high in (float("inf"), float("-inf")):
        return []
    found = [0] * bins
    for number, count in numbers:
        found[min(bins - 1, int((number - low) / width))] += count
    return found


def spans(low: Any, high: Any, are_integers: bool) -> tuple[int, Any]:
    """How many spans of equal width a histogram has, and how wide they are: one for each of a few integers."""
    if are_integers and high - low < BINS:
        return int(high - low) + 1, 1
    return (BINS, (high - low) / BINS) if high > low else (1, 1.0)
