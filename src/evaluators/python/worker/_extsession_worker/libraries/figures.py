"""Matplotlib: figures are shown where `show()` is called, else at the end of their command, and closed then."""

from __future__ import annotations

import os
import sys

from .. import TYPE_CHECKING
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from ..values import display, representations
from . import shown_figures
from .own_module import BACKEND

if TYPE_CHECKING:
    from collections.abc import Callable
    from io import BytesIO
    from types import ModuleType

    from matplotlib.figure import Figure

_BACKEND = "module://" + BACKEND
_FORMATS = {"image/png": "png", "image/jpeg": "jpg", "image/svg+xml": "svg", "application/pdf": "pdf"}
_get_plain: Callable[[dict[str, object], str], object] = dict.__dict__["get"]  # `params["backend"]` resolves it


def show_all() -> None:
    """Shows all figures of pyplot that have something in them, and closes them."""
    helpers = sys.modules["matplotlib._pylab_helpers"].Gcf
    try:
        for manager in helpers.get_all_fig_managers():
            figure = manager.canvas.figure
            if figure.get_children()[1:]:  # more than its background
                display.display(figure)
    finally:
        helpers.destroy_all()


def _show_at_command_end(value: object) -> None:
    helpers = sys.modules.get("matplotlib._pylab_helpers")
    if helpers is None or not helpers.Gcf.figs or sys.modules["matplotlib"].get_backend() != _BACKEND:
        return
    for manager in helpers.Gcf.get_all_fig_managers():
        if manager.canvas.figure is value:  # it has been shown, as that
            helpers.Gcf.destroy(manager)
    show_all()


def _forms(figure: Figure) -> dict[str, object]:
    from ..magics import ipython_shell

    kind = sys.modules["matplotlib.figure"].Figure
    chosen = [mime for mime in ipython_shell.figure_types(kind) if mime in _FORMATS] or ["image/png"]
    return {shown_figures.MIME: shown_figures.remember(figure), **{mime: _form(figure, mime) for mime in chosen}}


def _form(figure: Figure, mime: str) -> bytes | str:
    from io import BytesIO

    data = BytesIO()
    draw(figure, data, _FORMATS[mime])
    return data.getvalue().decode() if mime == "image/svg+xml" else data.getvalue()


def draw(figure: Figure, target: BytesIO, image_format: str) -> None:
    figure.canvas.print_figure(
        target,
        format=image_format,
        dpi=figure.dpi,
        facecolor=figure.get_facecolor(),
        edgecolor=figure.get_edgecolor(),
        bbox_inches="tight",
    )


def adapt_matplotlib(matplotlib: ModuleType) -> None:
    """Chooses our backend unless the user has chosen one: by MPLBACKEND, in a matplotlibrc, or later with `use()`."""
    if os.environ.get("MPLBACKEND") or _is_chosen_in_file(matplotlib):
        return
    matplotlib.rcParams["backend"] = _BACKEND
    display.at_command_end.append(_show_at_command_end)


def _is_chosen_in_file(matplotlib: ModuleType) -> bool:
    """Not by the one that came with Matplotlib, where some packagers name a backend."""
    file = matplotlib.matplotlib_fname()
    own = (os.getcwd(), matplotlib.get_configdir(), os.environ.get("MATPLOTLIBRC") or os.getcwd())
    if not os.path.abspath(file).startswith(tuple(map(os.path.abspath, own))):
        return False
    chosen, default = (_get_plain(params, "backend") for params in (matplotlib.rcParams, matplotlib.rcParamsDefault))
    return chosen is not default and chosen != default


def adapt_figure(module: ModuleType) -> None:
    representations.formatters[module.Figure] = _forms
