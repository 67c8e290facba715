"""Runs a function of ours on a module whenever user code imports it; and imports of our own."""

from __future__ import annotations

import sys
from _frozen_importlib_external import PathFinder
from _thread import get_ident

from . import TYPE_CHECKING
from .pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from importlib.machinery import ModuleSpec
    from types import ModuleType
    from typing import Any, Protocol

    Adapt = Callable[[ModuleType], object]

    class _Loader(Protocol):
        def create_module(self, spec: ModuleSpec) -> ModuleType | None: ...
        def exec_module(self, module: ModuleType) -> None: ...


_adaptations: dict[str, list[Adapt]] = {}
_standard_path = sys.path[1:]  # as `start` has left it for our own imports: the standard library and nothing else
_preferring: set[int] = set()  # threads


def when_imported(name: str, adapt: Adapt) -> None:
    """Calls `adapt(module)` right after `name` was imported, each time, and now when it is there already."""
    _adaptations.setdefault(name, []).append(adapt)
    module = sys.modules.get(name)
    if module is not None:
        adapt(module)


class standard_library_first:
    """A section of ours: what it imports is the standard library's, even if the user has a module of that name."""

    def __enter__(self) -> None:
        self._is_outermost = get_ident() not in _preferring
        _preferring.add(get_ident())

    def __exit__(self, *_error: object) -> None:
        if self._is_outermost:
            _preferring.discard(get_ident())


class _AdaptingLoader:
    """The module's own loader, followed by our adaptations."""

    def __init__(self, loader: _Loader, adaptations: list[Adapt]) -> None:
        self._loader = loader
        self._adaptations = adaptations

    def __getattr__(self, name: str) -> Any:
        return getattr(self._loader, name)

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return self._loader.create_module(spec)

    def exec_module(self, module: Any) -> None:
        spec = module.__spec__
        spec.loader = module.__loader__ = self._loader
        self._loader.exec_module(module)
        for adapt in self._adaptations:
            try:
                adapt(module)
            except Exception:
                continue  # it is a module of the user's with that name


class _Finder:
    """First on sys.meta_path; answers only for modules that are to be adapted, and for our own imports."""

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name in _adaptations:
            return self._find_adapted(name, path, target)
        return _find_standard(name, path)

    def _find_adapted(self, name: str, path: Sequence[str] | None, target: ModuleType | None) -> ModuleSpec | None:
        spec = _find_standard(name, path) or self._find_elsewhere(name, path, target)
        loader: Any = getattr(spec, "loader", None)
        if spec is not None and hasattr(loader, "exec_module") and type(loader) is not _AdaptingLoader:
            spec.loader = _AdaptingLoader(loader, _adaptations[name])  # pyright: ignore  # it is one by its methods
        return spec

    def _find_elsewhere(self, name: str, path: Sequence[str] | None, target: ModuleType | None) -> ModuleSpec | None:
        for finder in sys.meta_path:
            if finder is self or not hasattr(finder, "find_spec"):
                continue
            spec = finder.find_spec(name, path, target)
            if spec is not None:
                return spec
        return None


def _find_standard(name: str, path: Sequence[str] | None) -> ModuleSpec | None:
    if path is not None or get_ident() not in _preferring:
        return None
    return PathFinder.find_spec(name, _standard_path)


def install() -> None:
    sys.meta_path.insert(0, _Finder())
