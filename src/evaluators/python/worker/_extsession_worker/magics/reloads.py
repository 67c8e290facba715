"""IPython's extension autoreload, by way of the reloading that is built in."""

from __future__ import annotations

import sys

from .. import TYPE_CHECKING
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from .call import UsageError

if TYPE_CHECKING:
    from .call import MagicCall

_MODES = {"0": "off", "1": "explicit", "2": "all", "3": "complete"}


def load_ext(call: MagicCall) -> None:
    """%load_ext autoreload: it is there already. Any other extension needs IPython."""
    name = call.line.strip()
    if name != "autoreload":
        raise UsageError("%%load_ext %s needs IPython. `%%pip install ipython` brings it." % name)


def autoreload(call: MagicCall) -> None:
    """%autoreload 0: modules stay; 1: those of %aimport follow their files; 2: all do; without a mode: once, now."""
    from ..reloading.reload import follow, reload_now

    words = [word for word in call.words() if not word.startswith("-")]
    mode = words[0].lower() if words else "now"
    mode = _MODES.get(mode, mode)
    if mode == "now":
        reload_now(call.session)
        return
    if mode not in _MODES.values():
        raise UsageError("%%autoreload takes 0, 1, 2, 3 or now, not %r." % mode)
    watch = follow(call.session, None)
    watch.is_on = mode != "off"
    if watch.is_on:
        watch.widen()
        watch.chosen = (watch.chosen or set()) if mode == "explicit" else None


def aimport(call: MagicCall) -> None:
    """%aimport NAME, NAME: imports what %autoreload 1 reloads; -NAME: stays as it is; without a name: lists them."""
    from ..reloading.reload import follow

    watch = follow(call.session, None)
    names = call.line.replace(",", " ").split()
    if not names:
        chosen = ["all-except-skipped"] if watch.chosen is None else sorted(watch.chosen)
        print("Modules to reload:", " ".join(chosen))
        print("Modules to skip:", " ".join(sorted(watch.left_out)))
    for name in names:
        if name.startswith("-"):
            watch.left_out.add(name[1:])
            continue
        __import__(name)
        top = name.partition(".")[0]
        call.session.namespace[top] = sys.modules[top]
        watch.left_out.discard(name)
        if watch.chosen is not None:
            watch.chosen.add(name)
