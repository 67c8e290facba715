"""Leads what the new version of a module has made of its own classes, functions and members to those that stay."""

from __future__ import annotations

from .. import TYPE_CHECKING
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it

if TYPE_CHECKING:
    from typing import Any

_type_of: Any = type
_FROZEN: Any = (tuple, frozenset)
_GROWING: Any = (list, set)
_Dict: Any = dict
_Function = type(lambda: None)
_MOST_LEVELS = 8
_LARGEST = 10_000  # tables of data are not looked through
_WRAPPED = ("__func__", "fget", "fset", "fdel", "__wrapped__")


def lead_to_kept(module: Any, stays: dict[int, Any]) -> None:
    """`stays`: what replaces an object, by its id. Tables, defaults and classes of the module are looked through."""
    look = _Look(module.__name__, stays)
    for name, value in list(module.__dict__.items()):
        if name != "__builtins__":
            module.__dict__[name] = look.at(value, 0)


class _Look:
    def __init__(self, module: str, stays: dict[int, Any]) -> None:
        self._module = module
        self._stays = stays
        self._seen: set[int] = set()

    def at(self, value: Any, level: int) -> Any:
        """What is to stand in the place of `value`, whose contents are led, too."""
        value = self._stays.get(id(value), value)
        kind = _type_of(value)
        if kind in _FROZEN and len(value) <= _LARGEST and level < _MOST_LEVELS:
            led = [self.at(item, level + 1) for item in value]
            return value if all(map(_is, led, value)) else kind(led)
        if id(value) not in self._seen and level < _MOST_LEVELS:
            self._seen.add(id(value))
            self._inside(value, kind, level + 1)
        return value

    def _inside(self, value: Any, kind: Any, level: int) -> None:
        if kind is _Function:
            for name in ("__defaults__", "__kwdefaults__", "__wrapped__"):
                if getattr(value, name, None) is not None:
                    setattr(value, name, self.at(getattr(value, name), level))
            for cell in value.__closure__ or ():
                try:
                    cell.cell_contents = self.at(cell.cell_contents, level)
                except ValueError:  # it is empty
                    continue
        elif issubclass(kind, type):
            if value.__module__ == self._module:
                self._inside_class(value, level)
        elif kind in _GROWING and len(value) <= _LARGEST:
            led = [self.at(item, level) for item in value]
            if not all(map(_is, led, value)):
                value.clear()
                (value.extend if kind is list else value.update)(led)
        elif issubclass(kind, _Dict) and kind.__module__ in ("builtins", "collections") and len(value) <= _LARGEST:
            items = [(self.at(key, level), self.at(item, level)) for key, item in value.items()]
            if any(key not in value or value[key] is not item for key, item in items):
                value.clear()
                value.update(items)
        elif kind in (staticmethod, classmethod, property):
            for name in _WRAPPED:
                self.at(getattr(value, name, None), level)
        elif kind.__module__ == self._module:
            kept = self._stays.get(id(kind), kind)
            if kept is not kind and _set_class(value, kept):
                self.at(getattr(value, "__dict__", None), level)

    def _inside_class(self, one: Any, level: int) -> None:
        bases = tuple(self._stays.get(id(base), base) for base in one.__bases__)
        if bases != one.__bases__:
            set_bases(one, bases)
        kind = _type_of(one)
        if id(kind) in self._stays:
            _set_class(one, self._stays[id(kind)])
        for name, value in list(one.__dict__.items()):
            if name != "__dict__" and name != "__weakref__":
                led = self.at(value, level)
                if led is not value:
                    type.__setattr__(one, name, led)


def _is(one: object, other: object) -> bool:
    return one is other


def _set_class(value: Any, kind: type) -> bool:
    try:
        object.__setattr__(value, "__class__", kind)
    except TypeError:  # it is laid out differently
        return False
    return True


def set_bases(one: type, bases: tuple[type, ...]) -> bool:
    """False where it can't be: instances are laid out differently, or `object` was the only base."""
    try:
        one.__bases__ = bases
    except TypeError:
        return False
    return True
