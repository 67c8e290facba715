"""JSON without the `json` module, whose import costs more than the rest of our start."""

from __future__ import annotations

from .. import TYPE_CHECKING
from ..pristine import builtins as __builtins__  # noqa: F401 - Python looks names up in it

if TYPE_CHECKING:
    from typing import Any

MAX_FRAME = 1 << 29
TOO_LARGE = "the answer is larger than %d MB; read it in parts" % (MAX_FRAME >> 20)

try:
    from _json import encode_basestring_ascii, make_encoder, make_scanner

    class _ScannerOptions:
        strict = False
        object_hook = None
        object_pairs_hook = None
        parse_float = float
        parse_int = int
        parse_constant = None
        memo: dict[str, str] = {}

    _scan = make_scanner(_ScannerOptions())  # pyright: ignore[reportArgumentType]  # needs no more than these attributes
    _no_default: Any = None
    _encode = make_encoder(None, _no_default, encode_basestring_ascii, None, ":", ",", False, False, False)

    _encode_text = encode_basestring_ascii

    def dumps(message: object) -> bytes:
        """`message` as ASCII JSON; NaN and infinities are a ValueError."""
        return "".join(_encode(message, 0)).encode("ascii")

    def loads(data: bytes) -> Any:
        """The value of one JSON text without leading white space; lone surrogates in escapes survive."""
        return _scan(data.decode("utf-8", "surrogatepass"), 0)[0]

except ImportError:  # another implementation than CPython
    import json as _json_module

    _encode_text = _json_module.dumps

    def dumps(message: object) -> bytes:
        return _json_module.dumps(message, separators=(",", ":"), allow_nan=False).encode("ascii")

    def loads(data: bytes) -> Any:
        return _json_module.loads(data.decode("utf-8", "surrogatepass"))


def fits(text: str) -> bool:
    """Whether `text` is short enough for a message. Its JSON can be six times as long, so it is made in pieces."""
    if len(text) <= MAX_FRAME // 6:
        return True
    size = 0
    for at in range(0, len(text), 1 << 20):
        size += len(_encode_text(text[at : at + (1 << 20)])) - 2
        if size > MAX_FRAME:
            return False
    return True
