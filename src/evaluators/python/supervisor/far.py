"""The far end of a session whose host is on another machine. The host sends this source to an interactive Python.

Receives what is to run, starts the owner of the session, or finds it, and hands its own streams over to it. Until then,
it tells how it gets on in lines that begin with a word of the host's, since others may print here too.
"""

from __future__ import annotations

import _signal
import _socket
import os
import sys

BEGIN, FILES, JOIN = 0x30, 0x31, 0x32
DIGEST = 32
LARGEST = 1 << 26


def say(nonce: str, word: str, text: str = "") -> None:
    write_all(
        1, ("%s %s %s" % (nonce, word, text.replace("\n", " "))).rstrip().encode("utf-8", "backslashreplace") + b"\n"
    )


def write_all(descriptor: int, data: bytes) -> None:
    rest = memoryview(data)
    while len(rest):
        rest = rest[os.write(descriptor, rest) :]


def read_exactly(size: int) -> bytes:
    parts: list[bytes] = []
    while size:
        part = os.read(0, min(size, 1 << 20))
        if not part:
            os._exit(3)
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def read_frame() -> tuple[int, bytes]:
    head = read_exactly(9)
    size = int.from_bytes(head[5:], "big")
    if size > LARGEST:
        raise ValueError("a frame of %d bytes" % size)
    return head[0], read_exactly(size)


def is_safe(path: str) -> bool:
    """Whether nobody else can replace what is there."""
    while True:
        found = os.lstat(path)
        is_open = found.st_mode & 0o022 and not found.st_mode & 0o1000
        if found.st_uid not in (0, os.getuid()) or is_open:
            return False
        if path == "/":
            return True
        path = os.path.dirname(path)


def cache() -> str | None:
    """Where the programs are kept for the next session; None if there is no place for them."""
    home = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    if not home.startswith("/"):
        return None
    path = home + "/extsession"
    try:
        os.makedirs(path, 0o700, exist_ok=True)
        path = os.path.realpath(path)
        return path if is_safe(path) and os.access(path, os.W_OK | os.X_OK) else None
    except OSError:
        return None


def unpack(data: bytes, path: str) -> None:
    """Files one after the other: the sizes of the name and of the content (4 bytes each), then both."""
    at = 0
    while at < len(data):
        name_end = at + 8 + int.from_bytes(data[at : at + 4], "big")
        end = name_end + int.from_bytes(data[at + 4 : at + 8], "big")
        file_path = path + "/" + data[at + 8 : name_end].decode()
        os.makedirs(os.path.dirname(file_path), 0o700, exist_ok=True)
        with open(file_path, "wb") as file:
            file.write(data[name_end:end])
        at = end


def install(packed: bytes, path: str) -> None:
    """They are complete, or not there."""
    import zlib

    temporary = "%s.%d" % (path, os.getpid())
    unpack(zlib.decompress(packed), temporary)
    try:
        os.rename(temporary, path)
    except OSError:  # another session was faster
        import shutil

        shutil.rmtree(temporary)


def programs(nonce: str, digest: str, directory: str) -> str:
    """The folder of the programs."""
    kept = cache()
    path = (kept or directory) + "/" + digest
    if not kept or not os.path.exists(path):
        say(nonce, "need")
        kind, packed = read_frame()
        if kind != FILES:
            raise ValueError("a frame of kind %d instead of the programs" % kind)
        install(packed, path)
    return path


def make_directory() -> str:
    """A place for the session's sockets and streams. Some file systems have none of these."""
    problem = ""
    for parent in (os.environ.get("TMPDIR"), "/tmp", "/dev/shm", os.environ.get("HOME")):
        path = "%s/extsession-%s" % (parent, os.urandom(8).hex())
        try:
            if parent and len(path) < 90:
                os.mkdir(path, 0o700)
                os.mkfifo(path + "/try", 0o600)
                os.unlink(path + "/try")
                return path
        except OSError as error:
            problem = str(error)
    raise OSError("There is no directory for the session: %s" % problem)


def begin(nonce: str, payload: bytes) -> tuple[_socket.socket, int | None, str]:
    """A new session: the socket that is open while our streams are used, the owner that ends with it, its folder."""
    mask = os.umask(0o077)
    directory = make_directory()
    try:
        path = programs(nonce, payload[:DIGEST].decode(), directory)
        sys.path.insert(0, path + "/supervisor")
        os.umask(mask)
        from _extsession_supervisor.reached import start

        there, owner = start(payload[DIGEST:], path, directory)
        return there, owner, directory
    except BaseException:
        import shutil

        shutil.rmtree(directory, ignore_errors=True)
        raise


def join(directory: str) -> tuple[_socket.socket, None, str]:
    """A session that goes on without a host: the same socket."""
    from _struct import pack

    there = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
    there.connect(directory + "/h")
    there.sendmsg([b"s"], [(_socket.SOL_SOCKET, _socket.SCM_RIGHTS, pack("ii", 0, 1))])
    return there, None, directory


def main(nonce: str) -> None:
    for number in (_signal.SIGINT, _signal.SIGPIPE):
        _signal.signal(number, _signal.SIG_IGN)
    try:
        kind, payload = read_frame()
        there, owner, directory = begin(nonce, payload) if kind == BEGIN else join(payload.decode())
    except BaseException as error:
        say(nonce, "failed", "%s: %s" % (type(error).__name__, error))
        os._exit(70)
    say(nonce, "ready", directory)
    is_silent = b""
    try:  # noqa: SIM105 - for this alone, contextlib need not be loaded
        is_silent = there.recv(1)  # until it is closed; whoever has started this process waits for our end
    except OSError:
        pass  # reset, because what we have sent was not read
    if owner:
        os.waitpid(owner, 0)  # what has ended with it must not outlive this process
    os._exit(1 if is_silent else 0)  # a host that was only asleep takes the connection for lost, and connects again


main(globals()["NONCE"])
