"""Functions of ours in the place of others."""

from __future__ import annotations

from .pristine import builtins as __builtins__  # noqa: F401


def put_in_place(module: object, name: str, wrap: object) -> None:
    """Replaces `module.name`, if it is there, by `wrap(it)`, which passes for it."""
    plain = getattr(module, name, None)
    if plain is None:
        return
    wrapper = wrap(plain)  # type: ignore[operator]
    for attribute in ("__name__", "__qualname__", "__doc__", "__module__", "__text_signature__"):
        if hasattr(plain, attribute):
            setattr(wrapper, attribute, getattr(plain, attribute))
    setattr(module, name, wrapper)
