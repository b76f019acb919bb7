"""format=flowed (RFC 3676): lines that a mail program wrapped are joined again."""


def unflow(text: str, delete_space: bool) -> str:
    """Paragraphs as written. ``delete_space`` is the DelSp parameter, used with Chinese text."""
    paragraphs: list[list[str]] = []
    open_depth = -1  # quote depth of a paragraph that goes on, or -1
    for line in text.split("\n"):
        depth = len(line) - len(line.lstrip(">"))
        content = line[depth:]
        if content.startswith(" "):
            content = content[1:]
        is_signature = content in ("-- ", "--")
        flows = content.endswith(" ") and not is_signature
        if flows and delete_space:
            content = content[:-1]
        if depth == open_depth and not is_signature:
            paragraphs[-1].append(content)
        else:
            paragraphs.append([">" * depth + " " + content if depth else content])
        open_depth = depth if flows else -1
    return "\n".join("".join(pieces) for pieces in paragraphs)
