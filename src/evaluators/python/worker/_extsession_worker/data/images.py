"""Pictures in cells: the bytes of image files, and images of Pillow, which are made smaller by Pillow itself."""

from __future__ import annotations

import sys
from binascii import b2a_base64

from .. import TYPE_CHECKING
from ..introspection import lookup
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it

if TYPE_CHECKING:
    from typing import Any

_SIGNATURES = ((b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpeg"), (b"GIF8", "gif"))
_BYTES = lookup.Kinds(bytes, bytearray)
MOST_CHARACTERS = 4_000_000
_ROUGHLY = 2
_MOST_PIXELS = 50_000_000  # of an image that is made smaller


def of(value: Any, most: int = MOST_CHARACTERS, side: int = 2000) -> str | None:
    """A picture as `image/png;base64,...`, of at most that many characters, and of Pillow's that many pixels wide."""
    if type(value) in _BYTES:
        kind = _kind(value)
        return "image/%s;base64,%s" % (kind, _base64(value)) if kind and len(value) * 4 / 3 < most else None
    if not is_pillow(value):
        return None
    try:
        found = "image/png;base64," + _base64(_png(value, side))
    except Exception:  # of Pillow, which does not convert pixels of all kinds
        return None
    return found if len(found) < most else None


def _kind(data: Any) -> str | None:
    head = bytes(data[:12])
    if head[:4] == b"RIFF" and head[8:] == b"WEBP":
        return "webp"
    return next((kind for signature, kind in _SIGNATURES if head.startswith(signature)), None)


def is_pillow(value: object) -> bool:
    """Whether it is an image of a class of Pillow, with its pixels in memory: to read them would change it."""
    kinds = [kind for kind in lookup.mro(type(value)) if kind is not object]
    if not kinds or not all(map(_is_of_pillow, kinds)):
        return False
    held = lookup.own_attributes(value)
    size = held.get("_size")
    if not lookup.is_tuple(size) or (held.get("_im") or held.get("im")) is None:
        return False
    width, height = size[:2]
    return type(width) is int and type(height) is int and 0 < width * height < _MOST_PIXELS


def summary(value: Any) -> str:
    """The mode and the size of an image of Pillow."""
    return "%s %d x %d" % (value.mode, *value.size)


def _is_of_pillow(kind: type) -> bool:
    module_name, _, name = lookup.type_name(kind).rpartition(".")
    module = sys.modules.get(module_name)
    return module_name.startswith("PIL.") and type(module) is lookup.Module and module.__dict__.get(name) is kind


def _png(image: Any, side: int) -> bytes:
    """Not by `save`, which would import the modules of all formats."""
    import zlib

    width, height = image.size
    scale = min(1, side / width, side / height)
    size = max(1, int(width * scale)), max(1, int(height * scale))
    rough = min(1, scale * _ROUGHLY)  # by leaving pixels out, which takes no time
    if rough < 1:
        image = image.resize((max(1, int(width * rough)), max(1, int(height * rough))), 0)
    small = (image if image.mode == "RGBA" else image.convert("RGBA")).resize(size)
    pixels, line = small.tobytes(), 4 * size[0]
    rows = b"".join(b"\0" + pixels[at : at + line] for at in range(0, len(pixels), line))

    def chunk(name: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big")

    head = size[0].to_bytes(4, "big") + size[1].to_bytes(4, "big") + b"\x08\x06\0\0\0"
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows, 1)) + chunk(b"IEND", b"")


def _base64(data: bytes) -> str:
    return b2a_base64(data, newline=False).decode("ascii")
