"""The magics that people use most, for sessions whose Python has no IPython."""

from __future__ import annotations

import sys

from .. import TYPE_CHECKING
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from . import asking, capture, environment, files, names, packages, reloads, shell_commands, timing
from .call import MagicCall, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..commands.session import Session

    Magic = Callable[[MagicCall], object]

LINE: dict[str, Magic] = {
    "aimport": reloads.aimport,
    "autoreload": reloads.autoreload,
    "cd": environment.cd,
    "conda": packages.conda,
    "env": environment.env,
    "load_ext": reloads.load_ext,
    "matplotlib": environment.matplotlib,
    "pinfo": asking.describe,
    "pinfo2": asking.describe_with_source,
    "pip": packages.pip,
    "precision": environment.precision,
    "psearch": asking.search,
    "pwd": environment.pwd,
    "reload_ext": reloads.load_ext,
    "run": files.run,
    "set_env": environment.env,
    "time": timing.time,
    "timeit": timing.timeit,
    "who": names.who,
    "whos": names.whos,
}
CELL: dict[str, Magic] = {
    "bash": shell_commands.bash,
    "capture": capture.capture,
    "html": capture.html,
    "markdown": capture.markdown,
    "sh": shell_commands.sh,
    "time": timing.time,
    "timeit": timing.timeit,
    "writefile": files.write,
}


class OwnMagics:
    """Takes the calls that IPython's shell takes, where there is none."""

    session: Session

    def run_line_magic(self, name: str, line: str) -> object:
        magic = LINE.get(name)
        if magic is None:
            raise UsageError(_unknown("%" + name))
        return magic(self._call(line))

    def run_cell_magic(self, name: str, line: str, cell: str) -> object:
        magic = CELL.get(name)
        if magic is None:
            raise UsageError(_unknown("%%" + name))
        return magic(self._call(line, cell))

    def system(self, command: str) -> None:
        self.session.namespace["_exit_code"] = shell_commands.run(self._call(command).expanded())

    def getoutput(self, command: str) -> list[str]:
        from .slist import SList

        return SList(shell_commands.output_of(self._call(command).expanded()))

    def _call(self, line: str, cell: str | None = None) -> MagicCall:
        user_frame = sys._getframe(2)  # pyright: ignore[reportPrivateUsage]
        return MagicCall(self.session, line, cell, user_frame)


def _unknown(name: str) -> str:
    return "%s needs IPython, which this Python cannot import. `%%pip install ipython` brings it." % name


own = OwnMagics()
