"""Matplotlib draws in the colors of a light or a dark editor, where the host asks for that."""

from __future__ import annotations

import sys

from .. import TYPE_CHECKING
from ..imports import when_imported
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it

if TYPE_CHECKING:
    from typing import Any, Dict

    Parameters = Dict[str, Any]

_STYLES = {"dark": "dark_background"}  # of those that come with Matplotlib; a light editor has its usual colors


class _State:
    is_installed = False
    theme: str | None = None
    usual: Parameters = {}  # the values before a style of ours
    given: Parameters = {}  # those of the style; what the user has set since stays


_state = _State()


def follow(theme: str | None) -> None:
    """For figures that are made from now on. None leaves the colors to Matplotlib."""
    if theme == _state.theme:
        return
    _state.theme = theme
    if not _state.is_installed:
        _state.is_installed = True
        when_imported("matplotlib.style", lambda _module: _try())
    else:
        _try()


def _try() -> None:
    try:
        _apply()
    except Exception:
        return  # it is a module of the user's with that name, or is being imported


def _apply() -> None:
    matplotlib: Any = sys.modules.get("matplotlib")
    styles: Any = sys.modules.get("matplotlib.style")
    if styles is None:
        return
    parameters = matplotlib.rcParams
    for name, value in _state.given.items():
        if parameters[name] == value:
            parameters[name] = _state.usual[name]
    style: Parameters = dict(styles.library.get(_STYLES.get(_state.theme or ""), {}))
    untouched = {name: value for name, value in style.items() if parameters[name] == matplotlib.rcParamsDefault[name]}
    _state.usual = {name: parameters[name] for name in untouched}
    parameters.update(untouched)
    _state.given = {name: parameters[name] for name in untouched}
