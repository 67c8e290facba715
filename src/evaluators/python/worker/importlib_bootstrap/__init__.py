"""Part of the path by which the worker is started: `worker/importlib_bootstrap/../start.py`.

`warnings` and `logging` pass over frames whose file has 'importlib' and '_bootstrap' in its path, as they do over those
of an import. So they name the line of the user's code or of the standard library, and none of ours.
"""
