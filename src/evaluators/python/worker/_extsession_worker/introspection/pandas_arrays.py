"""The arrays that frames and series of pandas hold, told from their block managers.

An array of a class of somebody else's is not asked for anything: even its length would be told by their code.
"""

from __future__ import annotations

from .. import TYPE_CHECKING
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from . import lookup

if TYPE_CHECKING:
    from typing import Any

_OWN = ("pandas", "numpy")


def is_own(array: object) -> bool:
    """Whether its class is of pandas or NumPy, and does not only say so."""
    kind = type(array)
    module = lookup.type_name(kind).rpartition(".")[0]
    return module.split(".")[0] in _OWN and lookup.is_found_in(module, kind)


def foreign(value: object) -> dict[int, object] | None:
    """Those of the columns whose array is somebody else's, by position; None where an axis is."""
    manager: Any = lookup.own_attributes(value).get("_mgr")
    if not is_own(manager) or not all(map(is_own_axis, manager.axes)):
        return None
    found: dict[int, object] = {}
    for block in getattr(manager, "blocks", ()):
        if not is_own(block.values):
            found.update((int(at), block.values) for at in block.mgr_locs.as_array)
    return found


def bytes_of(value: Any) -> int | None:
    """What a frame or series takes, without the objects in it; None where only somebody else's code knows."""
    manager: Any = lookup.own_attributes(value).get("_mgr")
    blocks: Any = getattr(manager, "blocks", None)
    if blocks is None or foreign(value) != {}:
        return None
    return int(sum(block.values.nbytes for block in blocks) + value.index.memory_usage(deep=False))


def is_own_axis(axis: Any) -> bool:
    """Of pandas, and so are the arrays that it or its levels hold."""
    if not is_own(axis):
        return False
    held = lookup.own_attributes(axis)
    levels: Any = held.get("_levels")
    if levels is not None:
        return all(map(is_own_axis, levels))
    return "_data" not in held or is_own(held["_data"])
