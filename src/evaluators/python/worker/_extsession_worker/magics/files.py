"""%run and %%writefile."""

from __future__ import annotations

import os
import sys

from .. import TYPE_CHECKING
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from .call import UsageError

if TYPE_CHECKING:
    from .call import MagicCall


def run(call: MagicCall) -> None:
    """%run [-i] FILE ARGUMENTS: runs a script as `__main__` and keeps its names. -i: it sees the session's too."""
    import runpy

    words = call.words()
    sees_session = words[:1] == ["-i"]
    words = words[1:] if sees_session else words
    if not words:
        raise UsageError("%run needs the name of a file.")
    path = os.path.expanduser(words[0])
    if not os.path.exists(path) and os.path.exists(path + ".py"):
        path += ".py"
    namespace = call.session.namespace
    arguments, main = sys.argv, sys.modules["__main__"]
    sys.argv = [path, *words[1:]]
    try:
        found = runpy.run_path(path, dict(namespace) if sees_session else None, "__main__")
    except SystemExit as end:
        if end.code not in (None, 0):
            raise
        return
    finally:
        sys.argv = arguments
        sys.modules["__main__"] = main
    namespace.update({name: value for name, value in found.items() if not (name[:2] == name[-2:] == "__")})


def write(call: MagicCall) -> None:
    """%%writefile [-a] FILE: puts the cell into a file, or behind what it holds."""
    line = call.expanded().strip()
    option, _space, rest = line.partition(" ")
    appends = option in ("-a", "--append")
    path = os.path.expanduser((rest if appends else line).strip().strip("'\""))
    if not path:
        raise UsageError("%%writefile needs the name of a file.")
    exists = os.path.exists(path)
    with open(path, "a" if appends else "w", encoding="utf-8") as file:
        file.write(call.cell or "")
    print("%s %s" % ("Writing" if not exists else "Appending to" if appends else "Overwriting", path))
