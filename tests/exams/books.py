"""The reckoning after an exam: the server's own list against what the desk shows. No code of ours
reads the server, and the desk is asked by its commands."""

import hashlib
import json
import time
from collections import Counter

from sqlalchemy import text

from deskapp.data.database import Database
from tests.stories.shop import Shop


def server_hashes(shop: Shop, folder: str = "INBOX") -> Counter[str]:
    """SHA-256 of every mail the server lists in a folder."""
    return Counter(hashlib.sha256(one).hexdigest() for one in shop.account.mails(folder))


def desk_hashes(shop: Shop) -> Counter[str]:
    """SHA-256 of every message the desk exports; "" for those that never were a mail."""
    folder = shop.home / "out"
    shop.run("export", str(folder))
    with (folder / "messages.jsonl").open(encoding="utf-8") as lines:
        return Counter(json.loads(line)["sha256"] or "" for line in lines)


def reckon(shop: Shop, written: list[bytes]) -> None:
    """Nothing lost, nothing doubled, the server as it was; equal bytes are one message."""
    shop.run("engine", "--once")
    there = server_hashes(shop)
    assert there == Counter(hashlib.sha256(one).hexdigest() for one in written), (
        "the server changed"
    )
    assert not any(shop.account.flags().values()), "the server's flags changed"
    here = desk_hashes(shop)
    lost, foreign = there.keys() - here.keys(), here.keys() - there.keys()
    doubled = [one for one, times in here.items() if times > 1]
    assert (len(lost), len(foreign), len(doubled)) == (0, 0, 0), "lost, foreign, doubled"
    [box] = shop.json("mailbox", "list")
    assert (box["on_server"], box["stored"], box["held"]) == (len(written), len(written), 0)
    report = shop.json("check")
    assert report["ok"], report["problems"]


class Ledger:
    """How many mails are filed, asked beside the program while it works."""

    def __init__(self, url: str) -> None:
        self._database = Database(url)

    def __enter__(self) -> "Ledger":
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()

    def filed(self) -> int:
        """Ledger rows whose mail has been filed."""
        return self.count("SELECT count(*) FROM server_mail WHERE filed_at IS NOT NULL")

    def count(self, question: str) -> int:
        """The one number that a question answers."""
        with self._database.reading() as connection:
            return int(connection.execute(text(question)).scalar_one())

    def rows(self, question: str) -> set[tuple[object, ...]]:
        """All rows that answer a question."""
        with self._database.reading() as connection:
            return {tuple(row) for row in connection.execute(text(question))}

    def wait_filed(self, count: int, seconds: float) -> float:
        """Waits until so many are filed; the seconds it took. Fails when they were not enough."""
        begun = time.monotonic()
        while (filed := self.filed()) < count:
            assert time.monotonic() - begun < seconds, f"{filed} of {count} after {seconds:.0f} s"
            time.sleep(0.05)  # the engine is another process: nothing here can be waited on
        return time.monotonic() - begun
