"""Texts of dates, times, decimals and NumPy's numbers, whose `str` is code in C that calls none of the user's."""

from __future__ import annotations

import sys

from .. import TYPE_CHECKING
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from . import lookup

if TYPE_CHECKING:
    from typing import Any

_NAMES = ("datetime.date", "datetime.datetime", "datetime.time", "datetime.timedelta", "decimal.Decimal")
_HOLDERS = ("numpy.void", "numpy.object_")  # of anything


def text(value: object) -> str | None:
    """None for values of other classes, also of subclasses."""
    kind = type(value)
    name = lookup.type_name(kind)
    if name not in _NAMES and not (name.startswith("numpy.") and name not in _HOLDERS and _is_number(kind)):
        return None
    own = lookup.own_attributes(kind)
    if type(own.get("__str__")) is not lookup.SlotWrapper or not _has_plain_zone(value, own.get("tzinfo")):
        return None
    return str(value)


def _is_number(kind: type) -> bool:
    numpy = sys.modules.get("numpy")
    generic = numpy.__dict__.get("generic") if type(numpy) is lookup.Module else None
    return any(base is generic for base in lookup.mro(kind))


def _has_plain_zone(value: object, tzinfo: Any) -> bool:
    """Whether its time zone, if it has one, is none of the user's."""
    if type(tzinfo) is not lookup.GetSet:
        return True
    zone: object = tzinfo.__get__(value)
    return zone is None or type(lookup.own_attributes(type(zone)).get("utcoffset")) is lookup.MethodDescriptor
