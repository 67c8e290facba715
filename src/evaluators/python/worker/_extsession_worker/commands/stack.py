"""Where the main thread is, as a traceback; asked for while a command does not react."""

from __future__ import annotations

import sys

from ..own_code import FOLDER, START_FILE
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it

_MOST_FRAMES = 50


def of_thread(ident: int) -> str:
    """The Python frames of a thread, the innermost last; empty when none are of user code."""
    frame = sys._current_frames().get(ident)  # pyright: ignore[reportPrivateUsage]  # documented all the same
    lines: list[str] = []
    while frame is not None and len(lines) < _MOST_FRAMES:
        code = frame.f_code
        if not code.co_filename.startswith(FOLDER) and code.co_filename != START_FILE:
            lines.append('  File "%s", line %d, in %s' % (code.co_filename, frame.f_lineno or 0, code.co_name))
        frame = frame.f_back
    return "\n".join(reversed(lines))
