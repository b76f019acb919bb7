"""Whether a mail's sender is who the From line says, by what our own server found (RFC 8601).

Anybody can write an Authentication-Results header. Only those count that stand on top and carry
the name of the server that took the mail in for us; without that name nothing is ever proved.
"""

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum

MAX_LENGTH = 8192
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|\\.|[();]|\s+|[^"\\();\s]+|.', re.DOTALL)
_PROPERTY = re.compile(r"([a-z0-9.-]{1,40})=(.*)", re.DOTALL)


class Verdict(StrEnum):
    """What is known of a sender."""

    UNKNOWN = "unknown"  # nobody we trust has looked, or what they found proves nothing
    PASSED = "passed"
    FAILED = "failed"  # our server says that the From line is not true


def sender_verdict(results: Sequence[str], trusted: str, senders: Sequence[str]) -> Verdict:
    """The verdict on a mail.

    ``results``: its Authentication-Results headers, the topmost first; ``trusted``: the
    authserv-id that our server writes, "" where it is not known; ``senders``: the addresses in
    From. Several of them, or none, prove nothing.
    """
    domains = {address.rpartition("@")[2].strip().casefold() for address in senders}
    if not trusted.strip() or len(senders) != 1 or "." not in (domain := domains.pop()):
        return Verdict.UNKNOWN
    found = [
        statement for header in _topmost(results, trusted) for statement in _statements(header)
    ]
    dmarc = [one for one in found if one[0] == "dmarc" and _domain(one, "header.from") == domain]
    if any(result == "fail" for _, result, _ in dmarc):
        return Verdict.FAILED
    if any(result == "pass" for _, result, _ in dmarc):
        return Verdict.PASSED
    if any(one[0] == "dmarc" for one in found):
        return Verdict.UNKNOWN  # about another domain, or no policy was found
    signed = any(
        method == "dkim" and result == "pass" and _covers(_domain((method, result, more)), domain)
        for method, result, more in found
    )
    return Verdict.PASSED if signed else Verdict.UNKNOWN


_Statement = tuple[str, str, dict[str, str]]  # method, result, properties


def _topmost(results: Sequence[str], trusted: str) -> Iterable[str]:
    for header in results:
        identity, _, statements = _bare(header[:MAX_LENGTH]).partition(";")
        words = identity.split()
        if not words or words[0].casefold() != trusted.strip().casefold():
            return
        yield statements


def _bare(header: str) -> str:
    """The header without comments; what stands in quotes loses its power to look like syntax."""
    kept: list[str] = []
    depth = 0
    for token in _TOKEN.findall(header):
        if token == "(":
            depth += 1
        elif token == ")":
            depth = max(depth - 1, 0)
        elif not depth:
            kept.append("?" if token[0] in '"\\' else token)
    return "".join(kept)


def _statements(text: str) -> Iterable[_Statement]:
    for piece in text.casefold().split(";"):
        words = re.sub(r"\s*=\s*", "=", piece).split()
        found = [match for word in words if (match := _PROPERTY.fullmatch(word))]
        if not found or not words[0].startswith(found[0][0]):
            continue
        method = found[0][1].partition("/")[0]
        properties: dict[str, str] = {}
        for match in found[1:]:
            if match[1] in properties and properties[match[1]] != match[2]:
                properties[match[1]] = "?"  # said twice, differently: neither is believed
            properties.setdefault(match[1], match[2])
        yield method, found[0][2], properties


def _domain(statement: _Statement, *names: str) -> str:
    for name in names or ("header.d", "header.i"):
        value = statement[2].get(name, "")
        if value:
            return value.rpartition("@")[2].strip()
    return ""


def _covers(signer: str, domain: str) -> bool:
    """A domain may sign for itself and for what lies below it. Not upwards: whoever rents a name
    under a host's domain is not the host."""
    return "." in signer and (domain == signer or domain.endswith("." + signer))
