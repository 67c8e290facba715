"""What `extsession.view` shows, kept for as long as its grid is open."""

from __future__ import annotations

from .. import TYPE_CHECKING
from ..introspection import known_libraries, lookup
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from ..values import display
from . import sources

if TYPE_CHECKING:
    from typing import Any

MIME = "application/vnd.extsession.data+json"
_MOST = 100  # so many grids nobody has open; without a window, nobody closes one
_HINTS = (
    ("LazyFrame", "it has no rows yet; view the result of its collect()"),
    ("GroupBy", "it has no rows of its own; view the result of an aggregation"),
)
_objects: dict[int, object] = {}
_last = 0


def view(obj: Any, title: str | None = None) -> None:
    """Opens `obj`, a table or array, in an editor tab. Until that is closed, it shows `obj` as it is at the time.

    `title` is the name of the tab. Raises TypeError for what has no rows.
    """
    known_libraries.find()
    kind = lookup.type_name(lookup.type_of(obj))
    if sources.of(obj) is None:
        name = kind.rpartition(".")[2]
        hint = next((hint for end, hint in _HINTS if name.endswith(end)), "it is not a table, an array or a container")
        raise TypeError("cannot view %s: %s" % (kind, hint))
    number = keep(obj)
    name = kind.rpartition(".")[2] if title is None else str(title)
    display.publish({"text/plain": "View of %s" % name, MIME: {"kept": number, "title": name}})


def keep(obj: object) -> int:
    """The number by which the host asks for it."""
    global _last
    _last += 1
    _objects[_last] = obj
    _objects.pop(_last - _MOST, None)
    return _last


def get(number: int) -> object:
    """Raises LookupError when it is kept no more."""
    return _objects[number]


def release(number: int) -> None:
    _objects.pop(number, None)


def clear() -> None:
    _objects.clear()
