"""Time zones: those of libraries are asked, those of the user are not."""

from __future__ import annotations

from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from . import lookup

_ZONE_MODULES = ("datetime", "zoneinfo", "pytz", "dateutil", "pandas")
_USUAL = ("__dict__", "__weakref__")


def is_known_zone(zone: object) -> bool:
    """Whether the time zone is not of a class of the user's, which may claim to be of a library."""
    if zone is None:
        return True
    for kind in lookup.mro(type(zone)):
        module = lookup.type_name(kind).rpartition(".")[0]
        if module.split(".")[0] not in _ZONE_MODULES:
            return False
        if lookup.is_found_in(module, kind):
            return True
        # pytz makes a class of each zone, which has nothing but its data.
        if any(lookup.is_descriptor(one) for name, one in lookup.own_attributes(kind).items() if name not in _USUAL):
            return False
    return False
