"""Functions of ours in the place of others."""

from __future__ import annotations

from _functools import partial

from . import TYPE_CHECKING
from .pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType
    from typing import Any

    Function = Callable[..., Any]
    Wrap = Callable[[Function], Function]

    class _Partial(partial[Any]):
        __name__: str
        __wrapped__: object

else:
    _Partial = partial

_plain_kind = type(len)


class Builtin(_Partial):
    """Passes for a function of C: it binds to no instance, and is pickled by its name."""

    def __get__(self, instance: object, owner: object = None) -> Builtin:
        return self

    def __reduce__(self) -> str:
        return self.__name__

    def __repr__(self) -> str:
        return repr(self.__wrapped__)


Builtin.__module__, Builtin.__name__, Builtin.__qualname__ = "builtins", _plain_kind.__name__, _plain_kind.__name__


def plain_of(value: object) -> object:
    """What stood there before all that was put in its place."""
    while type(value) is Builtin:
        value = value.__wrapped__
    return value


def put_in_place(owner: ModuleType | type, name: str, wrap: Wrap) -> None:
    """Replaces the function `name` of a module or class, if it is there, by `wrap(it)`, which passes for it."""
    plain: Function | None = getattr(owner, name, None)
    if plain is None:
        return
    wrapper: Any = wrap(plain)
    _name_like(wrapper, plain)
    if isinstance(plain, (_plain_kind, Builtin)):
        wrapper = Builtin(wrapper)
        _name_like(wrapper, plain)
    if type(wrapper) is Builtin:
        wrapper.__module__ = owner.__name__  # `os`, where pickle finds it, not `posix`
    wrapper.__wrapped__ = plain
    setattr(owner, name, wrapper)


def _name_like(wrapper: object, plain: Function) -> None:
    for attribute in ("__name__", "__qualname__", "__doc__", "__module__"):
        if hasattr(plain, attribute):
            setattr(wrapper, attribute, getattr(plain, attribute))
