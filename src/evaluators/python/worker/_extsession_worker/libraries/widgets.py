"""ipywidgets: nothing here draws a widget, so it is shown as text, which follows its changes."""

from __future__ import annotations

import sys
from _functools import partial
from time import monotonic

from .. import TYPE_CHECKING
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from ..values import display, representations
from .widget_texts import WidgetText, is_complete

if TYPE_CHECKING:
    from typing import Any

_HINT = "(Widgets are shown as text.)"
_PAUSE = 0.05  # in seconds, between two changes that are shown; the last one of a command is shown in any case
_MAX_SHOWN = 200
_VIEW_TYPE = "application/vnd.jupyter.widget-view+json"

_shown: list[_Shown] = []
_is_drawing = False
_has_hinted = False


class _Shown:
    """A widget that has been displayed."""

    def __init__(self, widget: Any) -> None:
        self._widget = widget
        self._display_id = representations.new_id()
        self._text = ""
        self._hint = ""
        self._drawn_at = 0.0
        self.parts: set[int] = set()
        self.is_behind = False

    def changed(self, part: Any) -> None:
        """Shows a change of a widget inside, or later if there are many changes."""
        if is_complete(part) or monotonic() - self._drawn_at >= _PAUSE:
            self.draw()
        else:
            self.is_behind = True

    def draw(self) -> None:
        self._drawn_at = monotonic()
        self.is_behind = False
        made = WidgetText(self._widget)
        self.parts = made.parts
        if made.text == self._text:
            return
        is_first = not self._text
        self._text = made.text
        if not made.is_whole and not self._hint:
            self._hint = _hint_once()
        text = "\n".join(line for line in (made.text, self._hint) if line)
        display.publish({"text/plain": text}, self._display_id, update=not is_first)


def adapt(module: Any) -> None:
    """For `ipywidgets.widgets.widget`."""
    kind = module.Widget
    plain_bundle = getattr(kind, "_repr_mimebundle_", None)
    plain_notify = kind.notify_change

    def notify_change(self: Any, change: Any) -> None:
        plain_notify(self, change)
        _changed(self)

    def _ipython_display_(self: Any, **_options: object) -> None:
        own: Any = getattr(self, "_repr_mimebundle_", None)
        if own is None or getattr(own, "__func__", None) is plain_bundle or not _show_as_itself(own()):
            _show(self)

    kind.notify_change = notify_change
    kind._ipython_display_ = _ipython_display_
    display.at_command_end.append(_finish)


def adapt_output(module: Any) -> None:
    """For `ipywidgets.widgets.widget_output`: what is written to an output widget is shown where it is written."""
    kind = module.Output
    enter, leave, clear = kind.__enter__, kind.__exit__, display.keep_output

    def __enter__(self: Any) -> Any:
        clear(True)
        return enter(self)

    def __exit__(self: Any, *error: Any) -> Any:
        clear(False)
        return leave(self, *error)

    def append_stdout(self: Any, text: str) -> None:
        sys.stdout.write(text)

    def append_stderr(self: Any, text: str) -> None:
        sys.stderr.write(text)

    def append_display_data(self: Any, display_object: object) -> None:
        display.display(display_object)

    for function in (__enter__, __exit__, append_stdout, append_stderr, append_display_data):
        setattr(kind, function.__name__, function)


def _show_as_itself(bundle: Any) -> bool:
    """Whether a widget has a form that is no widget, such as a picture, and has been shown in it."""
    data: Any = bundle[0] if issubclass(type(bundle), tuple) else bundle or {}
    forms: dict[str, object] = {mime: form for mime, form in data.items() if mime != _VIEW_TYPE}
    if not forms.keys() - {"text/plain"}:
        return False
    display.publish(representations.sendable(forms))
    return True


def _show(widget: Any) -> None:
    shown = _Shown(widget)
    _shown.append(shown)
    del _shown[:-_MAX_SHOWN]
    shown.draw()


def _changed(widget: Any) -> None:
    """The user's code changes a widget: what goes wrong in showing that is not its fault."""
    global _is_drawing
    if _is_drawing:
        return  # a `__repr__` changes a widget
    for shown in [one for one in _shown if id(widget) in one.parts]:
        _is_drawing = True
        try:
            representations.attempt(partial(shown.changed, widget))
        finally:
            _is_drawing = False


def _finish(_value: object) -> None:
    for shown in _shown:
        if shown.is_behind:
            representations.attempt(shown.draw)


def _hint_once() -> str:
    global _has_hinted
    hint, _has_hinted = "" if _has_hinted else _HINT, True
    return hint
