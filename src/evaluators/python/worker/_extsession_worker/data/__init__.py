"""The data grid's side of the worker: windows of tables and arrays. It runs between commands, in the main thread.

So no library is used by two threads at once, an interrupt ends what takes long, and whatever a library prints goes to
the request's own streams. Only classes of well-known libraries and of Python itself are read, and none of the user's.
"""
