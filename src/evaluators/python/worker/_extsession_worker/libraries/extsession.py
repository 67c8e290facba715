"""What code in a session can ask of it. `import extsession` works in sessions only, and finds your own module first.

display(*objs), clear_output(): as in notebooks. command_id(): which command the caller's output goes to.
view(obj): opens a table or an array in an editor tab. detach(): from now on it goes to whichever command is running.
"""

from __future__ import annotations

from ..data.kept import view
from ..output.attribution import command_id, detach
from ..values.display import DisplayHandle, clear_output, display, update_display

__all__ = ["DisplayHandle", "clear_output", "command_id", "detach", "display", "update_display", "view"]

for _each in (command_id, detach, view):
    _each.__module__ = "extsession"  # where pickle finds them
