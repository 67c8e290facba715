"""Functions of ours in the place of others."""

from __future__ import annotations

from _functools import partial

from .pristine import builtins as __builtins__  # noqa: F401

_plain_kind = type(len)


class Builtin(partial):
    """Passes for a function of C: it binds to no instance, and is pickled by its name."""

    def __get__(self, instance: object, owner: object = None) -> object:
        return self

    def __reduce__(self) -> str:  # type: ignore[override]
        return self.__name__  # type: ignore[no-any-return]

    def __repr__(self) -> str:
        return repr(self.__wrapped__)


Builtin.__module__, Builtin.__name__, Builtin.__qualname__ = "builtins", _plain_kind.__name__, _plain_kind.__name__


def plain_of(value: object) -> object:
    """What stood there before all that was put in its place."""
    while type(value) is Builtin:
        value = value.__wrapped__
    return value


def put_in_place(module: object, name: str, wrap: object) -> None:
    """Replaces `module.name`, if it is there, by `wrap(it)`, which passes for it."""
    plain = getattr(module, name, None)
    if plain is None:
        return
    wrapper = wrap(plain)  # type: ignore[operator]
    if isinstance(plain, (_plain_kind, Builtin)):
        wrapper = Builtin(wrapper)
    for attribute in ("__name__", "__qualname__", "__doc__", "__module__"):
        if hasattr(plain, attribute):
            setattr(wrapper, attribute, getattr(plain, attribute))
    if type(wrapper) is Builtin:
        wrapper.__module__ = module.__name__  # type: ignore[attr-defined]  # `os`, where pickle finds it, not `posix`
    wrapper.__wrapped__ = plain
    setattr(module, name, wrapper)
