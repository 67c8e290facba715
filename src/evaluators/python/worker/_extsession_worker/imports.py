"""Runs a function of ours on a module whenever the person's code imports it; and imports of our own."""

from __future__ import annotations

import sys
from _frozen_importlib_external import PathFinder
from _thread import get_ident

from .pristine import builtins as __builtins__  # noqa: F401

_adaptations: dict[str, list[object]] = {}
_standard_path = sys.path[1:]  # as `start` has left it for our own imports: the standard library and nothing else
_preferring: set[int] = set()  # threads


def when_imported(name: str, adapt: object) -> None:
    """Calls `adapt(module)` right after `name` was imported, each time, and now when it is there already."""
    _adaptations.setdefault(name, []).append(adapt)
    module = sys.modules.get(name)
    if module is not None:
        adapt(module)  # type: ignore[operator]


class standard_library_first:
    """A section of ours: what it imports is the standard library's, also where the person has a module of that name."""

    def __enter__(self) -> None:
        self._is_outermost = get_ident() not in _preferring
        _preferring.add(get_ident())

    def __exit__(self, *_error: object) -> None:
        if self._is_outermost:
            _preferring.discard(get_ident())


class _AdaptingLoader:
    """The module's own loader, followed by our adaptations."""

    def __init__(self, loader: object, adaptations: list[object]) -> None:
        self._loader = loader
        self._adaptations = adaptations

    def __getattr__(self, name: str) -> object:
        return getattr(self._loader, name)

    def create_module(self, spec: object) -> object:
        return self._loader.create_module(spec)  # type: ignore[attr-defined]

    def exec_module(self, module: object) -> None:
        spec = module.__spec__  # type: ignore[attr-defined]
        spec.loader = module.__loader__ = self._loader  # type: ignore[attr-defined]
        self._loader.exec_module(module)  # type: ignore[attr-defined]
        for adapt in self._adaptations:
            try:
                adapt(module)  # type: ignore[operator]
            except Exception:
                continue  # it is a module of the person's with that name


class _Finder:
    """First on sys.meta_path; answers only for modules that are to be adapted, and for our own imports."""

    def find_spec(self, name: str, path: object = None, target: object = None) -> object:
        if name in _adaptations:
            return self._find_adapted(name, path, target)
        return _find_standard(name, path)

    def _find_adapted(self, name: str, path: object, target: object) -> object:
        spec = _find_standard(name, path) or self._find_elsewhere(name, path, target)
        loader = getattr(spec, "loader", None)
        if hasattr(loader, "exec_module") and type(loader) is not _AdaptingLoader:
            spec.loader = _AdaptingLoader(loader, _adaptations[name])  # type: ignore[attr-defined]
        return spec

    def _find_elsewhere(self, name: str, path: object, target: object) -> object:
        for finder in sys.meta_path:
            if finder is self or not hasattr(finder, "find_spec"):
                continue
            spec = finder.find_spec(name, path, target)  # type: ignore[arg-type]
            if spec is not None:
                return spec
        return None


def _find_standard(name: str, path: object) -> object:
    if path is not None or get_ident() not in _preferring:
        return None
    return PathFinder.find_spec(name, _standard_path)


def install() -> None:
    sys.meta_path.insert(0, _Finder())  # type: ignore[arg-type]
