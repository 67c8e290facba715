"""Makes what user code holds of a module's old version behave as the new one: objects stay, their contents change."""

from __future__ import annotations

from .. import TYPE_CHECKING
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from .kept import lead_to_kept, set_bases

if TYPE_CHECKING:
    from typing import Any

_Function = type(lambda: None)
_CONTENTS = ("__code__", "__defaults__", "__kwdefaults__", "__doc__", "__dict__", "__annotations__")
_FIXED = frozenset(("__dict__", "__weakref__", "__module__", "__qualname__", "__name__", "__mro__", "__bases__"))
_set, _delete = type.__setattr__, type.__delattr__  # a metaclass of the user's, such as Enum's, may forbid it


def replace(module: Any, before: dict[str, Any]) -> None:
    """`before`: the names of the module as they were. Functions and classes that it still defines are kept, renewed."""
    namespace: dict[str, Any] = module.__dict__
    stays: dict[int, Any] = {}  # by a class, function or member of either version: the one that stays
    pairs = [
        (before[name], new)
        for name, new in list(namespace.items())
        if name in before and before[name] is not new and _is_of(module, new) and _is_of(module, before[name])
    ]
    for old, new in pairs:
        if isinstance(old, type) and isinstance(new, type):
            is_kept = type(old) is stays.get(id(type(new)), type(new)) and _renew_class(old, new, stays)
            stays[id(old)] = stays[id(new)] = old if is_kept else new
        elif type(old) is _Function and type(new) is _Function and _renew_function(old, new):
            stays[id(new)] = old
    lead_to_kept(module, stays)


def _is_of(module: Any, value: object) -> bool:
    """Not imported from elsewhere."""
    return isinstance(value, (type, _Function)) and getattr(value, "__module__", None) == module.__name__


def _renew_function(old: Any, new: Any) -> bool:
    """False if the old one can't become like the new one, because it closes over other variables."""
    if old is new:
        return True
    cells, new_cells = old.__closure__ or (), new.__closure__ or ()
    if old.__code__.co_freevars != new.__code__.co_freevars:
        return False
    for cell, new_cell in zip(cells, new_cells):
        _renew_cell(cell, new_cell)
    for name in _CONTENTS:
        setattr(old, name, getattr(new, name))
    return True


def _renew_method(old: Any, new: Any) -> bool:
    """Those of a class or of nothing, too: what user code has taken from the class holds their functions."""
    if type(old) is type(new) and type(old) in (staticmethod, classmethod):
        old, new = old.__func__, new.__func__
    return type(old) is _Function and type(new) is _Function and _renew_function(old, new)


def _renew_cell(cell: Any, new_cell: Any) -> None:
    try:
        old, new = cell.cell_contents, new_cell.cell_contents
    except ValueError:  # one is empty
        return
    if isinstance(old, type):
        return  # the `__class__` of methods, which stays
    if not (type(old) is _Function and type(new) is _Function and _renew_function(old, new)):
        cell.cell_contents = new


def _renew_class(old: type, new: type, stays: dict[int, Any]) -> bool:
    """False if instances of the old one can't become like those of the new one."""
    if old.__dict__.get("__slots__") != new.__dict__.get("__slots__"):
        return False
    if not _renew_bases(old, new):
        return False
    if hasattr(old, "_member_map_"):
        _renew_members(old, new, stays)
    for name, value in list(new.__dict__.items()):
        if name in _FIXED or _is_member(new, name):
            continue
        before = old.__dict__.get(name)
        if _renew_method(before, value):
            continue
        if before is not value and not _is_slot(value):
            _set(old, name, value)
    for name in list(old.__dict__):
        if name not in new.__dict__ and name not in _FIXED:
            _delete(old, name)
    return True


def _is_slot(value: object) -> bool:
    return type(value).__name__ in ("member_descriptor", "getset_descriptor", "_abc_data")


def _renew_bases(old: type, new: type) -> bool:
    if [(base.__module__, base.__qualname__) for base in old.__bases__] == [
        (base.__module__, base.__qualname__) for base in new.__bases__
    ]:
        return True
    return set_bases(old, new.__bases__)


def _is_member(enum: Any, name: str) -> bool:
    return name in getattr(enum, "_member_map_", ()) or name in ("_member_map_", "_member_names_", "_value2member_map_")


def _renew_members(old: Any, new: Any, stays: dict[int, Any]) -> None:
    """Members of an Enum are compared by identity: those that are still there stay, with their new values."""
    members: dict[str, Any] = {}
    for name, member in new._member_map_.items():
        kept = old._member_map_.get(name)
        if kept is None:
            kept = member
            object.__setattr__(kept, "__class__", old)
            if name in new.__dict__:
                _set(old, name, new.__dict__[name])
        else:
            kept.__dict__.update(member.__dict__)
            if "__objclass__" in kept.__dict__:
                kept.__dict__["__objclass__"] = old
        members[name] = stays[id(member)] = kept
    for name in set(old._member_map_) - set(members):
        if name in old.__dict__:
            _delete(old, name)
    _set(old, "_member_map_", members)
    _set(old, "_member_names_", list(new._member_names_))
    by_value: dict[Any, Any] = {
        value: members.get(member._name_, member) for value, member in new._value2member_map_.items()
    }
    _keep_combinations(old, by_value, stays)
    _set(old, "_value2member_map_", by_value)


def _keep_combinations(old: Any, by_value: dict[Any, Any], stays: dict[int, Any]) -> None:
    """Flags that were combined are compared by identity, too."""
    for value, member in by_value.items():
        if member._name_ not in old._member_map_:
            stays[id(member)] = by_value[value] = old._value2member_map_.get(value, member)
            object.__setattr__(member, "__class__", old)
    bits = sum(member._value_ for member in old)
    for value, member in old._value2member_map_.items():
        if member._name_ not in old._member_map_ and value & bits == value:
            by_value.setdefault(value, member)
