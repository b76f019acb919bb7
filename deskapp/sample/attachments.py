"""Hangs a talk's file on its first mail, written in the way of the customer's mail program."""

from random import Random

from deskapp.sample import mime, pictures
from deskapp.sample.clients import Client, content_id
from deskapp.sample.texts import Talk


def with_files(
    talk: Talk, part: mime.Part, client: Client, charset: str, random: Random, boundary: str
) -> mime.Part:
    """``part`` with the talk's file around or beside it; ``part`` itself where there is none."""
    kind, _, name = talk.attach.partition(":")
    if not kind:
        return part
    if kind == "inline":
        picture = mime.inline_image(pictures.photo(random), name, content_id(name))
        return mime.multipart("related", [part, picture], f"{boundary}r")
    files = [
        mime.attachment(_content(kind, file, random), _TYPES[kind], file, client.names, charset)
        for file in name.split("|")
    ]
    return mime.multipart("mixed", [part, *files], f"{boundary}m")


_TYPES = {"photo": "image/png", "pdf": "application/pdf", "txt": "text/plain; charset=utf-8"}


def _content(kind: str, name: str, random: Random) -> bytes:
    if kind == "photo":
        return pictures.photo(random, random.choice((160, 200, 240)), 150)
    if kind == "pdf":
        return pictures.pdf(
            ["Sample document of the demo desk", name.encode("ascii", "ignore").decode()]
        )
    return f"{name}\r\nExported by the customer's bank program.\r\n".encode()
