"""Statistics of arrays of NumPy: the values are sorted once, and everything is read off them."""

from __future__ import annotations

import sys

from ... import TYPE_CHECKING
from ...pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from .. import statistics

if TYPE_CHECKING:
    from typing import Any, Callable

    from ..cells import Cell
    from ..statistics import Summary

    Texts = Callable[[Any], "list[Cell]"]

_KINDS = "biufmMUS"


def is_known(values: Any) -> bool:
    return len(values.shape) == 1 and values.dtype.kind in _KINDS and values.dtype.itemsize <= 1000


def _not_missing(values: Any) -> Any:
    """An index of those that are neither NaN nor NaT."""
    kind = values.dtype.kind
    if kind in "mM":
        return ~sys.modules["numpy"].__dict__["isnat"](values)
    return values == values if kind == "f" else slice(None)


def of(values: Any, texts: Texts) -> Summary:
    """Of an array of one dimension; `texts` makes cells of some of its values."""
    numpy = sys.modules["numpy"].__dict__
    known = numpy["sort"](values[_not_missing(values)])
    count = len(known)
    if count == 0:
        return {"missing": len(values), "distinct": 0, "facts": [], "histogram": [], "top": []}
    is_new = numpy["ones"](count, dtype=bool)
    is_new[1:] = known[1:] != known[:-1]
    starts = numpy["flatnonzero"](is_new)
    counts = numpy["diff"](numpy["append"](starts, count))
    order = numpy["argsort"](-counts, kind="stable")[: statistics.MOST_TOP]
    return {
        "missing": len(values) - count,
        "distinct": len(starts),
        "top": [[cell, int(n)] for cell, n in zip(texts(known[starts[order]]), counts[order])],
        "facts": _facts(known, texts),
        "histogram": _histogram(known),
    }


def _facts(known: Any, texts: Texts) -> list[list[str]]:
    kind, count = known.dtype.kind, len(known)
    if kind in "mM":  # a time between two others would be none of the column
        places = [int((count - 1) * share) for _, share in statistics.QUANTILES]
        cells = texts(known[places])
        return [[name, _text(cell)] for (name, _), cell in zip(statistics.QUANTILES, cells)]
    if kind not in "iuf":
        return []
    found: list[list[str]] = []
    for name, share in statistics.QUANTILES:
        value = statistics.quantile(lambda at: known[at].item(), count, share)
        is_own = share in (0.0, 1.0)  # in the fewest digits, also those of 32 bits
        found.append([name, _text(texts(known[[0 if share == 0 else -1]])[0]) if is_own else repr(value)])
    moments = [["mean", repr(float(known.mean(dtype="float64")))]]
    if count > 1:
        moments.append(["deviation", repr(float(known.std(dtype="float64", ddof=1)))])
    return found + moments


def _text(cell: Cell) -> str:
    return cell if type(cell) is str else cell[1]


def _histogram(known: Any) -> list[int]:
    numpy = sys.modules["numpy"].__dict__
    kind = known.dtype.kind
    if kind in "mM":
        known = known.view("int64")
    elif kind == "f":
        known = known[numpy["isfinite"](known)]
    if kind not in "iufmM" or len(known) == 0:
        return []
    low, high = known[0].item(), known[-1].item()
    bins, width = statistics.spans(low, high, kind != "f")
    if not 0 < width < float("inf"):
        return []
    edges = numpy["array"]([low + width * at for at in range(1, bins)], dtype="float64")
    ends = numpy["searchsorted"](known, edges, side="left")
    return [int(n) for n in numpy["diff"](numpy["concatenate"](([0], ends, [len(known)])))]
