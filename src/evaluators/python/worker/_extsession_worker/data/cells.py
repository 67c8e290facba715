"""Values as cells of a grid: exact, short, and told without running code of the user's.

A cell is a text, or a list of a mark and a text: `m` for a missing value, `n` for a number and `v` for another value
among values of several types, `o` for what only its type or a summary is shown of, `c` for a text that was cut, and
`i` for a small picture.
"""

from __future__ import annotations

import sys

from .. import TYPE_CHECKING
from ..introspection import known_libraries, known_summaries, lookup, summary
from ..introspection.zones import is_known_zone
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from . import images

if TYPE_CHECKING:
    from typing import Any, Iterable, List, Union

    Cell = Union[str, List[str]]

NO_CELL = ["m", ""]  # there is nothing at this place
_MOST_DIGITS = 4000
_MOST_BITS = 40_000
_LARGEST = 20_000  # in bytes, of a decimal
_MOST_OF_PICTURES = 2_000_000  # in characters, of a window
_MOST_OF_PICTURE = 60_000
_SIDE_OF_PICTURE = 64  # in pixels, of one that is made smaller
_BITS_PER_DIGIT = 3.33
_CONTAINERS = lookup.Kinds(list, tuple, dict, set, frozenset)
# Their text is made by code of Python itself, or of the library.
_PRINTED = (
    ("datetime", "date"),
    ("datetime", "timedelta"),
    ("decimal", "Decimal"),
    ("fractions", "Fraction"),
    ("uuid", "UUID"),
    ("pandas", "Timedelta"),
    ("pandas", "Period"),
    ("pandas", "Interval"),
)
_ZONED = (("datetime", "datetime"), ("datetime", "time"), ("pandas", "Timestamp"))
_NUMBERS = (("decimal", "Decimal"), ("fractions", "Fraction"))


class Pictures:
    """Within it, small pictures are cells: those that the user sees, a few million characters of them."""

    room = 0

    def __init__(self, are_wanted: bool) -> None:
        Pictures.room = _MOST_OF_PICTURES if are_wanted else 0

    def __enter__(self) -> None: ...

    def __exit__(self, *_: object) -> None:
        Pictures.room = 0


def cells(values: Iterable[object], limit: int) -> list[Cell]:
    """Those of values of any types."""
    return [cell(value, limit) for value in values]


def typed_cells(values: Iterable[object], limit: int) -> list[Cell]:
    """Those of values that are of the type of their column."""
    return [one[1] if type(one) is list and one[0] in "nv" else one for one in cells(values, limit)]


def cell(value: Any, limit: int) -> Cell:
    kind = lookup.type_of(value)
    if kind is str:
        return text(value, limit)
    if value is None:
        return ["m", "None"]
    if kind is bool:
        return ["v", "True" if value else "False"]
    if kind is int:
        return ["n", integer(value)]
    if kind is float:
        return floating(value) if value != value else ["n", repr(value)]
    if kind is complex:
        return ["n", repr(value)]
    if kind is bytes or kind is bytearray:
        return _picture(value) or _marked("v", text(repr(value[:limit]), limit))
    return _of_library(value, kind, limit)


def text(value: str, limit: int) -> Cell:
    return value if len(value) <= limit else ["c", value[:limit]]


def floating(value: float) -> Cell:
    return repr(value) if value == value else ["m", "NaN"]


def integer(value: int) -> str:
    """All digits; hexadecimal where Python refuses decimal ones, and the size of what is very large."""
    bits = value.bit_length()
    if bits < _MOST_DIGITS * _BITS_PER_DIGIT:
        return str(value)
    return hex(value) if bits <= _MOST_BITS else "<int of %d bits>" % bits


def label(value: object, limit: int = 200) -> str:
    """The name of a column."""
    if lookup.is_tuple(value):
        return " / ".join(label(one, limit) for one in value[:10])
    one = cell(value, limit)
    return one if type(one) is str else one[1]


def _of_library(value: Any, kind: type, limit: int) -> Cell:
    if _is_any(kind, _NUMBERS) and _is_large(value, kind):
        return ["o", lookup.type_name(kind)]
    if _is_any(kind, _PRINTED) or (_is_any(kind, _ZONED) and is_known_zone(value.tzinfo)):
        return ["n" if _is_any(kind, _NUMBERS) else "v", str(value)]
    missing = _missing(value)
    if missing is not None:
        return ["m", missing]
    if known_libraries.is_plain_scalar(value):
        return _scalar(value, limit)
    if images.is_pillow(value):
        return _picture(value) or ["o", "%s %s" % (lookup.type_name(kind), images.summary(value))]
    shown = known_summaries.summarize(value) or summary.summarize(value)
    if shown is None or kind not in _CONTAINERS:
        shown = "%s%s" % (lookup.type_name(kind), " " + shown if shown else "")
    return ["o", shown[:limit]]


def _is_large(value: Any, kind: Any) -> bool:
    """Whether it has more digits than Python writes, or than anybody reads."""
    if kind is _found("decimal", "Decimal"):
        size: int = kind.__sizeof__(value)
        return size > _LARGEST
    return any(one.bit_length() >= _MOST_DIGITS * _BITS_PER_DIGIT for one in (value.numerator, value.denominator))


def _picture(value: object) -> Cell | None:
    if Pictures.room == 0:
        return None
    found = images.of(value, min(Pictures.room, _MOST_OF_PICTURE), _SIDE_OF_PICTURE)
    Pictures.room -= len(found or "")
    return None if found is None else ["i", found]


def _missing(value: object) -> str | None:
    for name in ("NaT", "NA"):
        if value is _found("pandas", name):
            return name
    return None


def _scalar(value: Any, limit: int) -> Cell:
    """One of NumPy's."""
    shown = str(value)
    if shown in ("nan", "NaT"):
        return ["m", "NaN" if shown == "nan" else shown]
    kind = value.dtype.kind
    if kind == "U":
        return text(shown, limit)
    return ["n", shown] if kind in "iufc" else _marked("v", text(shown, limit))


def _marked(mark: str, one: Cell) -> Cell:
    return [mark, one] if type(one) is str else one


def _is_any(kind: type, classes: tuple[tuple[str, str], ...]) -> bool:
    return any(kind is _found(*names) for names in classes)


def _found(module_name: str, name: str) -> Any:
    """What a library that has been imported defines; otherwise something that no value is."""
    module = sys.modules.get(module_name)
    return module.__dict__.get(name, module) if type(module) is lookup.Module else _found
