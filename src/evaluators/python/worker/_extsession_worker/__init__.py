"""The Python side of an ExtSession: runs commands, each with its own streams.

Standard library only, CPython 3.7 and newer.
"""

TYPE_CHECKING = False  # true for type checkers; our own, since importing `typing` would delay the first reply
