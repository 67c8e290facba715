"""Starts the supervisor of a session: `python -E -s -S start.py`, with its orders on standard input.

Parses under any Python, however old, so that an old one can say which is needed.
"""

import sys

if sys.version_info < (3, 7):
    sys.stderr.write(
        "ExtSession needs Python 3.7 or newer; this is %s (%s).\n" % (sys.version.split()[0], sys.executable)
    )
    sys.exit(64)


def main():
    from _extsession_supervisor.main import run

    run()


main()
