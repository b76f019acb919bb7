"""A real shop server that nobody here has shaped: Vendure, from npm, for development only."""

import json
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest

from tests.servers.process import Stopped, free_port, give, running, server_folder

VERSION = "3.5.4"
PACKAGES = (f"@vendure/core@{VERSION}", f"@vendure/testing@{VERSION}", "sql.js")
ADMIN = "superadmin"
"""Name and password of who may do everything."""

FOLDER = "DESKAPP_VENDURE"
_SCRIPT = Path(__file__).with_suffix(".cjs")
_INSTALL_SECONDS = 600


@dataclass
class Vendure:
    """A running shop without orders, and what its own clients use."""

    port: int
    tokens: dict[str, str] = field(default_factory=dict)

    def ask(self, api: str, document: str, **values: Any) -> dict[str, Any]:
        """One request of a shopper ("shop-api") or an admin ("admin-api"); fails on any error."""
        token = self.tokens.get(api)
        headers = {"Content-Type": "application/json"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        body = json.dumps({"query": document, "variables": values}).encode()
        with urlopen(Request(f"http://127.0.0.1:{self.port}/{api}", body, headers)) as answer:
            told: dict[str, Any] = json.loads(answer.read())
            self.tokens[api] = answer.headers.get("vendure-auth-token") or token or ""
        if "errors" in told:
            raise AssertionError(told["errors"])
        data: dict[str, Any] = told["data"]
        for name, one in data.items():
            if isinstance(one, dict) and "errorCode" in one:
                raise AssertionError(f"{name}: {one}")
        return data

    def log_in(self) -> None:
        self.ask(
            "admin-api",
            "mutation($n: String!) { login(username: $n, password: $n) { __typename } }",
            n=ADMIN,
        )


def packages() -> Path:
    """The folder with the shop's packages; npm fetches them once. Skips where it cannot."""
    if named := os.environ.get(FOLDER):
        return Path(named)
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        pytest.skip("node and npm are not installed: the real shop server needs them")
    folder = Path(tempfile.gettempdir()) / f"deskapp-vendure-{VERSION}"
    if folder.exists():
        return folder
    fresh = Path(tempfile.mkdtemp(prefix="deskapp-vendure-"))
    (fresh / "package.json").write_text('{"private": true}', "utf-8")
    # One of the packages is compiled by a program in Python, which our own paths lead astray.
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        [npm, "install", "--no-audit", "--no-fund", "--no-progress", *PACKAGES],
        cwd=fresh,
        env=clean,
        capture_output=True,
        text=True,
        timeout=_INSTALL_SECONDS,
        check=False,
    )
    if done.returncode:
        shutil.rmtree(fresh, ignore_errors=True)
        pytest.skip(f"npm could not install {PACKAGES[0]}: {done.stderr[-300:]}")
    fresh.chmod(0o755)  # the server runs under another account
    fresh.rename(folder)
    return folder


@contextmanager
def serve() -> Iterator[Vendure]:
    """A shop in memory on a free port, with two products and no orders."""
    modules = packages()
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed: the real shop server needs it")
    with server_folder("vendure") as folder:
        (folder / "data").mkdir()
        give(folder / "data")
        log = folder / "output.log"
        shop = Vendure(free_port())
        command = [node, str(_SCRIPT), str(modules), str(shop.port), str(folder)]

        def ready() -> bool:
            return "ready" in log.read_text("utf-8", "replace")

        try:
            with running(command, folder, ready, signal.SIGTERM, seconds=120) as _:
                shop.log_in()
                yield shop
        except Stopped as fault:
            raise RuntimeError(f"Vendure did not start: {fault}") from fault
