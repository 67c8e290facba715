"""The width of lines in the panel, for programs and libraries that ask how wide their terminal is."""

from __future__ import annotations

import os
import sys

from .. import TYPE_CHECKING
from ..imports import when_imported
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from ..wrapping import put_in_place

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

_LINES = 24  # as of a terminal that nobody has resized
_VARIABLE = "COLUMNS"


class _Width:
    """Where the width was written; what the user has written there since stays."""

    columns = 0
    variable: str | None = None
    numpy = 75
    pandas = 80


_width = _Width()


def follow(columns: int) -> None:
    """For the next command."""
    if not _width.columns:
        _install()
    _width.columns = columns
    if os.environ.get(_VARIABLE) == _width.variable:
        os.environ[_VARIABLE] = _width.variable = str(columns)
    for name, adapt in (("numpy", _adapt_numpy), ("pandas", _adapt_pandas)):
        module = sys.modules.get(name)
        if module is not None:
            try:
                adapt(module)
            except Exception:
                continue  # it is a module of the user's with that name, or is being imported


def _install() -> None:
    put_in_place(os, "get_terminal_size", _answering)
    for name, adapt in (
        ("numpy", _adapt_numpy),
        ("pandas", _adapt_pandas),
        ("rich.console", _adapt_rich),
        ("tqdm.utils", _adapt_tqdm),
    ):
        when_imported(name, adapt)


def _answering(plain: Callable[..., os.terminal_size]) -> Callable[..., os.terminal_size]:
    def get_terminal_size(*args: int) -> os.terminal_size:
        try:
            return plain(*args)
        except OSError:
            if args and args[0] not in (0, 1, 2):
                raise
            return os.terminal_size((_width.columns, _LINES))

    return get_terminal_size


def _adapt_numpy(module: Any) -> None:
    """NumPy has a fixed width and asks nobody."""
    if _width.columns and module.get_printoptions()["linewidth"] == _width.numpy:
        module.set_printoptions(linewidth=_width.columns)
        _width.numpy = _width.columns


def _adapt_pandas(module: Any) -> None:
    """pandas asks how many columns of a frame fit, but wraps at a fixed width."""
    if _width.columns and module.get_option("display.width") == _width.pandas:
        module.set_option("display.width", _width.columns)
        _width.pandas = _width.columns


def _adapt_rich(module: Any) -> None:
    """A console would keep for good what the variable says when it is made."""

    def making(plain: Callable[..., None]) -> Callable[..., None]:
        def __init__(self: Any, *args: Any, **options: Any) -> None:
            plain(self, *args, **options)
            is_ours = _width.variable is not None and os.environ.get(_VARIABLE) == _width.variable
            if is_ours and options.get("width") is None and self._width == _width.columns:
                self._width = None

        return __init__

    put_in_place(module.Console, "__init__", making)


def _adapt_tqdm(module: Any) -> None:
    """Older versions ask for a size in their own way, which needs a terminal."""

    def asking(plain: Callable[[], Any]) -> Callable[[], Any]:
        def _screen_shape_wrapper() -> Any:
            shape = plain()

            def measured(fp: object) -> tuple[int | None, int | None]:
                columns, lines = shape(fp) if shape else (None, None)
                return columns or _width.columns - 1 or None, lines

            return measured

        return _screen_shape_wrapper

    put_in_place(module, "_screen_shape_wrapper", asking)
