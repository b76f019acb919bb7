"""E32: a forged or foreign Authentication-Results header never makes a sender verified."""

import pytest

from deskapp.domain.authentication import Verdict, sender_verdict

OURS = "mx.lotus.example"
BANK = "ceo@bank.example"
PASS = "dmarc=pass header.from=bank.example"
SIGNED = "dkim=pass header.d=bank.example"

PASSED = [
    [f"{OURS}; {PASS}"],
    [f"{OURS}; {SIGNED}"],
    [f"MX.Lotus.Example 1; {SIGNED}"],
    [f"{OURS};\r\n\tspf=pass smtp.mailfrom=bounce.example;\r\n\t{PASS} (p=REJECT sp=REJECT)"],
    [f"{OURS}; dkim=pass (2048-bit key) header.i=@bank.example header.s=x"],
    [f"{OURS}; dkim=fail header.d=other.example", f"{OURS}; {SIGNED}"],
    [f"{OURS}; dkim = pass header.d = bank.example"],
    [f"{OURS}; {PASS}", f"evil.example; {PASS}"],
]
FAILED = [
    [f"{OURS}; dmarc=fail header.from=bank.example"],
    [f"{OURS}; dkim=pass header.d=evil.example; dmarc=fail header.from=bank.example"],
    [f"{OURS}; {SIGNED}; dmarc=fail (p=NONE) header.from=bank.example"],
    [f"{OURS}; dmarc=fail header.from=bank.example", f"{OURS}; {PASS}"],
]
_FOREIGN = ["evil.example", "mx.lotus.example.evil.example", "lotus.example", "xmx.lotus.example"]
_FOREIGN += ["mx.lotus.examp1e", "mx-lotus.example", f'"{OURS}"', f"({OURS})", "", "1", f"<{OURS}>"]
_FOREIGN += [f"evil.example ({OURS})", f"evil.example {OURS}", f"\\{OURS}", f"{OURS}.", f".{OURS}"]
_OTHER_DOMAINS = ["evil.example", "bank.example.evil.example", "xbank.example", "bank.examples"]
_OTHER_DOMAINS += ["mail.bank.example", "example", "bank", "", "?", "bank.example@evil.example"]
_OTHER_DOMAINS += ["b\u0430nk.example", '"bank.example"', "(bank.example)", "bank.example.", "."]
_NO_PASS = [
    "none",
    "neutral",
    "temperror",
    "permerror",
    "softfail",
    "policy",
    "passed",
    "",
    "PA SS",
]
_HIDDEN = [
    "spf=fail (dmarc=pass header.from=bank.example)",
    "spf=fail (a (b) dmarc=pass header.from=bank.example)",
    'spf=pass smtp.mailfrom="x; dmarc=pass header.from=bank.example"@evil.example',
    'spf=pass smtp.mailfrom="x\\"; dmarc=pass header.from=bank.example"@evil.example',
    "spf=pass smtp.mailfrom=a@evil.example reason=dmarc=pass header.from=bank.example",
    "spf=pass smtp.mailfrom=bank.example",
    "spf=pass smtp.helo=bank.example; dkim=none",
    "x-dmarc=pass header.from=bank.example",
    "dmarcs=pass header.from=bank.example",
    "none",
    "",
    "dkim=pass",
    "dmarc=pass",
    "dmarc=pass header.from=bank.example header.from=evil.example",
    "dmarc=pass header.from=evil.example header.from=bank.example",
    "dkim=pass header.d=evil.example header.d=bank.example",
    "dkim=pass header.d=evil.example header.i=@bank.example",
    "dmarc=none header.from=bank.example; dkim=pass header.d=bank.example",
    "dmarc=pass header.from=evil.example; dkim=pass header.d=bank.example",
    "arc=pass header.d=bank.example",
    "auth=pass smtp.auth=ceo@bank.example",
    "(dkim=pass header.d=bank.example",
    "iprev=pass policy.iprev=192.0.2.1",
]
UNKNOWN = [
    *([f"{name}; {PASS}"] for name in _FOREIGN),
    *([f"{name}; {SIGNED}", f"{OURS}; {PASS}"] for name in _FOREIGN),
    *([f"{OURS}; dmarc=pass header.from={name}"] for name in _OTHER_DOMAINS),
    *([f"{OURS}; dkim=pass header.d={name}"] for name in _OTHER_DOMAINS),
    *([f"{OURS}; dkim={result} header.d=bank.example"] for result in _NO_PASS),
    *([f"{OURS}; dmarc={result} header.from=bank.example"] for result in _NO_PASS),
    *([f"{OURS}; {statement}"] for statement in _HIDDEN),
    [],
]


@pytest.mark.parametrize("results", PASSED)
def test_what_our_server_found_on_top_counts(results: list[str]) -> None:
    assert sender_verdict(results, OURS, [BANK]) is Verdict.PASSED
    assert sender_verdict(results, "", [BANK]) is Verdict.UNKNOWN
    assert sender_verdict(results, "mx.other.example", [BANK]) is Verdict.UNKNOWN
    assert sender_verdict(results, OURS, [BANK, "ceo@evil.example"]) is Verdict.UNKNOWN
    assert sender_verdict(results, OURS, []) is Verdict.UNKNOWN


@pytest.mark.parametrize("results", FAILED)
def test_a_failure_that_our_server_found_beats_every_pass(results: list[str]) -> None:
    assert sender_verdict(results, OURS, [BANK]) is Verdict.FAILED


@pytest.mark.parametrize("results", UNKNOWN)
def test_what_others_write_proves_nothing(results: list[str]) -> None:
    assert sender_verdict(results, OURS, [BANK]) is Verdict.UNKNOWN


def test_there_are_more_than_a_hundred_forgeries() -> None:
    assert len(UNKNOWN) > 100


def test_a_part_of_a_domain_may_be_signed_by_the_whole() -> None:
    signed = [f"{OURS}; dkim=pass header.d=bank.example"]
    assert sender_verdict(signed, OURS, ["a@mail.bank.example"]) is Verdict.PASSED
