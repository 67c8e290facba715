"""Runs a function of ours on a module whenever user code imports it; and imports of our own."""

from __future__ import annotations

import _frozen_importlib
import sys
from _frozen_importlib_external import ExtensionFileLoader, PathFinder, SourceFileLoader, SourcelessFileLoader
from _thread import get_ident

from . import TYPE_CHECKING
from .pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from .wrapping import put_in_place

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from importlib.machinery import ModuleSpec
    from types import ModuleType
    from typing import Any, Protocol

    from .wrapping import Function

    Adapt = Callable[[ModuleType], object]

    class _Loader(Protocol):
        def create_module(self, spec: ModuleSpec) -> ModuleType | None: ...
        def exec_module(self, module: ModuleType) -> None: ...


_SINGLE = (SourceFileLoader, SourcelessFileLoader, ExtensionFileLoader)  # each module has one of its own
_adaptations: dict[str, list[Adapt]] = {}
_fallbacks: dict[str, Callable[[], ModuleSpec]] = {}
_standard_path = sys.path[:]  # as `start` has left it for our own imports: the standard library and nothing else
_preferring: set[int] = set()  # threads


def when_imported(name: str, adapt: Adapt) -> None:
    """Calls `adapt(module)` right after `name` was imported, each time, and now when it is there already."""
    _adaptations.setdefault(name, []).append(adapt)
    module = sys.modules.get(name)
    if module is not None:
        adapt(module)


def when_missing(name: str, make_spec: Callable[[], ModuleSpec]) -> None:
    """Has `import name` find that module where the user has none of that name."""
    _fallbacks[name] = make_spec


class standard_library_first:
    """A section of ours: what it imports is the standard library's, even if the user has a module of that name."""

    def __enter__(self) -> None:
        self._is_outermost = get_ident() not in _preferring
        _preferring.add(get_ident())

    def __exit__(self, *_error: object) -> None:
        if self._is_outermost:
            _preferring.discard(get_ident())


class _AdaptingLoader:
    """In the place of a loader that also loads other modules, until it has loaded this one."""

    def __init__(self, loader: _Loader, exec_module: Callable[[Any], None]) -> None:
        self._loader = loader
        self.exec_module = exec_module

    def __getattr__(self, name: str) -> Any:
        return getattr(self._loader, name)

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return self._loader.create_module(spec)


def _adapt_when_loaded(spec: ModuleSpec, adaptations: list[Adapt]) -> None:
    loader: Any = spec.loader
    if not hasattr(loader, "exec_module") or type(loader) is _AdaptingLoader:
        return

    def exec_module(module: Any) -> None:
        module.__spec__.loader = module.__loader__ = loader
        if type(loader) in _SINGLE:
            loader.__dict__.pop("exec_module", None)
        loader.exec_module(module)
        for adapt in adaptations:
            try:
                adapt(module)
            except Exception:
                continue  # it is a module of the user's with that name

    if type(loader) in _SINGLE:
        loader.exec_module = exec_module  # it stays what it is for those who look at it
    else:
        spec.loader = _AdaptingLoader(loader, exec_module)  # pyright: ignore  # it is one by its methods


def _find_standard(name: str, path: Sequence[str] | None) -> ModuleSpec | None:
    if path is not None or get_ident() not in _preferring:
        return None
    return PathFinder.find_spec(name, _standard_path)


def _finding(plain: Function) -> Function:
    def _find_spec(name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        spec: ModuleSpec | None = _find_standard(name, path) or plain(name, path, target)
        if spec is None or spec.loader is None:  # nothing, or a mere folder of that name
            return _fallbacks[name]() if name in _fallbacks else spec
        if name in _adaptations:
            _adapt_when_loaded(spec, _adaptations[name])
        return spec

    return _find_spec


def install() -> None:
    """In the place of what asks the finders: one more in `sys.meta_path` would be seen."""
    put_in_place(_frozen_importlib, "_find_spec", _finding)
    util = sys.modules.get("importlib.util")
    if util is not None:
        put_in_place(util, "_find_spec", _finding)
