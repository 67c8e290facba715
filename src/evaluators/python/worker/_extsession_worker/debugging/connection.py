"""The connection to the host's debugger: a Unix socket, or a local port on Windows."""

from __future__ import annotations

from .. import TYPE_CHECKING
from ..imports import standard_library_first
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it

if TYPE_CHECKING:
    from socket import socket

_PATIENCE = 10  # in seconds
_LOCAL = "127.0.0.1"


def connect(address: str, token: str) -> socket:
    """Connects, and sends the token, without which the host closes the connection. Raises OSError."""
    with standard_library_first():
        import socket
    host, _, port = address.rpartition(":")
    is_port = host == _LOCAL
    connection = socket.socket(socket.AF_INET if is_port else socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        connection.settimeout(_PATIENCE)
        connection.connect((_LOCAL, int(port)) if is_port else address)
        connection.sendall(token.encode())
        connection.settimeout(None)
    except BaseException:
        connection.close()
        raise
    return connection
