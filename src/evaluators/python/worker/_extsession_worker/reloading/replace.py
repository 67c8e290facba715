"""Makes what user code holds of a module's old version behave as the new one: objects stay, their contents change."""

from __future__ import annotations

from .. import TYPE_CHECKING
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it

if TYPE_CHECKING:
    from typing import Any

_type_of: Any = type
_Function = type(lambda: None)
_PARTS = ("__defaults__", "__kwdefaults__", "__closure__", "cell_contents", "__wrapped__", "__func__", "fget", "fset")
_FROZEN: Any = (tuple, frozenset)
_MOST_LEVELS = 12
_LARGEST = 10_000  # tables of data are not looked through
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
    look = _Look(module.__name__, stays)
    for name, value in list(namespace.items()):
        if name != "__builtins__":
            namespace[name] = look.at(value)


class _Look:
    """Leads what the new version has made of its own classes, functions and members to those that stay."""

    def __init__(self, module: str, stays: dict[int, Any]) -> None:
        self._module = module
        self._stays = stays
        self._seen: set[int] = set()

    def at(self, value: Any, level: int = 0) -> Any:
        """What is to stand in the place of `value`, in which the same is done: in tables, defaults and classes."""
        value = self._stays.get(id(value), value)
        kind = _type_of(value)
        if level == _MOST_LEVELS:
            return value
        if kind in _FROZEN and len(value) <= _LARGEST:
            led = kind(self.at(item, level + 1) for item in value)
            return led if any(one is not other for one, other in zip(led, value)) else value
        if id(value) not in self._seen:
            self._seen.add(id(value))
            self._inside(value, kind, level + 1)
        return value

    def _inside(self, value: Any, kind: Any, level: int) -> None:
        if id(kind) in self._stays:
            _put(value, "__class__", self._stays[id(kind)])
        if issubclass(kind, type):
            if value.__module__ == self._module:
                self._lead(value, "__bases__", value.__bases__, level)
                for name, part in list(value.__dict__.items()):
                    self._lead(value, name, part, level)
        elif kind.__module__ == self._module:
            self.at(getattr(value, "__dict__", None), level)
        elif issubclass(kind, (list, set, dict)) and kind.__module__ in ("builtins", "collections"):
            self._lead_items(value, level)
        elif kind.__name__ in ("function", "cell", "staticmethod", "classmethod", "property"):
            for name in _PARTS:
                try:
                    self._lead(value, name, getattr(value, name), level)
                except (AttributeError, ValueError):  # there is none, or a cell is empty
                    continue

    def _lead_items(self, value: Any, level: int) -> None:
        before = tuple(value.items() if hasattr(value, "items") else value)
        led = self.at(before, level)
        if led is not before:
            value.clear()
            (value.extend if hasattr(value, "extend") else value.update)(led)

    def _lead(self, value: Any, name: str, part: Any, level: int) -> None:
        led = self.at(part, level)
        if led is not part:
            _put(value, name, led)


def _put(one: Any, name: str, value: Any) -> bool:
    """False where it can't be: instances are laid out differently, or `object` was the only base."""
    try:
        (type if isinstance(one, type) else object).__setattr__(one, name, value)
    except (AttributeError, TypeError):
        return False
    return True


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
    return _put(old, "__bases__", new.__bases__)


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
