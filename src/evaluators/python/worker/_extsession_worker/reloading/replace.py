"""Makes what user code holds of a module's old version behave as the new one: objects stay, their contents change."""

from __future__ import annotations

from .. import TYPE_CHECKING
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it

if TYPE_CHECKING:
    from typing import Any

_Function = type(lambda: None)
_CONTENTS = ("__code__", "__defaults__", "__kwdefaults__", "__doc__", "__dict__", "__annotations__")
_FIXED = frozenset(("__dict__", "__weakref__", "__module__", "__qualname__", "__name__", "__mro__", "__bases__"))
_set, _delete = type.__setattr__, type.__delattr__  # a metaclass of the user's, such as Enum's, may forbid it


def replace(module: Any, before: dict[str, Any]) -> None:
    """`before`: the names of the module as they were. Functions and classes that it still defines are kept, renewed."""
    namespace: dict[str, Any] = module.__dict__
    stays: dict[int, Any] = {}  # by an old and a new class of one name: the one that stays
    pairs = [
        (name, before[name], new)
        for name, new in list(namespace.items())
        if name in before and before[name] is not new and _is_of(module, new) and _is_of(module, before[name])
    ]
    for name, old, new in pairs:
        if isinstance(old, type) and isinstance(new, type):
            namespace[name] = stays[id(old)] = stays[id(new)] = old if _renew_class(old, new) else new
        elif type(old) is _Function and type(new) is _Function and _renew_function(old, new):
            namespace[name] = old
    for one in [*namespace.values(), *(new for _name, _old, new in pairs)]:
        if isinstance(one, type):
            _adopt_bases(one, stays)


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


def _renew_class(old: type, new: type) -> bool:
    """False if instances of the old one can't become like those of the new one."""
    if type(old) is not type(new) or old.__dict__.get("__slots__") != new.__dict__.get("__slots__"):
        return False
    if not _renew_bases(old, new):
        return False
    if hasattr(old, "_member_map_"):
        _renew_members(old, new)
    for name, value in list(new.__dict__.items()):
        if name in _FIXED or _is_member(new, name):
            continue
        before = old.__dict__.get(name)
        if _renew_method(before, value):
            continue
        _move(value, new, old)
        if before is not value and not _is_slot(value):
            _set(old, name, value)
    for name in list(old.__dict__):
        if name not in new.__dict__ and name not in _FIXED:
            _delete(old, name)
    return True


def _is_slot(value: object) -> bool:
    return type(value).__name__ in ("member_descriptor", "getset_descriptor", "_abc_data")


def _move(value: Any, new: type, old: type) -> None:
    """`super()` in a method asks for the class that the method was defined in."""
    functions: list[Any] = [
        value,
        *(getattr(value, name, None) for name in ("__func__", "fget", "fset", "fdel", "__wrapped__")),
    ]
    for function in functions:
        for cell in (function.__closure__ or ()) if type(function) is _Function else ():
            try:
                if cell.cell_contents is new:
                    cell.cell_contents = old
            except ValueError:  # it is empty
                continue


def _renew_bases(old: type, new: type) -> bool:
    if [(base.__module__, base.__qualname__) for base in old.__bases__] == [
        (base.__module__, base.__qualname__) for base in new.__bases__
    ]:
        return True
    return _set_bases(old, new.__bases__)


def _adopt_bases(one: type, stays: dict[int, Any]) -> None:
    bases = tuple(stays.get(id(base), base) for base in one.__bases__)
    if bases != one.__bases__:
        _set_bases(one, bases)


def _set_bases(one: type, bases: tuple[type, ...]) -> bool:
    """False where it can't be: instances are laid out differently, or `object` was the only base."""
    try:
        one.__bases__ = bases
    except TypeError:
        return False
    return True


def _is_member(enum: Any, name: str) -> bool:
    return name in getattr(enum, "_member_map_", ()) or name in ("_member_map_", "_member_names_", "_value2member_map_")


def _renew_members(old: Any, new: Any) -> None:
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
        members[name] = kept
    for name in set(old._member_map_) - set(members):
        if name in old.__dict__:
            _delete(old, name)
    _set(old, "_member_map_", members)
    _set(old, "_member_names_", list(new._member_names_))
    by_value: dict[Any, Any] = {value: members[member._name_] for value, member in new._value2member_map_.items()}
    _set(old, "_value2member_map_", by_value)
