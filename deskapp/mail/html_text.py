"""HTML to readable text, with our own rules for blocks."""

from .clean import clean_html
from .markup import MAX_QUOTE_DEPTH, read_markup


def html_to_text(html: str) -> str:
    """Visible text of any HTML, one line per block; quotes carry "> "."""
    return cleaned_to_text(clean_html(html))


def cleaned_to_text(cleaned: str) -> str:
    """The same for markup that ``clean_html`` has already seen."""
    result: list[str] = []
    for line in read_markup(cleaned)[1]:
        text = line.quoted_text
        is_empty = not line.text.strip()
        last_is_empty = not result or not result[-1].strip("> ")
        if is_empty and last_is_empty:
            continue
        if line.after_gap and not last_is_empty:
            result.append(">" * min(line.depth, MAX_QUOTE_DEPTH))
        result.append(text)
    while result and not result[-1].strip("> "):
        result.pop()
    return "\n".join(result)
