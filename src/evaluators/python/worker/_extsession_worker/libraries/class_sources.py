"""`inspect.getsource` of a class that a command has defined: `inspect` looks for the file of its module."""

from __future__ import annotations

import sys

from .. import TYPE_CHECKING
from ..commands.sources import remembered_sources, was_run
from ..imports import standard_library_first, when_imported
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from ..wrapping import put_in_place

if TYPE_CHECKING:
    from types import ModuleType
    from typing import Any

    from ..wrapping import Function


def file_of_class(cls: type) -> str | None:
    """The file name under which the command ran that defines the class; None for a class of another module."""
    if getattr(cls, "__module__", None) != "__main__":
        return None
    for member in vars(cls).values():
        function = getattr(member, "__func__", getattr(member, "fget", member))
        code = getattr(function, "__code__", None)
        if code is None or not getattr(function, "__qualname__", "").startswith(cls.__qualname__ + "."):
            continue
        if was_run(code.co_filename):  # not what a decorator has made or wrapped
            return code.co_filename
    return _file_of_definition(cls.__qualname__)


def _file_of_definition(qualified_name: str) -> str | None:
    """The file name of the newest command that defines a class of that name."""
    with standard_library_first():
        import ast
    path = qualified_name.replace(".<locals>", "").split(".")
    for filename, source in remembered_sources():
        if path[-1] not in source:
            continue
        try:
            tree = ast.parse(source)
        except (SyntaxError, ValueError, RecursionError):
            continue  # IPython's syntax, or code that failed
        if _defines(ast, tree, path):
            return filename
    return None


def _defines(ast: Any, node: Any, path: list[str]) -> bool:
    if not path:
        return True
    kinds = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    for child in ast.iter_child_nodes(node):
        rest = path[1:] if isinstance(child, kinds) and child.name == path[0] else None
        if rest is not None and _defines(ast, child, rest):
            return True
        if not isinstance(child, kinds) and _defines(ast, child, path):
            return True
    return False


def _finding_classes(plain: Function) -> Function:
    def getfile(object: Any) -> str:
        found = file_of_class(object) if isinstance(object, type) else None
        return plain(object) if found is None else found

    return getfile


def _finding_lines(plain: Function) -> Function:
    """CPython 3.9 to 3.12 parse the whole file, in which magics may be, or what is left of earlier commands."""

    def findsource(object: Any) -> tuple[list[str], int]:
        try:
            found: tuple[list[str], int] = plain(object)
        except SyntaxError:
            if not isinstance(object, type):
                raise
            return _lines_of_class(object)
        return found

    return findsource


def _lines_of_class(cls: type) -> tuple[list[str], int]:
    """The lines of the file of a class, and at which of them its definition begins, decorators included."""
    with standard_library_first():
        import re
        from inspect import getfile
        from linecache import getlines
    lines = getlines(getfile(cls))
    head = re.compile(r"(\s*)class\s+%s\b" % re.escape(cls.__name__))
    heads = [(len(found.group(1)), at) for at, found in enumerate(map(head.match, lines)) if found]
    codes = [getattr(member, "__code__", None) for member in vars(cls).values()]
    body = [code.co_firstlineno for code in codes if code is not None and code.co_firstlineno <= len(lines)]
    above = [place for place in heads if body and place[1] < min(body)]
    if not heads:
        raise OSError("could not find class definition")
    at = above[-1][1] if above else min(heads, key=lambda place: (place[0], -place[1]))[1]
    while at and lines[at - 1].lstrip().startswith("@"):
        at -= 1
    return lines, at


def _adapt_inspect(module: ModuleType) -> None:
    if module is sys.modules.get("inspect"):
        put_in_place(module, "getfile", _finding_classes)
        put_in_place(module, "findsource", _finding_lines)


def install() -> None:
    when_imported("inspect", _adapt_inspect)
