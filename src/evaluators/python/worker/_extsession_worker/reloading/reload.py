"""Before each command: loads changed modules anew, and says so."""

from __future__ import annotations

import sys

from .. import TYPE_CHECKING
from ..commands.errors import describe
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from ..values import display
from .imported_names import rebind
from .replace import replace
from .watch import Watch

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType
    from typing import Any

    from ..commands.session import Session

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
        rebind(namespace, module, before)
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
