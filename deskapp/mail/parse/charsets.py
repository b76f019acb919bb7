"""Bytes to text, also when the label is missing or lies.

``decode_bytes`` never raises and always returns NFC without NUL or surrogates, because PostgreSQL
refuses the one and both databases the other.
"""

from . import guess, legacy_charsets
from .labels import codec_for
from .strict import strict, tidy


def decode_bytes(data: bytes, label: str = "", hint: str = "") -> str:
    """Text in NFC. ``hint`` is a label found elsewhere in the mail, used when ``label`` is mute
    or does not fit the bytes."""
    if data.isascii() and b"\x1b" not in data and b"\x00" not in data:
        codec = codec_for(label)
        if codec not in ("utf-7", "hz") and not codec.startswith(("utf-16", "utf-32")):
            text = data.decode("ascii")
            return (
                tidy(legacy_charsets.decode(data, codec))
                if codec in legacy_charsets.NAMES
                else text
            )
    return tidy(_decode(data, codec_for(label), hint)[0])


def charset_of(data: bytes, label: str = "") -> str:
    """The codec that bytes with letters beyond ASCII are read by: proof for other bytes of the
    same mail, which are too few to be judged alone. "" where there are no such letters."""
    if data.isascii() and not legacy_charsets.is_iso_2022_jp(data):
        return ""
    codec = _decode(data, codec_for(label), "")[1]
    return "" if codec.startswith(("utf-16", "utf-32", "utf-7", "hz")) else codec


def _decode(data: bytes, codec: str, hint: str) -> tuple[str, str]:
    """Text and the codec that gave it; a ``hint`` is believed where its text is not torn."""
    if codec.startswith(("utf-16", "utf-32", "utf-7", "iso2022_jp", "iso-2022-jp", "hz")):
        text = strict(data, codec)
        if text is not None:
            return text, codec
        codec = ""
    if codec in ("", "utf-8") and legacy_charsets.is_iso_2022_jp(data):
        text = strict(data, "iso-2022-jp")
        if text is not None:
            return text, "iso-2022-jp"
    as_utf8 = strict(data, "utf-8")
    if as_utf8 is not None and _is_utf8(data, codec, hint):
        return as_utf8, "utf-8"
    text = strict(data, codec) if codec and codec != "utf-8" else None
    if text is None and hint:
        codec = codec_for(hint)
        text = strict(data, codec) if codec and codec != "utf-8" else None
        if text is not None and not guess.is_torn(text):
            return text, codec
    if text is not None and guess.is_plausible(text):
        return text, codec
    better = guess.guess(data, text)
    if better is not None:
        return better
    if text is not None:
        return text, codec
    if as_utf8 is not None:
        return as_utf8, "utf-8"
    return _mostly(data, codec), codec


def _is_utf8(data: bytes, codec: str, hint: str) -> bool:
    """Whether bytes that are valid UTF-8 are meant so, given what their label and mail say."""
    if codec not in ("", "utf-8"):
        return guess.is_surely_utf8(data, codec)
    return bool(codec) or guess.is_surely_utf8(data, codec_for(hint), is_claimed=False)


def _mostly(data: bytes, codec: str) -> str:
    """The text of bytes that fit nothing: one damaged letter must not turn a whole mail."""
    replaced = data.decode("utf-8", "replace")
    broken = replaced.count("\ufffd")
    good = sum(1 for letter in replaced if letter > "\x7f") - broken
    if good > broken:
        return replaced
    if codec and codec not in ("utf-8", *legacy_charsets.NAMES):
        replaced = data.decode(codec, "replace")
        if replaced.count("\ufffd") * 10 <= len(replaced):
            return replaced
    return data.decode("cp1252", "replace").replace("\ufffd", "")
