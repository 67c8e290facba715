"""Where the worker's own code is: its frames are left out of what users see."""

from __future__ import annotations

FOLDER = __file__.rpartition("own_code")[0]
RUNS_COMMANDS = (FOLDER + "main.py", FOLDER + "serving.py")
START_FILE = FOLDER.rpartition("_extsession_worker")[0] + "start.py"
