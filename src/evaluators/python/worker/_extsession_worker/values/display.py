"""Values as MIME bundles, and their way to the host: between the text that was written before and after."""

from __future__ import annotations

import builtins
import sys
from _thread import get_ident

from .. import TYPE_CHECKING
from ..output.streams import router
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it
from .texts import plain_text

if TYPE_CHECKING:
    from collections.abc import Callable, Container
    from typing import Any

    from ..link.channel import Channel
    from ..link.messages import Clear, Display, MimeBundle

_KINDS = (bool, int, float, complex, str, bytes, bytearray, list, tuple, dict, set, frozenset, range)
plain = set(map(id, _KINDS))  # have no form but their text; a class hashed or compared may run its metaclass

_router = router()
_default_hook = sys.displayhook
at_command_end: list[Callable[[object], None]] = []  # what shows things when a command is over, such as figures
_keeping: list[int] = []  # threads
_channel: Channel


def install(channel: Channel) -> None:
    """Makes `display` a builtin, as in notebooks."""
    global _channel
    _channel = channel
    builtins.__dict__["display"] = display


def result(value: object) -> MimeBundle | None:
    """The bundle of a last expression's value; None when there is nothing to show, or the value has shown itself.

    Raises what its `__repr__` raises: that is the command's error. If the user has set a `sys.displayhook`, that is
    called instead; one of a library only for what has no form but its text.
    """
    hook = sys.displayhook
    module = None if hook is _default_hook else getattr(hook, "__module__", "")
    if module is None or module == "sympy.interactive.printing":  # for terminals, where formulas cannot be drawn
        return None if value is None else bundle(value)
    if module != "__main__":
        forms = bundle(value)
        if forms is None or len(forms) > 1:
            return forms
    hook(value)
    return None


def bundle(value: object) -> MimeBundle | None:
    """All representations of `value`; None when it has displayed itself."""
    if id(type(value)) in plain:
        return {"text/plain": plain_text(value)}
    from . import representations

    return representations.of(value)


def finish(value: object = None) -> None:
    """At the end of a command: shows what is still to be shown, but for the command's value."""
    for show in list(at_command_end):
        show(value)


def publish(data: MimeBundle, display_id: str | None = None, update: bool = False) -> None:
    """Sends a bundle that is ready to be sent: text as str, binary data as base64."""
    message: Display = {"t": "display", "data": data}
    if display_id is not None:
        message["displayId"] = display_id
        message["update"] = update
    if not _send(message):
        _router.write(0, ("%s\n" % data.get("text/plain", "")).encode("utf-8", "backslashreplace"))


def _send(message: Display | Clear) -> bool:
    """False where there is no command to show it in, as in a forked child."""
    command = _router.target()
    if _router.forked or command is None:
        return False
    message["id"] = command.id

    def send(place: int) -> None:
        message["at"] = place
        _channel.send(message)

    command.place(send)
    return True


class DisplayHandle:
    """Something shown that can be shown anew, in its place."""

    def __init__(self, display_id: str) -> None:
        self.display_id = display_id

    def __repr__(self) -> str:
        return "<DisplayHandle display_id=%s>" % self.display_id

    def display(self, obj: object, **options: Any) -> None:
        """Shows `obj` at this point too."""
        display(obj, display_id=self.display_id, **options)

    def update(self, obj: object, **options: Any) -> None:
        """Puts `obj` in the place of what is shown."""
        update_display(obj, display_id=self.display_id, **options)


def display(
    *objs: Any,
    include: Container[str] | None = None,
    exclude: Container[str] | None = None,
    metadata: object = None,
    transient: object = None,
    display_id: str | bool | None = None,
    raw: bool = False,
    clear: bool = False,
    update: bool = False,
    **_other: object,
) -> DisplayHandle | None:
    """Shows objects below what the command has shown so far, each in its richest form.

    include, exclude: MIME types to restrict the forms to, or to leave out. raw: the objects are MIME bundles already.
    display_id: a name of your own, or True for a new one; returns a handle whose `update(obj)` shows another object in
    the same place. clear: takes back what the command has shown before. Takes the arguments of IPython's `display`.
    """
    from . import representations

    if clear:
        clear_output(wait=True)
    handle = None
    if display_id is not None and display_id is not False:
        handle = DisplayHandle(representations.new_id() if display_id is True else str(display_id))
    for obj in objs:
        data = representations.sendable(obj) if raw else representations.of(obj, include, exclude)
        if data:
            publish(data, handle.display_id if handle else None, update)
    return handle


def update_display(obj: object, *, display_id: str, **options: Any) -> None:
    """Shows `obj` in the place of what was displayed with `display_id`; no effect when there is no such display."""
    display(obj, display_id=display_id, update=True, **options)


def keep_output(keep: bool) -> None:
    """Begins or ends a section of this thread whose output is not all the command's, so that it clears nothing."""
    if keep:
        _keeping.append(get_ident())
    elif get_ident() in _keeping:
        _keeping.remove(get_ident())


def clear_output(wait: bool = False) -> None:
    """Takes back what the command has shown so far. wait: not before it shows something again: nothing flickers."""
    if get_ident() in _keeping:
        return
    _send({"t": "clear", "wait": bool(wait)})


for _public in (DisplayHandle, display, update_display, clear_output):
    _public.__module__ = "extsession"  # where pickle finds them
