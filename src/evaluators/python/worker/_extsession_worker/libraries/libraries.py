"""Libraries that show things in notebooks show them here too, once they are imported; until then they cost nothing."""

from __future__ import annotations

from .. import TYPE_CHECKING
from ..imports import when_imported
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from ..values import display

if TYPE_CHECKING:
    from types import ModuleType
    from typing import Any

    from ..link.messages import MimeBundle


def _adapt_matplotlib(module: ModuleType) -> None:
    from . import figures

    figures.adapt_matplotlib(module)


def _adapt_figure(module: ModuleType) -> None:
    from . import figures

    figures.adapt_figure(module)


def _adapt_ipython(module: ModuleType) -> None:
    """IPython's display functions work without its shell."""

    def publish_display_data(
        data: MimeBundle, *_args: object, transient: Any = None, update: bool = False, **_kwargs: object
    ) -> None:
        from ..values import representations

        display_id = transient.get("display_id") if issubclass(type(transient), dict) else None
        display.publish(representations.sendable(data), display_id, update)

    for function in (display.display, display.update_display, display.clear_output, publish_display_data):
        if hasattr(module, function.__name__):
            setattr(module, function.__name__, function)


def _adapt_plotly(module: ModuleType) -> None:
    from . import plotly_figures

    plotly_figures.adapt(module)


def _adapt_tqdm_notebook(module: ModuleType) -> None:
    from . import tqdm_notebook

    tqdm_notebook.adapt(module)


def _adapt_widgets(module: ModuleType) -> None:
    from . import widgets

    widgets.adapt(module)


def _adapt_output_widget(module: ModuleType) -> None:
    from . import widgets

    widgets.adapt_output(module)


def install() -> None:
    when_imported("matplotlib", _adapt_matplotlib)
    when_imported("matplotlib.figure", _adapt_figure)
    when_imported("IPython.core.display_functions", _adapt_ipython)
    when_imported("IPython.core.display", _adapt_ipython)
    when_imported("plotly.io._renderers", _adapt_plotly)
    when_imported("tqdm.notebook", _adapt_tqdm_notebook)
    when_imported("ipywidgets.widgets.widget", _adapt_widgets)
    when_imported("ipywidgets.widgets.widget_output", _adapt_output_widget)
