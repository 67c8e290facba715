"""Makes `import extsession` work in a session, unless the user has a module of that name."""

from __future__ import annotations

import sys
from _frozen_importlib import ModuleSpec
from _frozen_importlib_external import SourceFileLoader

from .. import TYPE_CHECKING
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import ModuleType

_NAME = "extsession"
_FILE = __file__.rpartition("own_module")[0] + "extsession.py"


class _Finder:
    """Before the others on sys.meta_path: for them a mere folder of that name is a module too."""

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name != _NAME:
            return None
        for finder in sys.meta_path:
            if finder is self or not hasattr(finder, "find_spec"):
                continue
            found = finder.find_spec(name, path, target)
            if found is not None and found.loader is not None:
                return found
        spec = ModuleSpec(_NAME, SourceFileLoader(_NAME, _FILE), origin=_FILE)
        spec.has_location = True
        return spec


def install() -> None:
    sys.meta_path.insert(0, _Finder())
