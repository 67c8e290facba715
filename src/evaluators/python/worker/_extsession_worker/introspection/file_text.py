"""The text of a file, for a host on another machine that shows where an error was raised."""

from __future__ import annotations

from os import stat

from .. import TYPE_CHECKING
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it

if TYPE_CHECKING:
    from ..link.question_messages import FileText

_MOST_BYTES = 2_000_000
_KIND, _REGULAR = 0o170000, 0o100000  # of `st_mode`


def of(path: str) -> FileText:
    try:
        status = stat(path)
        if status.st_mode & _KIND != _REGULAR:  # reading anything else could last forever
            return {"problem": "missing"}
        if status.st_size > _MOST_BYTES:
            return {"problem": "large"}
        with open(path, "rb") as file:
            data = file.read(_MOST_BYTES)
    except (FileNotFoundError, NotADirectoryError, ValueError):  # ValueError: no system has such a path
        return {"problem": "missing"}
    except OSError:
        return {"problem": "denied"}
    return {"problem": "binary"} if b"\0" in data else {"text": data.decode("utf-8", "replace")}
