"""The worker's own threads that stay. Warnings do not count them, and debuggers do not stop them."""

from __future__ import annotations

from . import TYPE_CHECKING
from .pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it

if TYPE_CHECKING:
    from collections.abc import Callable

idents: set[int] = set()
# Each starts a thread that would otherwise start when it is first needed: a debugger would take it for the user's.
starters: list[Callable[[], object]] = []
