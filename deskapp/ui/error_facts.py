"""What sentences about Problems say where a fact is missing."""

from .translatable import N

# What stands in a sentence where a Problem does not carry the fact.
MISSING_FACTS = {
    "host": N("Errors", "The server"),
    "said": N("Errors", "nothing more."),
    "address": N("Errors", "this mailbox"),
    "holder": N("Errors", "Another computer"),
    "folder": N("Errors", "you chose"),
    "place": N("Errors", "the chosen place"),
    "path": N("Errors", "The chosen file or folder"),
    "found": N("Errors", "unknown"),
    "known": N("Errors", "another"),
    "system": N("Errors", "A program"),
    "value": N("Errors", "…"),
    "before": N("Errors", "…"),
    "name": N("Errors", "…"),
    "line": N("Errors", "?"),
    "size": N("Errors", "over the limit"),
    "missing": N("Errors", "the needed ones"),
    "to": N("Errors", "another place"),
    "scope": N("Errors", "not named"),
    "wait": N("Errors", "some"),
    "who": N("Errors", "A colleague"),
    "parent": N("Errors", "?"),
    "column": N("Errors", "?"),
    "most": N("Errors", "less"),
    "currency": N("Errors", "its currency"),
    "login": N("Errors", "used here"),
}
