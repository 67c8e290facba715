"""Finds debugpy without running code: neither the user's finders in `sys.meta_path`, nor debugpy itself."""

from __future__ import annotations

import os
import sys
from _frozen_importlib_external import PathFinder

from .. import TYPE_CHECKING
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it

if TYPE_CHECKING:
    from collections.abc import Iterable


def find(folders: Iterable[str]) -> str | None:
    """The folder that contains debugpy: the first one in `sys.path`, else in `folders`."""
    for path in (sys.path, *([folder] for folder in folders)):
        spec = PathFinder.find_spec("debugpy", path)
        if spec is not None and spec.origin:
            folder = os.path.dirname(os.path.dirname(spec.origin))
            if os.path.exists(os.path.join(folder, "debugpy", "_vendored", "force_pydevd.py")):
                return folder
    return None
