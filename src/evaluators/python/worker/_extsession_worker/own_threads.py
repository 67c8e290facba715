"""The worker's own threads that stay: neither warnings nor debuggers count them."""

from __future__ import annotations

from . import TYPE_CHECKING
from .pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it

if TYPE_CHECKING:
    from collections.abc import Callable

idents: set[int] = set()
starters: list[
    Callable[[], object]
] = []  # start those that are not needed yet; to be called before user code is debugged
