"""What was run under which file name and line, so that tracebacks, `inspect` and debuggers show it."""

from __future__ import annotations

from _collections import deque
from os import stat

from .. import TYPE_CHECKING
from ..imports import standard_library_first, when_imported
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it

if TYPE_CHECKING:
    from typing import Any, Protocol

    class _Linecache(Protocol):
        cache: dict[str, tuple[Any, ...]]

        def updatecache(self, filename: str) -> list[str]: ...


_KEPT = 4096  # commands whose source is remembered

_remembered: dict[str, tuple[int, str]] = {}  # the newest of each file name
_commands: deque[tuple[str, int, str]] = deque(maxlen=_KEPT)
_linecache: _Linecache | None = None


def remember(filename: str, first_line: int, source: str) -> None:
    """Keeps `source`, whose first line is line `first_line` of `filename`."""
    _remembered.pop(filename, None)
    _remembered[filename] = (first_line, source)
    _commands.append((filename, first_line, source))
    if len(_remembered) > _KEPT:
        oldest = next(iter(_remembered))
        del _remembered[oldest]
        if _linecache is not None:
            _linecache.cache.pop(oldest, None)
    if _linecache is not None:
        _publish(filename, first_line, source, _linecache)


def line_of(filename: str, number: int) -> str:
    """A line of the newest command that has run under that file name; empty if it is not in it."""
    first_line, source = _remembered.get(filename, (1, ""))
    lines = with_plain_ends(source).split("\n")
    return lines[number - first_line] if 0 <= number - first_line < len(lines) else ""


def was_run(filename: str) -> bool:
    """Whether a remembered command has run under that file name."""
    return filename in _remembered


def remembered_sources() -> list[tuple[str, str]]:
    """File names and sources of the commands, the newest first."""
    return [(filename, source) for filename, _line, source in reversed(_commands)]


def _publish(filename: str, first_line: int, source: str, linecache: _Linecache) -> None:
    lines = _lines_of(source)
    if first_line > 1 or not filename.startswith("<"):
        known = _lines_before(filename, linecache)
        known += ["\n"] * (first_line - 1 - len(known))
        known[first_line - 1 : first_line - 1 + len(lines)] = lines
        lines = known
    linecache.cache[filename] = (sum(map(len, lines)), None, lines, filename)


def _lines_of(source: str) -> list[str]:
    """As Python counts them: `splitlines` would also end one at a form feed, or at U+2028. Each has its end."""
    lines = with_plain_ends(source).split("\n")
    return [line + "\n" for line in lines[:-1] + [line for line in lines[-1:] if line]]


def with_plain_ends(source: str) -> str:
    return source.replace("\r\n", "\n").replace("\r", "\n")


def _lines_before(filename: str, linecache: _Linecache) -> list[str]:
    """The rest of the file: from earlier commands, else from disk, so that imported code of it shows too."""
    entry = linecache.cache.get(filename)
    if entry is not None and len(entry) == 4 and entry[1] is None:
        return list(entry[2])
    try:
        stat(filename)
        with standard_library_first():
            return list(linecache.updatecache(filename))
    except (OSError, ValueError):
        return []


def _adopt_linecache(module: Any) -> None:
    global _linecache
    _linecache = module
    for filename, first_line, source in list(_commands):
        if filename in _remembered:
            _publish(filename, first_line, source, module)


def publish() -> None:
    """Adopts `linecache` now, for a process in which nothing waits for its import."""
    with standard_library_first():
        import linecache

    if _linecache is None:
        _adopt_linecache(linecache)


def install() -> None:
    when_imported("linecache", _adopt_linecache)
