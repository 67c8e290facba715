"""Tables as files of Parquet, made by their library."""

from __future__ import annotations

import sys
from io import BytesIO

from .. import TYPE_CHECKING
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it

if TYPE_CHECKING:
    from typing import Any

_LONGEST_REASON = 500


class NoParquet(Exception):
    """There is no such file of this table; the text says why, if there is more to say."""


def make(value: Any, arranged: Any) -> bytes:
    """Of the rows in `arranged`, or of all if it is None. Raises NoParquet."""
    module = type(value).__module__.split(".")[0]
    writer = _WRITERS.get(module)
    if writer is None:
        raise NoParquet
    target = BytesIO()
    try:
        writer(value, arranged, target)
    except Exception as error:  # of a library, or that there is none
        raise NoParquet("%s: %s" % (type(error).__name__, str(error)[:_LONGEST_REASON])) from None
    return target.getvalue()


def _pandas(value: Any, arranged: Any, target: BytesIO) -> None:
    frame = value.to_frame() if value.ndim == 1 else value
    (frame if arranged is None else frame.take(arranged)).to_parquet(target)


def _polars(value: Any, arranged: Any, target: BytesIO) -> None:
    frame = value if hasattr(value, "columns") else value.to_frame()
    (frame if arranged is None else frame[arranged]).write_parquet(target)


def _arrow(value: Any, arranged: Any, target: BytesIO) -> None:
    from importlib import import_module

    table = value
    if type(value).__name__ == "RecordBatch":
        table = sys.modules["pyarrow"].__dict__["Table"].from_batches([value])
    import_module("pyarrow.parquet").write_table(table if arranged is None else table.take(arranged), target)


_WRITERS = {"pandas": _pandas, "polars": _polars, "pyarrow": _arrow}
