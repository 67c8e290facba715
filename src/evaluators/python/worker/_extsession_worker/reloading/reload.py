"""Before each command: loads changed modules anew, and says so."""

from __future__ import annotations

import _ast
import sys

from .. import TYPE_CHECKING
from ..commands.errors import describe
from ..commands.sources import remembered_sources
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from ..values import display
from .replace import replace
from .watch import Watch

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType
    from typing import Any

    from ..commands.session import Session

_ONLY_AST = 0x400  # ast.PyCF_ONLY_AST
_TOP_LEVEL_AWAIT = 0x2000
_DIM, _PLAIN = "\x1b[2m", "\x1b[22m"
_IPYTHONS = "IPython.extensions.autoreload"
_watch: Watch | None = None


def follow(session: Session, folders: Sequence[str] | None) -> Watch:
    """Takes note of what has been loaded, and from here on of what is loaded and changed; the first call counts."""
    global _watch
    if _watch is not None:
        return _watch
    watch = _watch = Watch(folders)
    watch.look()

    def before_command(_source: str) -> None:
        watch.look()  # what threads have imported meanwhile
        changed = [] if _IPYTHONS in sys.modules else watch.changed()  # which the user prefers, then
        if changed:
            _reload_all(changed, session.namespace)

    session.before_command.append(before_command)
    display.at_command_end.append(lambda _value: watch.look())
    return watch


def reload_now(session: Session) -> None:
    """All modules that have changed, whether or not that is done by itself."""
    _reload_all(follow(session, None).changed(anyway=True), session.namespace)


def _reload_all(modules: list[Any], namespace: dict[str, object]) -> None:
    done = [module.__name__ for module in modules if _reload(module, namespace)]
    if done:
        display.publish({"text/plain": "%sreloaded %s%s" % (_DIM, ", ".join(done), _PLAIN)})


def _reload(module: Any, namespace: dict[str, object]) -> bool:
    """False, with a word in stderr, if the new version fails: the module stays as it was."""
    from importlib import reload

    before = dict(module.__dict__)
    try:
        reload(module)
        replace(module, before)
        _rebind(namespace, module, before)
    except BaseException as error:
        module.__dict__.clear()
        module.__dict__.update(before)
        if not isinstance(error, (Exception, SystemExit)):
            raise
        error.__traceback__ = _within(module, error.__traceback__)
        sys.stderr.write("%s was not reloaded:\n%s" % (module.__name__, describe(error)["traceback"]))
        return False
    return True


def _within(module: Any, trace: TracebackType | None) -> TracebackType | None:
    """The traceback without the way to the module."""
    while trace is not None and trace.tb_frame.f_code.co_filename != module.__file__:
        trace = trace.tb_next
    return trace


def _rebind(namespace: dict[str, object], module: Any, before: dict[str, object]) -> None:
    """Names that commands have imported, and that still are what they were, become what the module now has there."""
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
