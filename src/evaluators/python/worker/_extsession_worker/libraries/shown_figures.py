"""Figures that were shown can be drawn again, in formats for printing, for as long as the session has them.

Only weak references to them are kept.
"""

from __future__ import annotations

import os
from io import BytesIO
from weakref import ref

from .. import TYPE_CHECKING
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MIME = "application/vnd.extsession.figure"  # the name of the figure
_MOST = 200  # as many as the Plots view has
_MOST_BYTES = 64 << 20  # of a drawing
_process = os.urandom(8).hex()  # no name means a figure of another process
_shown: dict[str, ref[Figure]] = {}
_last = 0


class LargeDrawing(Exception):
    """It has too many bytes."""


class _Target(BytesIO):
    def write(self, data: bytes) -> int:  # pyright: ignore[reportIncompatibleMethodOverride]
        if self.tell() + len(data) > _MOST_BYTES:
            raise LargeDrawing
        return super().write(data)


def remember(figure: Figure) -> str:
    """The name by which the host asks for it."""
    global _last
    for name in [name for name, shown in _shown.items() if shown() is None]:
        del _shown[name]
    _last += 1
    name = "%s-%d" % (_process, _last)
    _shown[name] = ref(figure)
    while len(_shown) > _MOST:
        del _shown[next(iter(_shown))]
    return name


def find(name: str) -> Figure:
    """Raises LookupError when it is gone."""
    figure = _shown[name]()
    if figure is None:
        raise LookupError
    return figure


def drawn(figure: Figure, image_format: str) -> bytes:
    """As it is now, at its own size. Raises LargeDrawing, and what the drawing of it raises."""
    from .figures import draw

    target = _Target()
    draw(figure, target, image_format)
    return target.getvalue()
