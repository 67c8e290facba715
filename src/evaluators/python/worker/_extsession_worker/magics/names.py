"""%who and %whos: what the session defines."""

from __future__ import annotations

from .. import TYPE_CHECKING
from ..introspection.summary import size, summarize
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it

if TYPE_CHECKING:
    from .call import MagicCall

_WIDTH = 60


def _chosen(call: MagicCall) -> dict[str, object]:
    """The names of the user's, of the types that the call names, if it names any."""
    kinds = call.line.split()
    namespace = call.session.namespace
    return {
        name: namespace[name]
        for name in sorted(namespace)
        if not name.startswith("_") and (not kinds or type(namespace[name]).__name__ in kinds)
    }


def who(call: MagicCall) -> None:
    names = list(_chosen(call))
    print("\t ".join(names) if names else "Interactive namespace is empty.")


def whos(call: MagicCall) -> None:
    rows = [("Variable", "Type", "Data/Info"), *((name, *_told(value)) for name, value in _chosen(call).items())]
    if len(rows) == 1:
        print("Interactive namespace is empty.")
        return
    first, second = (max(len(row[place]) for row in rows) for place in (0, 1))
    rows.insert(1, ("-" * (first + second + 15), "", ""))
    for name, kind, text in rows:
        print(("%-*s   %-*s   %s" % (first, name, second, kind, text)).rstrip())


def _told(value: object) -> tuple[str, str]:
    length = size(value)
    text = summarize(value) or ""
    if len(text) > _WIDTH:
        text = text[: _WIDTH - 3] + "..."
    return type(value).__name__, text if length is None or not text.startswith("<") else "%s: %s" % (length, text)
