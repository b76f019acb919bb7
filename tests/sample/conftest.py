"""The sample as the tests read it: with the standard library, not with our own parser."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default

import pytest

from deskapp.sample import Sample, SampleMail, build_sample

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Read:
    """A mail of the sample with what the stdlib made of it."""

    mail: SampleMail
    parsed: EmailMessage

    def __getitem__(self, name: str) -> str:
        return str(self.parsed[name] or "")

    @property
    def references(self) -> list[str]:
        return self["References"].split()

    def texts(self) -> Iterator[str]:
        """The text of every text part, decoded strictly in the charset it claims."""
        for part in self.parsed.walk():
            if part.get_content_maintype() == "text" and part.get_filename() is None:
                payload = part.get_payload(decode=True)
                assert isinstance(payload, bytes)
                yield payload.decode(_codec(part.get_content_charset() or "us-ascii"))


def _codec(charset: str) -> str:
    return charset.replace("windows-", "cp")


@pytest.fixture(scope="session")
def sample() -> Sample:
    return build_sample(NOW)


@pytest.fixture(scope="session")
def reads(sample: Sample) -> list[Read]:
    parser = BytesParser(EmailMessage, policy=default)
    return [Read(mail, parser.parsebytes(mail.raw)) for mail in sample.mails]
