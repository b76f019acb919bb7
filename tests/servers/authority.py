"""A certificate authority of our own, so that TLS is really verified in tests."""

import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme


class Authority:
    """Issues server certificates; `pem` is the file a client must trust."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.ca = trustme.CA(organization_name="deskapp tests")
        self.pem = folder / "authority.pem"
        self.ca.cert_pem.write_to_path(str(self.pem))

    def client_context(self) -> ssl.SSLContext:
        """Verifies host names and chains, trusting this authority and nobody else."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self.ca.configure_trust(context)
        return context

    def server_context(self, *hosts: str) -> ssl.SSLContext:
        """For a server reached under `hosts` (default: localhost and 127.0.0.1)."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._issue(hosts).configure_cert(context)
        return context

    def write_certificate(self, certificate: Path, key: Path, *hosts: str) -> None:
        """The same as two PEM files, for servers that read files."""
        issued = self._issue(hosts)
        certificate.write_bytes(b"".join(pem.bytes() for pem in issued.cert_chain_pems))
        key.write_bytes(issued.private_key_pem.bytes())

    def _issue(self, hosts: tuple[str, ...]) -> trustme.LeafCert:
        return self.ca.issue_cert(*(hosts or ("localhost", "127.0.0.1")))


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """The authority behind every test server of this run."""
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def trusted_authority(authority: Authority, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """deskapp, here and in child processes, trusts the test servers during this test.

    `ssl.create_default_context` reads SSL_CERT_FILE each time it is called.
    """
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.pem))
    monkeypatch.delenv("SSL_CERT_DIR", raising=False)
    yield authority.pem
