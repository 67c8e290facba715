"""Tables as files of Parquet, made by their library, which the host takes in pieces."""

from __future__ import annotations

import sys
from binascii import b2a_base64
from io import BytesIO

from .. import TYPE_CHECKING
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it

if TYPE_CHECKING:
    from typing import Any

    from ..link.data_messages import DataPlace

_PIECE = 3 << 20
_MOST = 4  # files that are kept at once; the oldest goes
_LONGEST_REASON = 500
_made: dict[int, tuple[DataPlace, bytes]] = {}  # by number: what a file is of, and its bytes
_last = 0


class NoParquet(Exception):
    """There is no such file of this table; the text says why, if there is more to say."""


def make(value: Any, arranged: Any, of: DataPlace) -> tuple[int, int]:
    """Of the rows in `arranged`, or of all if it is None. Returns the number and the size. Raises NoParquet."""
    global _last
    module = type(value).__module__.split(".")[0]
    writer = _WRITERS.get(module)
    if writer is None:
        raise NoParquet
    target = BytesIO()
    try:
        writer(value, arranged, target)
    except Exception as error:  # of a library, or that there is none
        raise NoParquet("%s: %s" % (type(error).__name__, str(error)[:_LONGEST_REASON])) from None
    _last += 1
    _made[_last] = (of, target.getvalue())
    while len(_made) > _MOST:
        del _made[min(_made)]
    return _last, len(_made[_last][1])


def piece(number: int, offset: int) -> str:
    """Some bytes in base64; none if the file is gone. It is not kept after the last ones."""
    _of, whole = _made.get(number, (None, b""))
    if offset + _PIECE >= len(whole):
        _made.pop(number, None)
    return b2a_base64(whole[offset : offset + _PIECE], newline=False).decode("ascii")


def release(of: DataPlace) -> None:
    """Nobody comes for the files of that table any more."""
    for number in [number for number, (place, _whole) in _made.items() if place == of]:
        del _made[number]


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
