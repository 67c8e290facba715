"""The text that stands for a widget of ipywidgets: its label, its value, and the texts of those inside it."""

from __future__ import annotations

from .. import TYPE_CHECKING
from ..imports import standard_library_first
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it

if TYPE_CHECKING:
    from typing import Any

BAR_LENGTH = 30
_BLOCKS = " ▏▎▍▌▋▊▉█"
_MAX_TEXT = 500
_MAX_CHILDREN = 100
_MAX_DEPTH = 10


class WidgetText:
    """The text of a widget. `parts` are the identities of all widgets in it; `is_whole` tells that it says it all."""

    def __init__(self, widget: Any) -> None:
        self.parts: set[int] = set()
        self.is_whole = True
        self.text = self._of(widget, 0)

    def _of(self, widget: Any, depth: int) -> str:
        self.parts.add(id(widget))
        children = getattr(widget, "children", None)
        if issubclass(type(children), (tuple, list)):
            return self._of_box(widget, children, depth)
        view = str(getattr(widget, "_view_name", None))
        description = _shortened(getattr(widget, "description", "") or "")
        if view == "OutputView":
            return ""  # what is written to it is shown where it is written
        if view == "ProgressView":
            return _bar(description, widget)
        if view in ("LabelView", "HTMLView", "HTMLMathView"):
            return _joined(description, _bare(widget.value) if view != "LabelView" else _shortened(widget.value))
        self.is_whole = False
        if view in ("ButtonView", "ToggleButtonView", "CheckboxView", "ValidView"):
            sign = "" if view == "ButtonView" else "[x] " if widget.value else "[ ] "
            return "%s%s" % (sign, description or type(widget).__name__)
        if view == "PasswordView":
            return _joined(description, "•" * 8 if widget.value else "") or type(widget).__name__
        return _joined(description, _value(widget)) or type(widget).__name__

    def _of_box(self, widget: Any, children: Any, depth: int) -> str:
        if depth >= _MAX_DEPTH:
            return "..."
        texts = [self._of(child, depth + 1) for child in children[:_MAX_CHILDREN]]
        if getattr(widget, "_view_name", None) == "StackView":
            chosen = widget.selected_index
            texts = [] if chosen is None else texts[chosen : chosen + 1]
        titles = getattr(widget, "titles", None) or ()
        texts = [
            "%s: %s" % (titles[at], text) if at < len(titles) and titles[at] else text for at, text in enumerate(texts)
        ]
        texts = [text for text in texts if text] + ["..."] * (len(children) > _MAX_CHILDREN)
        is_row = getattr(widget, "_view_name", None) == "HBoxView" and not any("\n" in text for text in texts)
        return ("  " if is_row else "\n").join(texts)


def is_complete(widget: Any) -> bool:
    """Whether it is a bar at its end."""
    return getattr(widget, "_view_name", None) == "ProgressView" and widget.value >= widget.max


def _bar(description: str, widget: Any) -> str:
    """Such as 'Load:  45%|█████     | 45/100'."""
    low, high, value = widget.min, widget.max, widget.value
    share = min(1.0, max(0.0, (value - low) / (high - low))) if high > low else 1.0
    eighths = int(share * BAR_LENGTH * 8)
    blocks = "█" * (eighths // 8) + (_BLOCKS[eighths % 8] if eighths % 8 else "")
    bar = "%3d%%|%s| %s/%s" % (int(share * 100), blocks.ljust(BAR_LENGTH), _number(value - low), _number(high - low))
    return _joined(description, bar)


def _number(value: Any) -> str:
    return "%g" % value if type(value) is float else str(value)


def _value(widget: Any) -> str:
    """What is chosen, by its label where it has one; of bytes, only how many there are."""
    label: Any = getattr(widget, "label", None)
    value: Any = getattr(widget, "value", None)
    if issubclass(type(label), str):
        return _shortened(label)
    if issubclass(type(value), (tuple, list)):
        several: Any = label if issubclass(type(label), (tuple, list)) else value
        between = " – " if str(getattr(widget, "_view_name", None)).endswith("RangeSliderView") else ", "
        return _shortened(between.join(_plain(each) for each in several[:_MAX_CHILDREN]))
    if issubclass(type(value), (bytes, memoryview)):
        return "%s, %d bytes" % (type(widget).__name__, len(value))
    return "" if value is None else _plain(value)


def _plain(value: Any) -> str:
    is_written = issubclass(type(value), str) or type(value).__module__ == "datetime"
    return _shortened(str(value) if is_written else repr(value))


def _joined(description: str, text: str) -> str:
    if not description or not text:
        return description or text
    return "%s %s" % (description if description.endswith(":") else description + ":", text)


def _bare(markup: Any) -> str:
    """The text of HTML."""
    with standard_library_first():
        import re
        from html import unescape

    text = re.sub(r"\s+", " ", str(markup)[: 10 * _MAX_TEXT])
    text = re.sub(r"<(?:br|hr|/(?:p|div|li|tr|h[1-6]))\b[^<>]*>", "\n", text)
    lines = unescape(re.sub(r"<[^<>]*>", " ", text)).split("\n")
    return _shortened("\n".join(filter(None, (" ".join(line.split()) for line in lines))))


def _shortened(text: Any) -> str:
    text = str(text)
    return text if len(text) <= _MAX_TEXT else text[: _MAX_TEXT - 3] + "..."
