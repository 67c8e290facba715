"""A cell as a whole: all of its text, its picture, and what it consists of, a page at a time."""

from __future__ import annotations

from .. import TYPE_CHECKING
from ..introspection import lookup, parts
from ..introspection.answers import detailed
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from . import cells, images
from .expressions import ABSENT, UNREADABLE

if TYPE_CHECKING:
    from ..link.data_messages import DataDetail, DataRequest
    from .sources import Source

_PAGE = 100
_LONGEST = 100_000


def of(source: Source, row: int, request: DataRequest) -> DataDetail:
    """Raises LookupError where the part is gone."""
    column = request.get("column", 0)
    value = parts.follow(source.value(column, row), request.get("path", []))
    if value is UNREADABLE:
        return {"type": source.head(column)[1], "cell": ["o", "…"], "total": 0, "items": []}
    if value is ABSENT:
        return {"type": "", "cell": cells.NO_CELL, "total": 0, "items": []}
    total, read = parts.pages(value)
    start = request.get("start", 0)
    found: DataDetail = {
        "type": lookup.type_name(type(value)),
        "cell": cells.cell(value, _LONGEST),
        "total": total,
        "items": [detailed(label, one) for label, _, one in read(start, start + _PAGE)],
    }
    picture = None if request.get("path") else images.of(value)
    if picture is not None:
        found["image"] = picture
    return found
