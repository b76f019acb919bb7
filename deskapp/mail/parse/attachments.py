"""The files of a mail: named, measured, hashed; and one of them read again by its index."""

import hashlib
import re
from collections.abc import Iterator

from deskapp.domain.mail import AttachmentInfo

from .filenames import harmless, invented_name
from .headers import decode_text
from .parts import Layout, Leaf, is_tnef
from .tnef import unpack_tnef
from .tree import read_headers
from .uuencoded import cut_uuencoded

_CID = re.compile(r"cid:([^\"'\s)>]{1,500})", re.IGNORECASE)


def attachment_files(layout: Layout, part_count: int) -> Iterator[tuple[Leaf, int, str, bytes]]:
    """Each file as (leaf, index, harmless name, bytes); what was packed into the text or into a
    winmail.dat follows with indexes counted on from ``part_count``."""
    packed: list[tuple[Leaf, str, bytes]] = []
    for segment in layout.segments:
        packed.extend(packed_file for leaf in segment.plain for packed_file in _in_text(leaf))
    for leaf in layout.attachments:
        data = leaf.part.decoded()
        yield leaf, leaf.index, _name(leaf, data), data
        if is_tnef(leaf):
            packed.extend((leaf, name, inner) for name, inner in unpack_tnef(data))
    for offset, (leaf, name, data) in enumerate(packed):
        index = part_count + offset
        yield leaf, index, harmless(name) or invented_name("application/octet-stream", index), data


def _in_text(leaf: Leaf) -> Iterator[tuple[Leaf, str, bytes]]:
    if b"begin " in leaf.part.body:
        hint = leaf.part.parameters.get("charset", "")
        for name, content in cut_uuencoded(leaf.part.decoded())[1]:
            yield leaf, decode_text(name, hint), content


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
