"""The two forms of a reply without what it repeats."""

from deskapp.mail.markup import END, START, Piece, read_markup

from .lines import Kind
from .plan import kept_lines

MAX_LINES = 20_000
_PROOF = {"quote-header": Kind.INTRODUCTION, "quote-start": Kind.ORIGINAL}


def fold_text(text: str, is_forward: bool = False) -> str:
    """What the person wrote, less quote and signature; the whole text where that is unclear.

    ``is_forward``: the subject says that the mail hands on another one, which is not folded.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    if len(lines) > MAX_LINES:
        return text.strip("\n")
    keep = kept_lines(lines, is_forward=is_forward)
    kept = [line for line, flag in zip(lines, keep, strict=True) if flag]
    while kept and not kept[0].strip():
        del kept[0]
    while kept and not kept[-1].strip():
        del kept[-1]
    return "\n".join(kept)


def fold_html(cleaned_html: str, is_forward: bool = False) -> str:
    """Cleaned markup less the folded part, or "" where nothing folds.

    Only whole pieces of the cleaned markup are left out, so the result is as clean as the input.
    """
    if not cleaned_html:
        return ""
    pieces, lines = read_markup(cleaned_html)
    if len(lines) > MAX_LINES:
        return ""
    forced = {index: _PROOF[line.mark] for index, line in enumerate(lines) if line.mark in _PROOF}
    keep = kept_lines([line.quoted_text for line in lines], forced, is_forward)
    has_folded = any(
        not flag and (line.text or line.has_image) for flag, line in zip(keep, lines, strict=True)
    )
    return _without_folded(pieces, keep) if has_folded else ""


def _without_folded(pieces: list[Piece], keep: list[bool]) -> str:
    """Elements that open in the folded part appear only if something inside them stays."""
    result: list[str] = []
    waiting: list[str] = []  # start tags not written yet, outermost first
    for what, markup, line in pieces:
        if what is START and not keep[line]:
            waiting.append(markup)
        elif what is END:
            if waiting:
                waiting.pop()
            else:
                result.append(markup)
        elif keep[line]:
            result.extend(waiting)
            waiting.clear()
            result.append(markup)
    return "".join(result)
