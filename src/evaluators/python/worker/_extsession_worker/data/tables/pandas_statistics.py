"""Statistics of columns of pandas that hold no objects of Python."""

from __future__ import annotations

import sys

from ... import TYPE_CHECKING
from ...pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from .. import statistics
from ..cells import typed_cells
from . import numpy_source, numpy_statistics

if TYPE_CHECKING:
    from typing import Any

    from ..cells import Cell
    from ..statistics import Summary


def of(series: Any) -> Summary:
    kind = getattr(series.dtype, "kind", "O")
    known = series.dropna()
    missing = len(series) - len(known)
    if kind in "iufmM":
        found = _of_numbers(known, kind)
        return {**found, "missing": missing + found["missing"]}
    counts = known.value_counts()
    top = counts.head(statistics.MOST_TOP)
    values = typed_cells(list(top.index), statistics.LIMIT)
    return {
        "missing": missing,
        "distinct": len(counts),
        "facts": [],
        "histogram": [],
        "top": [[cell, int(count)] for cell, count in zip(values, top.to_list())],
    }


def _of_numbers(known: Any, kind: str) -> Summary:
    zone = getattr(known.dtype, "tz", None)
    if zone is not None:
        plain = known.dt.tz_convert("UTC").dt.tz_localize(None).to_numpy()
    elif kind in "iuf":
        plain = known.to_numpy(dtype=getattr(known.dtype, "numpy_dtype", None))
    else:
        plain = known.to_numpy()

    def texts(values: Any) -> list[Cell]:
        if kind not in "mM":
            return numpy_source.texts(values, statistics.LIMIT)
        part = sys.modules["pandas"].__dict__["Series"](values)
        if zone is not None:
            part = part.dt.tz_localize("UTC").dt.tz_convert(zone)
        return typed_cells(list(part), statistics.LIMIT)

    if not numpy_statistics.is_known(plain):
        plain = plain.astype("float64")
    return numpy_statistics.of(plain, texts)
