"""The connection to the host's debugger: a Unix socket, or a port of this machine where there are none."""

from __future__ import annotations

from .. import TYPE_CHECKING
from ..imports import standard_library_first
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it

if TYPE_CHECKING:
    from socket import socket

_PATIENCE = 10  # in seconds


def connect(address: str, token: str) -> socket:
    """The host reads nothing from a connection that does not begin with the token. Raises OSError."""
    with standard_library_first():
        import socket
    port = address.rpartition("127.0.0.1:")[2] if address.startswith("127.0.0.1:") else None
    connection = socket.socket(socket.AF_INET if port else socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        connection.settimeout(_PATIENCE)
        connection.connect(("127.0.0.1", int(port)) if port else address)
        connection.sendall(token.encode())
        connection.settimeout(None)
    except BaseException:
        connection.close()
        raise
    return connection
