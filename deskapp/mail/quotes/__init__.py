"""Folding what a reply repeats: the quoted mail and the signature. Folded, never deleted."""


def fold_text(text: str) -> str:
    return text


def fold_html(cleaned_html: str) -> str:
    return ""
