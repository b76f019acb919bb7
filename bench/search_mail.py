"""The mails of ``bench.search_desk`` as a Maildir with a notmuch index.

python3 -m bench.search_mail FOLDER TICKETS
"""

import sys
from pathlib import Path

from bench.peers import run
from bench.search_desk import write_maildir


def main(folder: str, tickets: str) -> None:
    """Makes both, unless they are there from an earlier run."""
    place = Path(folder)
    done, config = place / f"mail-{tickets}.done", place / "notmuch-config"
    if done.exists():
        return
    write_maildir(place / "mail" / "INBOX", int(tickets))
    config.write_text(
        f"[database]\npath={place}/mail\n[user]\nname=a\nprimary_email=help@shop.example\n"
        "[new]\ntags=new\n"
    )
    run(["notmuch", "new", "--quiet"], NOTMUCH_CONFIG=str(config))
    done.touch()


if __name__ == "__main__":
    main(*sys.argv[1:3])
