"""Looks at objects without running any code of theirs: no property, no `__getattr__`, no `__repr__`, no metaclass.

All reads go through the slots and descriptors of the builtin types themselves, as in `inspect.getattr_static`.
"""

from __future__ import annotations

import sys
from itertools import islice

from .. import TYPE_CHECKING
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from ..wrapping import Builtin

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import BuiltinFunctionType as BuiltinFunction
    from types import ClassMethodDescriptorType as ClassMethodDescriptor
    from types import FunctionType as Function
    from types import GetSetDescriptorType as GetSet
    from types import MemberDescriptorType as Member
    from types import MethodDescriptorType as MethodDescriptor
    from types import MethodType as Method
    from types import ModuleType as Module
    from types import WrapperDescriptorType as SlotWrapper
    from typing import Any

    from typing_extensions import TypeGuard

_mro_of: Callable[[type], tuple[type, ...]] = type.__dict__["__mro__"].__get__
_dict_of: Callable[[type], Mapping[str, object]] = type.__dict__["__dict__"].__get__
_qualname_of: Callable[[type], str] = type.__dict__["__qualname__"].__get__
_module_of: Callable[[type], object] = type.__dict__["__module__"].__get__
_dict: type[dict[Any, object]] = dict


class Kinds:
    """Types that others are compared with by identity: to hash or compare a class may run its metaclass."""

    def __init__(self, *kinds: type) -> None:
        self._ids = frozenset(map(id, kinds))

    def __contains__(self, kind: object) -> bool:
        return id(kind) in self._ids


class _Example:
    def method(self) -> None: ...


if not TYPE_CHECKING:  # read off examples: the module `types` may be one of the user's
    Function = type(_Example.method)
    Method = type(_Example().method)
    Module = type(sys)
    BuiltinFunction = type(len)
    MethodDescriptor = type(str.join)
    ClassMethodDescriptor = type(dict.__dict__["fromkeys"])
    SlotWrapper = type(object.__init__)
    GetSet = type(Function.__dict__["__code__"])
    Member = type(Function.__dict__["__closure__"])

FUNCTIONS = Kinds(Function, Method, BuiltinFunction, MethodDescriptor, ClassMethodDescriptor, SlotWrapper, Builtin)
_MAX_ENTRIES = 20_000
_LONGEST_NAME = 1000  # in characters
UNKNOWN = object()  # a value that only running code could tell


def type_of(value: object) -> type:
    return type(value)


def mro(kind: type) -> tuple[type, ...]:
    return _mro_of(kind)


def is_class(value: object) -> TypeGuard[type]:
    return issubclass(type(value), type)  # `type` has no __subclasscheck__ but the plain one


def is_module(value: object) -> TypeGuard[Module]:
    return issubclass(type(value), Module)


def is_dict(value: object) -> TypeGuard[dict[Any, object]]:
    """Whether it is a plain dict, whose methods are no code of the user's."""
    return type(value) is dict


def is_list(value: object) -> TypeGuard[list[object]]:
    return type(value) is list


def is_tuple(value: object) -> TypeGuard[tuple[object, ...]]:
    return type(value) is tuple


def is_named_tuple(value: object) -> bool:
    """Whether it is of a class of tuples that has fields."""
    kind: type = type(value)
    return kind is not tuple and any(base is tuple for base in _mro_of(kind)) and "_fields" in own_attributes(kind)


def is_found_in(module_name: str, kind: type) -> bool:
    """Whether a module that has been imported has the class under its own name: to claim that is easy."""
    module = sys.modules.get(module_name)
    if type(module) is not Module:
        return False
    found: object = module
    for name in _qualname_of(kind).split("."):
        found = own_attributes(found).get(name)
    return found is kind or type(found) is kind  # as pytz.UTC, which is the only one of its class


def found_in(module_name: str, name: str) -> Any:
    """What a module that has been imported defines; None without it."""
    module = sys.modules.get(module_name)
    return module.__dict__.get(name) if type(module) is Module else None


def type_name(kind: type) -> str:
    """The qualified name, without the module for builtins."""
    name = _qualname_of(kind)[:_LONGEST_NAME]
    try:
        module = _module_of(kind)
    except AttributeError:  # deleted
        module = None
    if type(module) is not str or module == "builtins":
        return name
    return module[:_LONGEST_NAME] + "." + name


def own_attributes(value: object) -> dict[str, object]:
    """A copy of the object's own `__dict__`; empty when it has none that can be read without running code."""
    if is_class(value):
        return names_only(_dict_of(value))
    for kind in _mro_of(type(value)):
        descriptor = _dict_of(kind).get("__dict__")
        if descriptor is None:
            continue
        if type(descriptor) is not GetSet and type(descriptor) is not Member:
            return {}
        try:
            attributes: Any = descriptor.__get__(value)
        except (AttributeError, TypeError):
            return {}
        return names_only(_dict.copy(attributes)) if issubclass(type(attributes), dict) else {}
    return {}


def members(kind: type) -> list[tuple[str, Member]]:
    """The slots that the class itself defines."""
    return [(name, one) for name, one in _dict_of(kind).items() if type(one) is Member and type(name) is str]


def names_only(attributes: Mapping[Any, object]) -> dict[str, object]:
    """A copy of a dict or class dictionary without keys that are no plain str: theirs could run code when compared."""
    return {name: found for name, found in dict(attributes).items() if type(name) is str}


def attributes(value: object) -> dict[str, object]:
    """All attributes that are there without running code, by name: UNKNOWN for those that have to be computed."""
    if is_module(value):
        return own_attributes(value)
    found: dict[str, object] = {}
    if is_class(value):
        for kind in reversed(_mro_of(value)):
            found.update((name, _as_class_attribute(one)) for name, one in own_attributes(kind).items())
        return found
    computed: set[str] = set()
    for kind in reversed(_mro_of(type(value))):
        for name, one in own_attributes(kind).items():
            found[name] = _as_instance_attribute(one, value)
            (computed.add if _is_data_descriptor(one) else computed.discard)(name)
    found.update((name, one) for name, one in own_attributes(value).items() if name not in computed)
    return found


def attribute(value: object, name: str) -> object:
    return attributes(value).get(name, UNKNOWN)


def _as_class_attribute(one: object) -> object:
    kind = type(one)
    if kind is staticmethod or kind is classmethod:
        method: Any = one
        return method.__func__
    return UNKNOWN if is_descriptor(one) and kind not in FUNCTIONS else one


def _as_instance_attribute(one: object, owner: object) -> object:
    if type(one) is Member:
        try:
            return one.__get__(owner)
        except (AttributeError, TypeError):
            return UNKNOWN
    return _as_class_attribute(one)


def is_descriptor(one: object) -> bool:
    return _has(type(one), "__get__")


def _is_data_descriptor(one: object) -> bool:
    return _has(type(one), "__set__")


def _has(kind: type, name: str) -> bool:
    return any(name in _dict_of(base) for base in _mro_of(kind))


def entries(value: dict[Any, object]) -> list[tuple[Any, object]]:
    """The items of a plain dict, without comparing keys; of one that is very large, the first ones."""
    return list(islice(_dict.items(value), _MAX_ENTRIES))


def item(value: object, key: object) -> object:
    """An item of a plain list, tuple or dict."""
    kind = type(value)
    holder: Any = value
    if (kind is list or kind is tuple) and type(key) is int:
        try:
            return holder[key]
        except IndexError:
            return UNKNOWN
    if kind is dict:
        for known, one in entries(holder):
            if type(known) is type(key) and known == key:
                return one
    return UNKNOWN
