"""Which modules are to follow their files, and which of those have changed."""

from __future__ import annotations

import os
import sys
from os import stat
from os.path import normcase

from .. import TYPE_CHECKING
from ..own_code import FOLDER
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any, Optional, Tuple

    _Stamp = Optional[Tuple[int, int]]

_INSTALLED = ("site-packages", "dist-packages")
_ORDER = 1 if sys.version_info >= (3, 8) else -1  # of modules, to have those first that others import
_STANDARD_LIBRARY = os.__file__.rpartition("os.py")[0]


class Watch:
    """folders: whose modules are meant; None for all but those of the standard library."""

    def __init__(self, folders: Sequence[str] | None) -> None:
        self._folders = None if folders is None else [normcase(folder) for folder in folders]
        self._seen: set[str] = set()
        self._count = 0
        self._stamps: dict[str, tuple[str, _Stamp]] = {}  # by module: its file, and how that was when it was loaded
        self.is_on = True
        self.chosen: set[str] | None = None  # names of the only modules that are meant
        self.left_out: set[str] = set()

    def widen(self) -> None:
        """From now on to all modules outside the standard library."""
        if self._folders is not None:
            self._folders = None
            self._seen, self._count = set(self._stamps), 0
            self.look()

    def look(self) -> None:
        """Takes note of modules that have been loaded since."""
        if len(sys.modules) == self._count:
            return
        self._count = len(sys.modules)
        for name in list(sys.modules):
            if name in self._seen:
                continue
            self._seen.add(name)
            file = _file_of(sys.modules.get(name))
            if file is not None and self._is_meant(file):
                self._stamps[name] = (file, _stamp(file))

    def changed(self, anyway: bool = False) -> list[Any]:
        """Modules whose files have changed, each told once; those that others have imported come before them.

        anyway: those that are not chosen too, also while this is off.
        """
        changed: list[Any] = []
        if not (self.is_on or anyway):
            return changed
        for name, (file, before) in list(self._stamps.items())[::_ORDER]:
            if not anyway and (name in self.left_out or self.chosen is not None and name not in self.chosen):
                continue
            now = _stamp(file)
            module = sys.modules.get(name)
            if now == before or now is None or module is None:
                continue
            self._stamps[name] = (file, now)
            if not getattr(getattr(module, "__spec__", None), "_initializing", False):
                changed.append(module)
        return changed

    def _is_meant(self, file: str) -> bool:
        if file.startswith(FOLDER):
            return False
        if self._folders is None:
            return not file.startswith(_STANDARD_LIBRARY) or any(part in file for part in _INSTALLED)
        if any(part in file for part in _INSTALLED) or file.startswith(sys.prefix):
            return False
        return any(normcase(file).startswith(folder) for folder in self._folders)


def _file_of(module: object) -> str | None:
    """The source file of a module, told from its own dictionary: no `__getattr__` of a module's runs."""
    names: dict[str, object] = getattr(module, "__dict__", {})
    file = names.get("__file__")
    return file if type(file) is str and file.endswith(".py") and names.get("__name__") != "__main__" else None


def _stamp(file: str) -> _Stamp:
    try:
        found = stat(file)
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
