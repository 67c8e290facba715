"""The names of magics, for completion."""

from __future__ import annotations

from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it


def magic_names() -> list[str]:
    """With their per cent signs: IPython's once it is in use, else our own."""
    from . import ipython_shell

    return sorted(ipython_shell.magic_names() or own_names())


def own_names() -> list[str]:
    from .own import CELL, LINE

    return ["%" + name for name in LINE] + ["%%" + name for name in CELL]
