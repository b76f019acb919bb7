"""Why a line failed is told by the network's numbers, not by its words, which differ by system."""

import errno
import socket

import pytest

from deskapp.domain.kinds import Security
from deskapp.domain.mailboxes import Server
from deskapp.domain.outbox_trouble import SendFault, fault_of
from deskapp.domain.problem import Problem
from deskapp.mail.lines import line_faults
from deskapp.mail.smtp_line import SmtpLine


def _server(host: str, port: int) -> Server:
    return Server(host, port, Security.NONE, "anna")


def _fault(error: OSError) -> SendFault:
    with pytest.raises(Problem) as met, line_faults(_server("mail.example", 25)):
        raise error
    return fault_of(met.value)


def test_a_port_where_nothing_listens() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        with pytest.raises(Problem) as met:
            SmtpLine.open(_server("127.0.0.1", taken.getsockname()[1]), None)
    assert fault_of(met.value) is SendFault.LINE_REFUSED
    assert "refused" in str(met.value.details["said"])


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (TimeoutError("timed out"), SendFault.LINE_SILENT),
        (OSError(errno.ENETUNREACH, "Le réseau est inaccessible"), SendFault.LINE_UNREACHABLE),
        (OSError(errno.EHOSTUNREACH, "Нет маршрута"), SendFault.LINE_UNREACHABLE),
        (socket.gaierror(socket.EAI_NONAME, "unknown"), SendFault.LINE_NO_NAME),
        (ConnectionResetError("reset"), SendFault.LINE),
    ],
)
def test_each_way_a_line_fails_has_its_name(error: OSError, fault: SendFault) -> None:
    assert _fault(error) is fault
