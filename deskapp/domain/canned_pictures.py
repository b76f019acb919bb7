"""Pictures in canned texts: ``![what it shows](form.png)`` names a file of the reply.

The rest of Markdown is just letters. The mark becomes a picture where the reply is put in.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from .placeholders import mark
from .replies import OutgoingFile
from .rich_text import PICTURE, Block, Document, Picture, Span, joined

_picture = re.compile(r"!\[(?P<alt>[^\[\]\n]*)\]\((?P<name>[^()\n]+)\)")
_begun = re.compile(r"!(?=\[[^\[\]\n]*\]\()")
_unfit = re.compile(r"[()\[\]{}⟦⟧\ufffc\x00-\x1f\x7f,]+")


def picture_mark(filename: str) -> str:
    """What stands in a text for a picture among the reply's files."""
    return f"![]({filename})"


def picture_name(filename: str, taken: Iterable[str]) -> str:
    """A file's name as a mark can hold it, and as no other file of the reply has it."""
    stem, dot, ending = " ".join(_unfit.sub(" ", filename).split()).rpartition(".")
    stem = stem.strip() or "picture"
    there, made, count = set(taken), f"{stem}{dot}{ending}", 2
    while made in there:
        made, count = f"{stem} {count}{dot}{ending}", count + 1
    return made


def pictures_named(text: str) -> tuple[str, ...]:
    """The file names that a text shows as pictures, each once."""
    return tuple(dict.fromkeys(found["name"] for found in _picture.finditer(text)))


def renamed_pictures(text: str, renamed: Callable[[str], str]) -> str:
    """The text with other names for its pictures."""
    return _picture.sub(lambda found: f"![{found['alt']}]({renamed(found['name'])})", text)


def no_pictures(value: str) -> str:
    """A value whose letters would be read as a picture, taken apart."""
    return _begun.sub("! ", value)


def with_gaps(text: str, files: Mapping[str, OutgoingFile]) -> str:
    """A picture without its file leaves a mark, which blocks sending."""
    return _picture.sub(
        lambda found: found[0] if found["name"] in files else mark(found["name"]), text
    )


def parted(text: str, files: Mapping[str, OutgoingFile]) -> tuple[str, tuple[OutgoingFile, ...]]:
    """The text with ``PICTURE`` for each picture, and their files in that order, each as often as
    it is shown."""
    shown: list[OutgoingFile] = []

    def put(found: re.Match[str]) -> str:
        shown.append(files[found["name"]])
        return PICTURE

    letters = text.replace(PICTURE, "")
    made = _picture.sub(lambda one: put(one) if one["name"] in files else one[0], letters)
    return made, tuple(shown)


def illustrated(text: str, pictures: Iterable[Picture]) -> Document:
    """Letters with a ``PICTURE`` for each of the pictures, as a document."""
    coming = iter(pictures)
    return tuple(Block(joined(_spans(line, coming))) for line in text.split("\n"))


def _spans(line: str, pictures: Iterator[Picture]) -> Iterator[Span]:
    first, *more = line.split(PICTURE)
    yield Span(first)
    for part in more:
        yield Span(PICTURE, picture=next(pictures))
        yield Span(part)


def told_plainly(text: str) -> str:
    """For a mail of letters alone: ``[form.png]`` where a picture would stand."""
    return _picture.sub(lambda found: f"[{found['alt'] or found['name']}]", text)


def content_id(file: OutgoingFile) -> str:
    """Under which name a text shows a file: always the same, so that it is sent once."""
    return f"{file.sha256[:32]}@draft"


def brought(
    files: Iterable[OutgoingFile], texts: Iterable[str], shown: Iterable[str]
) -> tuple[OutgoingFile, ...]:
    """Of a reply's files those that come with one text: what no text shows as a picture, and what
    this one shows."""
    pictures = {name for text in texts for name in pictures_named(text)}
    here = set(shown)
    return tuple(one for one in files if one.filename not in pictures or one.filename in here)
