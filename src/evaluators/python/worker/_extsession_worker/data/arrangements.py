"""The rows of views that are sorted or filtered, kept until the data or the steps change."""

from __future__ import annotations

import _weakref

from .. import TYPE_CHECKING
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it

if TYPE_CHECKING:
    from typing import Any, Callable

    from ..link.data_messages import DataRequest
    from .sources import Source

_MOST = 2  # one takes eight bytes a row
_kept: list[tuple[Any, Callable[[], object], Any]] = []


def of(source: Source, root: object, request: DataRequest) -> Any:
    """The rows that are shown, in their order; None if all are, in the order of the table."""
    filters, sort = request.get("filters") or [], request.get("sort") or []
    if not filters and not sort:
        return None
    key = (
        request.get("of"),
        request.get("at"),
        request.get("choice"),
        filters,
        sort,
        request.get("turn"),
        source.rows,
        source.columns,
    )
    for known, held, rows in _kept:
        if known == key and held() is root:
            return rows
    found = source.arrange(filters, sort)
    _kept.insert(0, (key, _hold(root), found))
    del _kept[_MOST:]
    return found


def release() -> None:
    _kept.clear()


def _hold(root: object) -> Callable[[], object]:
    """Keeps no frame or array alive; what cannot be referred to weakly stays until something else is shown."""
    try:
        return _weakref.ref(root)
    except TypeError:
        return lambda: root
