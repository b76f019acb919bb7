"""The files of a mail: named, measured, hashed; and one of them read again by its index."""

import hashlib
import re
from collections.abc import Iterator

from deskapp.domain.mail import AttachmentInfo

from .filenames import harmless, invented_name
from .headers import decode_text
from .parts import Layout, Leaf
from .tnef import TNEF_TYPES, unpack_tnef
from .tree import read_headers

_CID = re.compile(r"cid:([^\"'\s)>]{1,500})", re.IGNORECASE)


def attachment_files(layout: Layout, part_count: int) -> Iterator[tuple[Leaf, int, str, bytes]]:
    """Each file as (leaf, index, harmless name, bytes); the contents of a winmail.dat follow
    with indexes counted on from ``part_count``."""
    packed: list[tuple[Leaf, str, bytes]] = []
    for leaf in layout.attachments:
        data = leaf.part.decoded()
        yield leaf, leaf.index, _name(leaf, data), data
        if leaf.content_type in TNEF_TYPES or leaf.filename.lower() == "winmail.dat":
            packed.extend((leaf, name, inner) for name, inner in unpack_tnef(data))
    for offset, (leaf, name, data) in enumerate(packed):
        index = part_count + offset
        yield leaf, index, harmless(name) or invented_name("application/octet-stream", index), data


def describe(
    leaf: Leaf, index: int, name: str, data: bytes, referenced: frozenset[str], part_count: int
) -> AttachmentInfo:
    """What the list of attachments shows of one file. ``referenced`` are the HTML's cids."""
    is_packed = index >= part_count
    content_type = _guess_type(name) if is_packed else leaf.content_type
    content_id = "" if is_packed else leaf.content_id
    is_inline_image = leaf.disposition == "inline" and content_type.startswith("image/")
    return AttachmentInfo(
        index=index,
        filename=name,
        content_type=content_type,
        size=len(data),
        inline=not is_packed and ((content_id.lower() in referenced) or is_inline_image),
        content_id=content_id,
        sha256=hashlib.sha256(data).hexdigest(),
    )


def referenced_ids(html: str) -> frozenset[str]:
    """The Content-IDs that a mail's HTML shows, in lower case."""
    if "cid:" not in html:
        return frozenset()
    return frozenset(match.lower() for match in _CID.findall(html))


def _name(leaf: Leaf, data: bytes) -> str:
    name = harmless(leaf.filename)
    if name:
        return name
    subject = ""
    if leaf.content_type == "message/rfc822":
        headers, _ = read_headers(data[: 64 * 1024], [])
        subject = decode_text(headers["subject"][0]) if "subject" in headers else ""
    return invented_name(leaf.content_type, leaf.index, subject)


def _guess_type(name: str) -> str:
    import mimetypes

    return mimetypes.guess_type(name)[0] or "application/octet-stream"
