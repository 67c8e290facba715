"""Runs a function of ours on a module when, if ever, the person's code imports it."""

from __future__ import annotations

import sys

from .pristine import builtins as __builtins__  # noqa: F401

_pending: dict[str, object] = {}


def when_imported(name: str, adapt: object) -> None:
    """Calls `adapt(module)` right after `name` was first imported, or now when it is there already."""
    module = sys.modules.get(name)
    if module is not None:
        adapt(module)  # type: ignore[operator]
    else:
        _pending[name] = adapt


class _AdaptingLoader:
    """The module's own loader, followed by our adaptation."""

    def __init__(self, loader: object, adapt: object) -> None:
        self._loader = loader
        self._adapt = adapt

    def create_module(self, spec: object) -> object:
        return self._loader.create_module(spec)  # type: ignore[attr-defined]

    def exec_module(self, module: object) -> None:
        spec = module.__spec__  # type: ignore[attr-defined]
        spec.loader = module.__loader__ = self._loader  # type: ignore[attr-defined]
        self._loader.exec_module(module)  # type: ignore[attr-defined]
        self._adapt(module)  # type: ignore[operator]


class _Finder:
    """First on sys.meta_path; answers only for modules that wait to be adapted."""

    def find_spec(self, name: str, path: object = None, target: object = None) -> object:
        if name not in _pending:
            return None
        adapt = _pending.pop(name)
        for finder in sys.meta_path:
            if finder is self or not hasattr(finder, "find_spec"):
                continue
            spec = finder.find_spec(name, path, target)  # type: ignore[arg-type]
            if spec is not None:
                if spec.loader is not None:
                    spec.loader = _AdaptingLoader(spec.loader, adapt)  # type: ignore[assignment]
                return spec
        return None


def install() -> None:
    sys.meta_path.insert(0, _Finder())  # type: ignore[arg-type]
