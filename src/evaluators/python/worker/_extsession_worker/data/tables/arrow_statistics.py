"""Statistics of columns of Arrow."""

from __future__ import annotations

import sys

from ... import TYPE_CHECKING
from ...pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from .. import statistics
from . import numpy_source, numpy_statistics
from .arrow_source import column_cells

if TYPE_CHECKING:
    from typing import Any

    from ..statistics import Summary

_NUMBERS = ("int", "uint", "float", "double", "halffloat", "date", "timestamp", "duration")
_COUNTED = ("string", "large_string", "bool", "binary", "large_binary", "time32", "time64", "decimal", "timestamp")


def is_known(array: Any) -> bool:
    name = str(array.type)
    return _is_number(array) or (name.startswith(_COUNTED) and not name.endswith("_view"))


def of(array: Any) -> Summary:
    """Of a chunked array."""
    if _is_number(array):
        found = numpy_statistics.of(
            array.drop_null().to_numpy(), lambda values: numpy_source.texts(values, statistics.LIMIT)
        )
        return {**found, "missing": found["missing"] + array.null_count}
    counted = array.drop_null().value_counts()
    values, counts = counted.field("values"), counted.field("counts").to_pylist()
    order = sorted(range(len(counts)), key=counts.__getitem__, reverse=True)[: statistics.MOST_TOP]
    top = column_cells(values, order, statistics.LIMIT)
    return {
        "missing": array.null_count,
        "distinct": len(counts),
        "facts": [],
        "histogram": [],
        "top": [[cell, counts[at]] for cell, at in zip(top, order)],
    }


def _is_number(array: Any) -> bool:
    """Whether NumPy, which is there in most cases, has such values."""
    has_zone = getattr(array.type, "tz", None) is not None
    return "numpy" in sys.modules and str(array.type).startswith(_NUMBERS) and not has_zone
