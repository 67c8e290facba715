"""A Matplotlib backend: draws with Agg, shows figures as displays of their command."""

from __future__ import annotations

from matplotlib.backend_bases import FigureManagerBase
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from ..values.display import display
from .figures import show_all


class FigureManager(FigureManagerBase):
    def show(self) -> None:
        display(self.canvas.figure)


class FigureCanvas(FigureCanvasAgg):
    manager_class = FigureManager


def new_figure_manager(
    num: int | str, *args: object, FigureClass: type[Figure] = Figure, **kwargs: object
) -> FigureManager:
    return new_figure_manager_given_figure(num, FigureClass(*args, **kwargs))


def new_figure_manager_given_figure(num: int | str, figure: Figure) -> FigureManager:
    return FigureManager(FigureCanvas(figure), num)


def show(*_args: object, **_kwargs: object) -> None:
    show_all()
