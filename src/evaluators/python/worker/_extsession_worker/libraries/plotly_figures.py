"""Plotly: figures are sent as data. The plotly.js of the installed package draws them where scripts may run."""

from __future__ import annotations

import os
import sys

from .. import TYPE_CHECKING
from ..link.wire import loads
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from ..values import display
from ..values.representations import MAX_SIZE, companions

if TYPE_CHECKING:
    from typing import Any

    from ..link.messages import MimeBundle

_TYPE = "application/vnd.plotly.v1+json"
_SCRIPT_TYPE = "application/vnd.extsession.plotlyjs"  # the path of the plotly.js that draws the figure
# Those of notebooks, whose pages have plotly.js; here, the figure comes with it.
_NOTEBOOKS = (
    "plotly_mimetype",
    "vscode",
    "jupyterlab",
    "nteract",
    "notebook",
    "notebook_connected",
    "kaggle",
    "azure",
    "colab",
    "cocalc",
    "databricks",
)
_MAX_FIGURE = 2 * MAX_SIZE  # a million points with times
_MANY = 10_000  # numbers, which take less space as bytes
_COORDINATES = ("x", "y", "z", "lat", "lon", "r", "theta", "values", "open", "high", "low", "close")
_MAX_TITLE = 200
_MAX_KINDS = 5


def adapt(module: Any) -> None:
    """Figures are shown in place, unless PLOTLY_RENDERER names another way; otherwise Plotly would open a browser."""

    class Renderer(module.ExternalRenderer):
        config: Any = None  # the argument of `show(config=...)`

        def render(self, fig_dict: dict[str, Any]) -> None:
            if self.config:
                fig_dict["config"] = self.config
            display.publish(_bundle(fig_dict))

    class NotebookRenderer(module.MimetypeRenderer):
        config: Any = None

        def to_mimebundle(self, fig_dict: dict[str, Any]) -> MimeBundle:
            if self.config:
                fig_dict["config"] = self.config
            return _bundle(fig_dict)

    package = os.path.dirname(sys.modules["plotly"].__file__ or "")
    script = os.path.join(package, "package_data", "plotly.min.js")
    if os.path.isfile(script):
        companions[_TYPE] = (_SCRIPT_TYPE, script)
    renderers = module.renderers
    renderers["extsession"] = Renderer()
    for name in _NOTEBOOKS:
        if name in renderers:
            renderers[name] = NotebookRenderer()
    _lift_requirements(module)
    if not os.environ.get("PLOTLY_RENDERER"):
        renderers.default = "extsession"


def _lift_requirements(module: Any) -> None:
    """Where Plotly is told to show figures as in a notebook, it looks for packages that only notebooks need."""

    class Display:
        @staticmethod
        def display(bundle: MimeBundle, raw: bool = True) -> None:
            display.publish(bundle)

    class Format:
        __version__ = "5.0"

    if module.ipython_display is None:
        module.ipython_display = Display
    if module.nbformat is None:
        module.nbformat = Format


def _bundle(fig_dict: dict[str, Any]) -> MimeBundle:
    """Ready to be sent. Without plotly.js, which some distributions leave out, there is a page that loads it."""
    io = sys.modules["plotly.io"]
    text = io.to_json(_packed(fig_dict), validate=False, remove_uids=False)
    if len(text) > _MAX_FIGURE:
        note = "[%s of %d MB left out: more than %d MB. Show fewer points, or use write_html]"
        return {"text/plain": "%s\n%s" % (_summary(fig_dict), note % (_TYPE, len(text) >> 20, _MAX_FIGURE >> 20))}
    bundle: dict[str, Any] = {_TYPE: loads(text.encode()), "text/plain": _summary(fig_dict)}
    if _TYPE in companions:
        bundle.update([companions[_TYPE]])
    else:
        bundle["text/html"] = io.to_html(fig_dict, include_plotlyjs="cdn")
    return bundle


def _packed(fig_dict: dict[str, Any]) -> dict[str, Any]:
    """Long lists of numbers as bytes, as Plotly 6 sends arrays."""
    if int(sys.modules["plotly"].__version__.partition(".")[0]) < 6:
        return fig_dict
    data: list[dict[str, Any]] = fig_dict.get("data") or []
    packed = [{**trace, **{key: _as_bytes(trace[key]) for key in _COORDINATES if key in trace}} for trace in data]
    return {**fig_dict, "data": packed}


def _as_bytes(values: Any) -> Any:
    if (
        not issubclass(type(values), (list, tuple))
        or len(values) < _MANY
        or not {float, int}.issuperset(map(type, values))
    ):
        return values
    from array import array
    from binascii import b2a_base64

    try:
        numbers = array("d", values)
    except OverflowError:
        return values
    if sys.byteorder == "big":
        numbers.byteswap()
    return {"dtype": "f8", "bdata": b2a_base64(numbers.tobytes(), newline=False).decode("ascii")}


def _summary(fig_dict: dict[str, Any]) -> str:
    """Such as 'Plotly figure: Iris (3 scatter traces)'."""
    counts: dict[str, int] = {}
    for trace in fig_dict.get("data") or ():
        kind = str(trace.get("type") or "scatter")
        counts[kind] = counts.get(kind, 0) + 1
    kinds = ["%d %s trace%s" % (count, kind, "s" * (count > 1)) for kind, count in counts.items()]
    more = ["..."] * (len(kinds) > _MAX_KINDS)
    title = _title(fig_dict.get("layout"))
    return "Plotly figure%s (%s)" % (
        ": " + title if title else "",
        ", ".join(kinds[:_MAX_KINDS] + more) or "no traces",
    )


def _title(layout: Any) -> str:
    import re

    title: Any = layout.get("title") if layout else None
    if title and not issubclass(type(title), str):
        title = title.get("text")
    # Titles have some of the elements of HTML.
    return " ".join(re.sub("<[^<>]*>", " ", title or "").split())[:_MAX_TITLE]
