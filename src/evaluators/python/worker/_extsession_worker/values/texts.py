"""The plain text of a value, bounded."""

from __future__ import annotations

from .. import TYPE_CHECKING
from ..pristine import builtins as __builtins__

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_TEXT = 1_000_000  # characters of a `text/plain`

exact_text = __builtins__["str"].__str__  # of a subclass too, without running code of its own


def plain_text(value: object, text_of: Callable[[object], str] = repr) -> str:
    text = exact_text(text_of(value))
    if len(text) > MAX_TEXT:
        return "%s…\n[%d of %d characters are shown]" % (text[:MAX_TEXT], MAX_TEXT, len(text))
    return text
