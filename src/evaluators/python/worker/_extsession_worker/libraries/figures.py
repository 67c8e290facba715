"""Matplotlib: figures are shown where `show()` is called, else at the end of their command, and closed then."""

from __future__ import annotations

import os
import sys

from .. import TYPE_CHECKING
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from ..values import display, representations

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from matplotlib.figure import Figure

_BACKEND = "module://_extsession_worker.libraries.matplotlib_backend"
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


def _to_png(figure: Figure) -> tuple[str, bytes]:
    from io import BytesIO

    data = BytesIO()
    figure.canvas.print_figure(
        data,
        format="png",
        dpi=figure.dpi,
        facecolor=figure.get_facecolor(),
        edgecolor=figure.get_edgecolor(),
        bbox_inches="tight",
    )
    return "image/png", data.getvalue()


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
    representations.formatters[module.Figure] = _to_png
