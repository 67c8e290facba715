"""What code in a session can ask of it. `import extsession` works in sessions only, and finds your own module first.

display(*objs), clear_output(): as in notebooks. command_id(): which command the caller's output goes to.
view(obj): opens a table or an array in an editor tab. detach(): from now on it goes to whichever command is running.
"""

from __future__ import annotations

from _extsession_worker.data.kept import view
from _extsession_worker.output.attribution import command_id, detach
from _extsession_worker.values.display import DisplayHandle, clear_output, display, update_display

__all__ = ["DisplayHandle", "clear_output", "command_id", "detach", "display", "update_display", "view"]
