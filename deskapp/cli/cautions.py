"""What ``ticket reply`` stops for until ``--anyway`` is given, in words and as JSON."""

import json
import sys
from collections.abc import Sequence

import typer

from deskapp.domain.cautions import Caution, CautionKind
from deskapp.domain.recipients import Heading

from .errors import FAILED
from .output import tell

_SENTENCES = {
    CautionKind.EMPTY: "The reply has no text.",
    CautionKind.NO_ATTACHMENT: "It says “{words}”, but no file is attached.",
    CautionKind.OTHER_NAME: "It names “{words}”, who is not on this ticket.",
    CautionKind.OTHER_ORDER: "Order {words} belongs to another customer.",
    CautionKind.TOO_LARGE: "It is about {size} bytes on its way; the mail server takes {limit}.",
    CautionKind.NO_MAIL: "This customer wants no mail. {words}",
}
_NOTHING_SENT = "Nothing was sent; correct the reply, or give --anyway to send it as it is."


def stop_for(found: Sequence[Caution], as_json: bool) -> typer.Exit:
    """Says all of them on stderr; to be raised by the caller."""
    sentence = " ".join([*map(_sentence, found), _NOTHING_SENT])
    if as_json:
        told = {"kind": "cautions", "message": sentence, "cautions": [_facts(one) for one in found]}
        sys.stderr.write(json.dumps({"error": told}, ensure_ascii=False) + "\n")
    else:
        tell(sentence)
    return typer.Exit(FAILED)


def tell_heading(heading: Heading, sender: str, to: Sequence[str]) -> None:
    """Remarks on where a reply leaves from and goes to, where that is not as one would think."""
    if sender and sender != heading.usual:
        tell(f"It leaves from {sender}; the customer wrote to {heading.usual}.")
    elsewhere = heading.elsewhere
    asked = [one.address for one in elsewhere.asked if one.address in to] if elsewhere else []
    if elsewhere is not None and asked:
        tell(
            f"It goes to {', '.join(asked)}, where the mail of {elsewhere.sender.address} asks for "
            "its answer."
            + (" That is another domain than the sender's." if elsewhere.stranger else "")
        )


def _sentence(one: Caution) -> str:
    facts = {"{words}": one.words.strip(), "{size}": str(one.size), "{limit}": str(one.limit)}
    told = _SENTENCES[one.kind]
    # The words come last: a customer's text may hold braces.
    for name in ("{size}", "{limit}", "{words}"):
        told = told.replace(name, facts[name])
    return " ".join(told.split())


def _facts(one: Caution) -> dict[str, object]:
    words = {"words": one.words.strip(), "start": one.start, "end": one.end} if one.words else {}
    sizes = {"size": one.size, "limit": one.limit} if one.size else {}
    return {"kind": one.kind, **words, **sizes, "message": _sentence(one)}
