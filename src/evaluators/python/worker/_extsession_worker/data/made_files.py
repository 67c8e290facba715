"""Files that were made for the host, which takes them in pieces."""

from __future__ import annotations

from binascii import b2a_base64

from .. import TYPE_CHECKING
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it

if TYPE_CHECKING:
    from ..link.data_messages import DataPlace

_PIECE = 3 << 20
_MOST = 4  # files that are kept at once; the oldest goes
_made: dict[int, tuple[DataPlace, bytes]] = {}  # by number: what a file is of, and its bytes
_last = 0


def keep(of: DataPlace, data: bytes) -> tuple[int, int]:
    """The number of the file, and its size."""
    global _last
    _last += 1
    _made[_last] = (of, data)
    while len(_made) > _MOST:
        del _made[min(_made)]
    return _last, len(data)


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
