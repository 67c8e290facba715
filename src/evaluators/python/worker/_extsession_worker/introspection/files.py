"""Files, for a host on another machine: the text of those that errors come from, and those that it sends."""

from __future__ import annotations

import sys
from _frozen_importlib_external import FileFinder
from os import makedirs, remove, replace, stat
from os.path import dirname, exists

from .. import TYPE_CHECKING
from ..imports import standard_library_first
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it

if TYPE_CHECKING:
    from ..link.question_messages import FileText

_MOST_BYTES = 2_000_000
_KIND, _REGULAR = 0o170000, 0o100000  # of `st_mode`


def text_of(path: str) -> FileText:
    try:
        data = _bytes_of(path)
    except (FileNotFoundError, NotADirectoryError, ValueError):  # ValueError: no system has such a path
        return {"problem": "missing"}
    except OSError:
        return {"problem": "denied"}
    if data is None:
        return {"problem": "large"}
    return {"problem": "binary"} if b"\0" in data else {"text": data.decode("utf-8", "replace")}


def digests_of(paths: list[str]) -> list[str | None]:
    """Their SHA-256. None for what is not there, and an empty text for what cannot be compared."""
    with standard_library_first():
        from hashlib import sha256

    def digest_of(path: str) -> str | None:
        try:
            data = _bytes_of(path)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError:
            return ""
        return "" if data is None else sha256(data).hexdigest()

    return [digest_of(path) for path in paths]


def save(path: str, data: str) -> str:
    """Writes a file, given in Base64, and makes its folders. Returns what is wrong, or an empty text."""
    from binascii import a2b_base64

    unfinished = path + ".extsession-part"
    try:
        makedirs(dirname(path), exist_ok=True)
        with open(unfinished, "wb") as file:
            file.write(a2b_base64(data))
        replace(unfinished, path)
    except OSError as error:
        if exists(unfinished):
            remove(unfinished)
        return str(error)
    for finder in list(sys.path_importer_cache.values()):
        if type(finder) is FileFinder:  # it may have looked into the folder a moment ago
            finder.invalidate_caches()
    return ""


def _bytes_of(path: str) -> bytes | None:
    """None if there are too many. Raises OSError."""
    status = stat(path)
    if status.st_mode & _KIND != _REGULAR:  # reading anything else could last forever
        raise FileNotFoundError
    if status.st_size > _MOST_BYTES:
        return None
    with open(path, "rb") as file:
        return file.read(_MOST_BYTES)
