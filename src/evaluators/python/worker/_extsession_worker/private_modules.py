"""Loads the modules of this package without an entry in `sys.modules`, where user code would find and change them.

Libraries walk through that: some replace functions of the time or of files in all modules, or empty it.
"""

from __future__ import annotations

import _frozen_importlib
import builtins
from _frozen_importlib import ModuleSpec
from _frozen_importlib_external import SourceFileLoader

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import ModuleType
    from typing import Any

_PACKAGE = __name__.rpartition(".")[0]
_ROOT = __file__.rpartition(_PACKAGE)[0]
_modules: dict[str, ModuleType] = {}
_loading: set[str] = set()
_importlib: Any = _frozen_importlib
_import_other = builtins.__import__


def _import(
    name: str,
    globals: Mapping[str, Any] | None = None,
    locals: Mapping[str, object] | None = None,
    fromlist: Sequence[str] | None = (),
    level: int = 0,
) -> object:
    """The `__import__` of our modules. What they import otherwise is imported as ever."""
    if level == 0 or globals is None:
        return _import_other(name, globals, locals, fromlist, level)
    package: str = globals["__package__"]
    for _ in range(level - 1):
        package = package.rpartition(".")[0]
    module = load(package + "." + name if name else package)
    attributes = module.__dict__
    for each in fromlist or ():
        if each not in attributes:
            load(module.__name__ + "." + each)
    return module


# Builtins as they were before the user's code could replace them.
builtins_of_ours = dict(vars(builtins))
builtins_of_ours["__import__"] = _import


def become_private(module: ModuleType) -> Any:
    """Makes `module`, which is this one, the one that the others import. Returns it."""
    _modules[__name__] = module
    return module


def loaded(name: str) -> ModuleType | None:
    """A module of this package, by its full name, if it has been loaded."""
    return _modules.get(name)


def load(name: str) -> ModuleType:
    """A module of this package, by its full name. Raises OSError when there is none."""
    module = _modules.get(name)
    if module is not None and name not in _loading:
        return module
    parent = name.rpartition(".")[0]
    if parent:
        load(parent)
    try:
        with _importlib._ModuleLockManager(name):  # another thread may be at it
            if name not in _modules:
                _load(name, parent)
    except _importlib._DeadlockError:  # that one waits for this thread: as in any import, the module is incomplete
        pass
    return _modules[name]


def _load(name: str, parent: str) -> None:
    file = _ROOT + name.replace(".", "/")
    folder: list[str] | None = None
    try:
        loader = SourceFileLoader(name, file + ".py")
        code: Any = loader.get_code(name)
    except FileNotFoundError:
        folder = [file]
        loader = SourceFileLoader(name, file + "/__init__.py")
        code = loader.get_code(name)
    module = type(builtins)(name)
    spec = module.__spec__ = ModuleSpec(name, loader, origin=loader.path, is_package=folder is not None)
    attributes = module.__dict__
    attributes.update(__builtins__=builtins_of_ours, __file__=loader.path, __loader__=loader)
    attributes["__package__"] = parent if folder is None else name
    if folder is not None:
        spec.submodule_search_locations = attributes["__path__"] = folder
    _loading.add(name)
    _modules[name] = module
    try:
        exec(code, attributes)
    except BaseException:
        del _modules[name]
        raise
    finally:
        _loading.discard(name)
    if parent:
        setattr(_modules[parent], name.rpartition(".")[2], module)
