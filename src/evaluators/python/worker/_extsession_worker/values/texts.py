"""The plain text of a value, bounded."""

from __future__ import annotations

from ..pristine import builtins as __builtins__

MAX_TEXT = 1_000_000  # characters of a `text/plain`

exact_text = __builtins__["str"].__str__  # of a subclass too, without running code of its own


def plain_text(value: object) -> str:
    text = exact_text(repr(value))
    if len(text) > MAX_TEXT:
        return "%s…\n[%d of %d characters are shown]" % (text[:MAX_TEXT], MAX_TEXT, len(text))
    return text
