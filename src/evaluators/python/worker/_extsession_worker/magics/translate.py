"""A source with magics as Python: what IPython would make of it, or calls of our own magics where there is none."""

from __future__ import annotations

import _ast
import sys

from .. import TYPE_CHECKING
from ..commands.sources import with_plain_ends
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from . import ipython_shell
from .automatic import find_automatic
from .lines import Call, find

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from ..commands.session import Session

_IMPORTED = "_extsession_magics"  # in `sys.modules` once a magic has been used
_METHODS = {
    "line": "run_line_magic(%r, %r)",
    "cell": "run_cell_magic(%r, %r, %r)",
    "system": "system(%r)",
    "getoutput": "getoutput(%r)",
    "help": "run_line_magic(%r, %r)",
}


def translate(
    source: str, first_line: int, session: Session, parse: Callable[[str], _ast.Module]
) -> tuple[_ast.Module, str] | None:
    """The tree of a source that is no Python, and its source; None when no magic is in it.

    Raises SyntaxError when what is beside the magics is no Python either.
    """
    lines = with_plain_ends(source).split("\n")
    calls = find(lines)
    if not calls:
        automatic = find_automatic(lines, session)
        if automatic is None:
            return None
        calls.append(automatic)
    receiver = _receiver(session)
    widths = {call.first + first_line: len(lines[call.first].encode("utf-8", "replace")) for call in calls}
    for call in calls:
        lines[call.first : call.last + 1] = [_statement(call, receiver), *[""] * (call.last - call.first)]
    python = "\n".join(lines)
    try:
        tree = parse(python)
    except SyntaxError as error:
        raise error from None
    _widen(tree, widths)
    return tree, python


def _receiver(session: Session) -> str:
    if ipython_shell.provide(session):
        return "get_ipython()"
    from .own import own

    own.session = session
    module = sys.modules[_IMPORTED] = type(sys)(_IMPORTED)
    module.__dict__["own"] = own
    return "__import__('%s').own" % _IMPORTED


def _statement(call: Call, receiver: str) -> str:
    arguments: tuple[str, ...] = (call.text,)
    if call.kind in ("line", "cell"):
        arguments = (call.name, call.text)
    elif call.kind == "help":
        asked = "pinfo2" if call.name == "??" else "psearch" if "*" in call.text else "pinfo"
        arguments = (asked, call.text)
    if call.kind == "cell":
        arguments += (call.body + "\n",)
    code = "%s.%s" % (receiver, _METHODS[call.kind] % arguments)
    return call.indent + ("%s = %s" % (call.target, code) if call.target else code)


def _widen(tree: _ast.Module, widths: dict[int, int]) -> None:
    """Errors mark a magic's whole line: the columns are those of what it was translated to."""
    pending: list[Any] = list(tree.body)
    while pending:
        node = pending.pop()
        width = widths.get(getattr(node, "lineno", 0))
        if width is not None:
            node.col_offset = 0
            if hasattr(node, "end_col_offset"):
                node.end_col_offset = width
        pending += _children(node)


def _children(node: Any) -> list[Any]:
    children: list[Any] = []
    for name in node._fields:
        part: Any = getattr(node, name, None)
        children += part if type(part) is list else [part]
    return [child for child in children if isinstance(child, _ast.AST)]
