"""Matplotlib: figures are shown where `show()` is called, else at the end of their command, and closed then."""

from __future__ import annotations

import os
import sys

from ..pristine import builtins as __builtins__  # noqa: F401
from ..values import display, representations

_BACKEND = "module://_extsession_worker.libraries.matplotlib_backend"


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


def _to_png(figure: object) -> tuple[str, bytes]:
    from io import BytesIO

    data = BytesIO()
    figure.canvas.print_figure(  # type: ignore[attr-defined]
        data,
        format="png",
        dpi=figure.dpi,  # type: ignore[attr-defined]
        facecolor=figure.get_facecolor(),  # type: ignore[attr-defined]
        edgecolor=figure.get_edgecolor(),  # type: ignore[attr-defined]
        bbox_inches="tight",
    )
    return "image/png", data.getvalue()


def adapt_matplotlib(matplotlib: object) -> None:
    """Our backend, unless the person has chosen one: by MPLBACKEND, in their matplotlibrc, or later with `use()`."""
    if os.environ.get("MPLBACKEND") or _is_chosen_in_file(matplotlib):
        return
    matplotlib.rcParams["backend"] = _BACKEND  # type: ignore[attr-defined]
    display.at_command_end.append(_show_at_command_end)


def _is_chosen_in_file(matplotlib: object) -> bool:
    """Not by the one that came with Matplotlib, where some packagers name a backend."""
    file = matplotlib.matplotlib_fname()  # type: ignore[attr-defined]
    own = (os.getcwd(), matplotlib.get_configdir(), os.environ.get("MATPLOTLIBRC") or os.getcwd())  # type: ignore[attr-defined]
    if not os.path.abspath(file).startswith(tuple(map(os.path.abspath, own))):
        return False
    chosen, default = (dict.get(params, "backend") for params in (matplotlib.rcParams, matplotlib.rcParamsDefault))  # type: ignore[attr-defined]
    return chosen is not default and chosen != default


def adapt_figure(module: object) -> None:
    representations.formatters[module.Figure] = _to_png  # type: ignore[attr-defined]
