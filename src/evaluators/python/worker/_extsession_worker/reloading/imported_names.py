"""Names that commands have imported from a module: `from utils import LIMIT` in a command before."""

from __future__ import annotations

import _ast

from .. import TYPE_CHECKING
from ..commands.sources import remembered_sources
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it

if TYPE_CHECKING:
    from typing import Any

_ONLY_AST = 0x400  # ast.PyCF_ONLY_AST
_TOP_LEVEL_AWAIT = 0x2000


def rebind(namespace: dict[str, object], module: Any, before: dict[str, object]) -> None:
    """Names that were imported, and still are what they were imported as, become what the module now has there."""
    now: dict[str, object] = module.__dict__
    for name, local in _imports_from(module.__name__, before):
        if name in before and name in now and local in namespace and namespace[local] is before[name]:
            namespace[local] = now[name]


def _imports_from(module: str, before: dict[str, object]) -> set[tuple[str, str]]:
    """Pairs: the name in the module, and in the session."""
    found: set[tuple[str, str]] = set()
    for _filename, source in remembered_sources():
        if "import" in source and module.rpartition(".")[2] in source:
            for name, local in _imports(source, module):
                found |= {(each, each) for each in before if each[:1] != "_"} if name == "*" else {(name, local)}
    return found


def _imports(source: str, module: str) -> list[tuple[str, str]]:
    try:
        pending: list[Any] = compile(source, "<import>", "exec", _ONLY_AST | _TOP_LEVEL_AWAIT, True).body
    except (SyntaxError, ValueError):
        return []
    found: list[tuple[str, str]] = []
    while pending:
        node = pending.pop()
        if isinstance(node, _ast.ImportFrom) and node.module == module and not node.level:
            found += [(alias.name, alias.asname or alias.name) for alias in node.names]
        for name in ("body", "orelse", "handlers", "finalbody"):
            pending += getattr(node, name, [])
    return found
