"""Makes `import extsession` work in a session, unless the user has a module of that name."""

from __future__ import annotations

from _frozen_importlib import ModuleSpec
from _frozen_importlib_external import SourceFileLoader

from ..imports import when_missing
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it

_NAME = "extsession"
_FILE = __file__.rpartition("own_module")[0] + "extsession.py"


def _spec() -> ModuleSpec:
    spec = ModuleSpec(_NAME, SourceFileLoader(_NAME, _FILE), origin=_FILE)
    spec.has_location = True
    return spec


def install() -> None:
    when_missing(_NAME, _spec)
