"""A canned reply put into a draft by whoever has no editor: with its pictures and files."""

from collections.abc import Sequence
from dataclasses import replace

from .canned_pictures import content_id, illustrated, parted
from .replies import Draft, OutgoingFile
from .rich_text import Picture, letters, write_html


def with_canned(draft: Draft, text: str, files: Sequence[OutgoingFile], words: str = "") -> Draft:
    """The draft with a filled-in text, its pictures shown where it names them and its other files
    hung on; ``words`` come below it. What the draft said before is gone."""
    body, shown = parted(text.strip(), {file.filename: file for file in files})
    whole = "\n\n".join(part for part in (body, words) if part)
    document = illustrated(whole, [Picture(content_id(one), one.filename) for one in shown])
    named = (replace(one, content_id=content_id(one) if one in shown else "") for one in files)
    return replace(
        draft,
        body=letters(document),
        html=write_html(document) if shown else "",
        files=(*draft.files, *named),
    )
