"""`__file__` and `sys.argv[0]`: what a script finds there, code finds that is sent from the script's file."""

from __future__ import annotations

import sys
from os.path import isabs, isfile

from .. import TYPE_CHECKING
from ..imports import when_imported
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it

if TYPE_CHECKING:
    from typing import Any

_SPAWNERS = ("multiprocessing.spawn", "multiprocess.spawn", "loky.backend.spawn", "joblib.externals.loky.backend.spawn")
_MAIN_KEYS = ("init_main_from_path", "init_main_from_name")


class ScriptName:
    """Tells one command after the other which file it is part of. What user code sets itself stays."""

    def __init__(self, namespace: dict[str, object]) -> None:
        self._namespace = namespace
        self._file: str | None = None
        self._argument = ""

    def set(self, filename: str | None, there: str | None) -> None:
        """For the next command: its file, or None where it has none, as in an interactive Python.

        `there` is what the file is named here, if the host is on another machine and it is here at all.
        """
        if there and isfile(there):
            filename = there
        path = filename if filename and (isabs(filename) or isfile(filename)) else None
        if path is not None:
            self._namespace["__file__"] = path
        elif self._file is not None and self._namespace.get("__file__") == self._file:
            del self._namespace["__file__"]
        self._file = path
        self._set_argument(path or "")

    def _set_argument(self, argument: str) -> None:
        arguments = sys.argv
        if type(arguments) is list and arguments[:1] == [self._argument]:
            arguments[0] = self._argument = argument


def _adapt_spawn(module: Any) -> None:
    """A spawned process would run the file from its beginning, which the session has not done either."""
    plain = module.get_preparation_data

    def get_preparation_data(*args: object, **kwargs: object) -> dict[str, object]:
        data = plain(*args, **kwargs)
        for key in _MAIN_KEYS:
            data.pop(key, None)
        return data

    module.get_preparation_data = get_preparation_data


def install() -> None:
    if sys.argv[0]:
        return  # a script: it does run from its beginning
    for name in _SPAWNERS:
        when_imported(name, _adapt_spawn)
