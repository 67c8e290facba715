"""Tells which lines have allocated what a command holds at its end. It is written to the command's output."""

from __future__ import annotations

import sys

from .. import TYPE_CHECKING
from ..commands import interrupts
from ..own_code import FOLDER, START_FILE
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it

if TYPE_CHECKING:
    from typing import Any, Callable, Dict, Sequence, Tuple

    Places = Dict[Tuple[str, int], Tuple[int, int]]

_MOST_FRAMES = 10  # more take more memory themselves
_MOST_LINES = 20
_LEAST_SHARE = 200  # a line with less than that part of all is not told


def profiled(run: Callable[[], object], filename: str) -> object:
    """Runs a command of that file. Raises RuntimeError where code traces memory itself."""
    was_imported = "_tracemalloc" in sys.modules
    import _tracemalloc as tracer  # which is part of Python

    if tracer.is_tracing():
        raise RuntimeError("The session traces memory already. Call tracemalloc.stop() first.")
    tracer.start(_MOST_FRAMES)
    try:
        return run()
    finally:
        with interrupts.shield:
            now, most = tracer.get_traced_memory()
            traces = tracer._get_traces()  # pyright: ignore[reportPrivateUsage]
            tracer.stop()
            if not was_imported:
                del sys.modules["_tracemalloc"]
            print(_told(_by_place(traces, filename), now, most))


def _by_place(traces: Sequence[Any], filename: str) -> Places:
    """The size and the number of blocks of each line: the innermost one of the file, or of all."""
    places: Places = {}
    for _domain, size, frames, *_ in traces:
        shown = [frame for frame in frames if not frame[0].startswith((FOLDER, START_FILE))]
        if shown:
            place = next((frame for frame in shown if frame[0] == filename), shown[0])
            known = places.get(place, (0, 0))
            places[place] = (known[0] + size, known[1] + 1)
    return places


def _told(places: Places, now: int, most: int) -> str:
    lines = ["Memory: %s held at the end, %s at most" % (_text(now), _text(most))]
    ordered = sorted(places.items(), key=lambda item: item[1], reverse=True)
    for (file, line), (size, blocks) in ordered[:_MOST_LINES]:
        if size * _LEAST_SHARE >= now:
            lines.append('%9s in %d blocks: File "%s", line %d' % (_text(size), blocks, file, line))
    return "\n".join(lines)


def _text(size: int) -> str:
    return "%.1f MB" % (size / 1e6) if size >= 1e5 else "%.1f kB" % (size / 1e3)
