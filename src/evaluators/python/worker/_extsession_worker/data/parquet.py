"""A table as a file of Parquet, made by its library, which the host takes in pieces."""

from __future__ import annotations

import sys
from binascii import b2a_base64
from io import BytesIO

from .. import TYPE_CHECKING
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it

if TYPE_CHECKING:
    from typing import Any

_PIECE = 3 << 20
_made = b""


class NoParquet(Exception):
    """There is no such file of this table; the text says why, if there is more to say."""


def make(value: Any, arranged: Any) -> int:
    """Of the rows in `arranged`, or of all if it is None. Returns how many bytes there are. Raises NoParquet."""
    global _made
    _made = b""
    module = type(value).__module__.split(".")[0]
    writer = _WRITERS.get(module)
    if writer is None:
        raise NoParquet
    target = BytesIO()
    try:
        writer(value, arranged, target)
    except Exception as error:  # of a library, or that there is none
        raise NoParquet("%s: %s" % (type(error).__name__, error)) from None
    _made = target.getvalue()
    return len(_made)


def piece(offset: int) -> str:
    """Some bytes in base64. With the last ones, nothing is kept any more."""
    global _made
    found = _made[offset : offset + _PIECE]
    if offset + _PIECE >= len(_made):
        _made = b""
    return b2a_base64(found, newline=False).decode("ascii")


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
