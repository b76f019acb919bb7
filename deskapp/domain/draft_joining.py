"""Two texts for one draft made into one, with the forms of both."""

from dataclasses import replace

from deskapp.domain.replies import Draft
from deskapp.domain.rich_reader import read_draft
from deskapp.domain.rich_text import letters, of_plain, put_in, write_html


def with_more(draft: Draft, text: str) -> Draft:
    """The draft with text at its end."""
    return with_early(replace(draft, caret=len(draft.body)), text)


def add_below(draft: Draft, typed: str, html: str = "") -> Draft:
    """The draft with what was typed meanwhile below it; both keep their forms."""
    body = below(draft.body, typed)
    if not draft.html:
        return replace(draft, body=body, caret=len(body))
    above = read_draft(draft.body, draft.html)
    while len(above) > 1 and not above[-1].text.strip():
        above = above[:-1]
    both = (*above, *of_plain(""), *read_draft(typed, html))
    return replace(draft, body=letters(both), html=write_html(both), caret=len(letters(both)))


def below(body: str, typed: str) -> str:
    """Both texts, with an empty line between."""
    return f"{body.rstrip()}\n\n{typed}"


def with_early(draft: Draft, text: str) -> Draft:
    """The draft with text at its caret, as if it had been there when the text was typed."""
    caret = min(max(draft.caret, 0), len(draft.body))
    body = draft.body[:caret] + text + draft.body[caret:]
    html = draft.html
    if html:
        html = write_html(put_in(read_draft(draft.body, html), caret, text))
    return replace(draft, body=body, html=html, caret=caret + len(text))
