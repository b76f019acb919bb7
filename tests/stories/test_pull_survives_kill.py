"""The engine is killed in the middle of a large pull: nothing is lost or doubled by it."""

import hashlib
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable

from .shop import Shop

MAILS = 2000
News = dict[str, object]


def mail(number: int) -> bytes:
    return (
        f"From: Customer {number} <c{number}@example.org>\r\nTo: support@shop.example\r\n"
        f"Subject: question {number}\r\nMessage-ID: <q{number}@example.org>\r\n"
        f"Date: Sat, 21 Nov 2026 10:{number % 60:02}:00 +0000\r\n\r\n"
        f"Where is order {number}?\r\n{'The usual words of a letter. ' * 20}\r\n"
    ).encode()


def kill_when(shop: Shop, moment: Callable[[News], bool]) -> None:
    """Starts the engine as a window does, and kills it at the first news that fits."""
    engine = subprocess.Popen(
        [sys.executable, "-m", "deskapp", "engine"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert engine.stdin and engine.stdout
    with engine.stdin, engine.stdout:
        for line in engine.stdout:
            if moment(json.loads(line)):
                break
        engine.kill()
        engine.wait()


def test_killed_three_times_and_all_two_thousand_mails_are_there_once(shop: Shop) -> None:
    mails = [mail(number) for number in range(MAILS)]
    shop.account.deliver(*mails)
    kill_when(shop, lambda news: news["news"] == "progress")
    kill_when(shop, lambda news: news["news"] == "filed")
    kill_when(shop, lambda news: news["news"] == "filed")
    [box] = shop.json("engine", "--once")["mailboxes"]
    assert (box["on_server"], box["stored"], box["held"]) == (MAILS, MAILS, 0)
    folder = shop.home / "out"
    shop.run("export", str(folder))
    with (folder / "messages.jsonl").open(encoding="utf-8") as lines:
        here = Counter(json.loads(line)["sha256"] for line in lines)
    assert here == Counter(hashlib.sha256(one).hexdigest() for one in mails)
    assert shop.json("check")["ok"]
