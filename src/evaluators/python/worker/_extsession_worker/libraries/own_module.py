"""Makes modules of ours importable, unless the user has one of that name: `extsession`, and a backend of Matplotlib."""

from __future__ import annotations

from _frozen_importlib import ModuleSpec
from _frozen_importlib_external import SourceFileLoader

from .. import TYPE_CHECKING
from ..imports import when_missing
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from ..private_modules import load

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

BACKEND = "extsession_backend"
_PACKAGE = __name__.rpartition(".")[0]


def _specify(name: str, ours: str) -> Callable[[], ModuleSpec]:
    file = __file__.rpartition("own_module")[0] + ours + ".py"

    def exec_module(module: Any) -> None:
        del module.__loader__.exec_module  # it stays what it is for those who look at it
        found = vars(load(_PACKAGE + "." + ours))
        module.__doc__ = found["__doc__"]
        for each in found.get("__all__", found):
            if not each.startswith("__"):
                setattr(module, each, found[each])
        if "__all__" in found:
            module.__all__ = found["__all__"]

    def specify() -> ModuleSpec:
        loader: Any = SourceFileLoader(name, file)
        loader.exec_module = exec_module
        spec = ModuleSpec(name, loader, origin=file)
        spec.has_location = True
        return spec

    return specify


def install() -> None:
    when_missing("extsession", _specify("extsession", "extsession"))
    when_missing(BACKEND, _specify(BACKEND, "matplotlib_backend"))
