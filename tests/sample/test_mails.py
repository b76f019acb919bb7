import re
import struct
import zlib
from collections import Counter
from email.utils import parsedate_to_datetime

from deskapp.sample import Sample

from .conftest import Read


def test_every_mail_is_read_without_defect_by_the_standard_library(reads: list[Read]) -> None:
    for read in reads:
        defects = [defect for part in read.parsed.walk() for defect in part.defects]
        assert not defects, (read["Subject"], defects)
        assert read["From"]
        assert read["Message-ID"]
        # A report's attached header is no text of its own; everything else decodes as labelled.
        assert list(read.texts())
        assert parsedate_to_datetime(read["Date"]) <= read.mail.arrived_at


def test_lines_end_as_mail_lines_do(sample: Sample) -> None:
    for mail in sample.mails:
        assert b"\n" not in mail.raw.replace(b"\r\n", b"")
        assert max(map(len, mail.raw.split(b"\r\n"))) <= 998


def test_answers_point_at_what_they_answer(reads: list[Read]) -> None:
    known = {read["Message-ID"]: read for read in reads}
    answers = 0
    for read in reads:
        if not read["In-Reply-To"]:
            continue
        answers += 1
        assert read.references[-1] == read["In-Reply-To"]
        assert all(reference in known for reference in read.references)
        assert known[read["In-Reply-To"]].mail.arrived_at <= read.mail.arrived_at
    assert answers > 250


def test_the_plan_names_the_first_mail_of_every_ticket(sample: Sample, reads: list[Read]) -> None:
    first = {
        read["Message-ID"]
        for read in reads
        if not read["In-Reply-To"] or read.parsed.get_content_type() == "multipart/report"
    }
    planned = [setting.message_id for setting in sample.tickets_plan]
    assert set(planned) == first
    assert len(planned) == len(first)


def test_only_the_mail_to_both_mailboxes_is_there_twice(reads: list[Read]) -> None:
    twice = [name for name, n in Counter(read["Message-ID"] for read in reads).items() if n > 1]
    copies = [read for read in reads if read["Message-ID"] in twice]
    assert len(twice) == 1
    assert {read.mail.mailbox for read in copies} == {
        "support@lotus-outdoor.example",
        "orders@lotus-outdoor.example",
    }


def test_our_answers_stand_in_sent_and_theirs_in_the_inbox(reads: list[Read]) -> None:
    for read in reads:
        ours = read.parsed["From"].addresses[0].domain == "lotus-outdoor.example"
        assert ours == (read.mail.folder == "Sent")
        mailbox = "From" if ours else "To"
        assert read.mail.mailbox in [entry.addr_spec for entry in read.parsed[mailbox].addresses]


def test_nobody_real_is_named(sample: Sample, reads: list[Read]) -> None:
    host = re.compile(r"(?:@|https?://)([a-zA-Z0-9-]+(?:\.[a-zA-Z0-9-]+)+)")
    for read in reads:
        header = read.mail.raw.partition(b"\r\n\r\n")[0].decode("latin-1")
        for name in host.findall("\n".join([header, *read.texts()])):
            assert name.endswith(".example"), name
    for order in sample.orders:
        assert order.email.endswith(".example")


def test_no_slot_is_left_unfilled(reads: list[Read]) -> None:
    slot = re.compile(r"\{[a-z_0-9]+\}")
    for read in reads:
        if read["Subject"].startswith("New order"):
            continue  # its style sheet has braces of its own
        assert not slot.search(" ".join([read["Subject"], *read.texts()])), read["Subject"]


def test_many_different_people_have_many_different_things_to_say(reads: list[Read]) -> None:
    first = [read for read in reads if not read["In-Reply-To"] and read.mail.folder == "INBOX"]
    openings = {re.sub(r"[\d#]+|LV-", "", next(iter(read.texts())))[:60] for read in first}
    assert len(openings) > 100
    assert len({read["From"] for read in first}) > 90


def test_customers_use_many_programs_charsets_and_encodings(reads: list[Read]) -> None:
    parts = [part for read in reads for part in read.parsed.walk() if not part.is_multipart()]
    charsets = {part.get_content_charset() for part in parts}
    assert charsets >= {
        "utf-8", "gb2312", "gb18030", "big5", "koi8-r", "windows-1251", "windows-1258",
    }  # fmt: skip
    transfers = {str(part["Content-Transfer-Encoding"]) for part in parts}
    assert transfers >= {"base64", "quoted-printable", "8bit", "7bit"}
    bodies = "\n".join(text for read in reads for text in read.texts())
    for line in (
        "đã viết:",
        "寫道：",
        "写道：",
        "пишет:",
        "原始邮件",
        "wrote:",
        "Отправлено",
        "gmail_quote",
    ):
        assert line in bodies, line


def test_the_long_conversation_has_fifty_messages_on_one_thread(reads: list[Read]) -> None:
    longest = max(reads, key=lambda read: len(read.references))
    root = longest.references[0]
    thread = [read for read in reads if root in (read["Message-ID"], *read.references)]
    assert len(thread) > 50
    assert len({read["From"] for read in thread}) == 3


def test_a_bounce_tells_which_answer_of_ours_came_back(reads: list[Read]) -> None:
    (report,) = [read for read in reads if read.parsed.get_content_type() == "multipart/report"]
    status, original = list(report.parsed.iter_parts())[1:]
    assert status.get_content_type() == "message/delivery-status"
    assert report["In-Reply-To"] in str(original.get_content())
    answered = next(read for read in reads if read["Message-ID"] == report["In-Reply-To"])
    assert answered.mail.folder == "Sent"
    assert answered.parsed["To"].addresses[0].addr_spec in str(status)


def test_machines_say_that_they_are_machines(reads: list[Read]) -> None:
    away = [read for read in reads if read["Subject"].startswith("Out of office")]
    assert [read["Auto-Submitted"] for read in away] == ["auto-replied"]
    assert len([read for read in reads if read["List-Id"]]) == 1


def test_the_order_notice_has_what_a_cleaner_of_html_must_face(reads: list[Read]) -> None:
    (notice,) = [read for read in reads if read["Subject"].startswith("New order #10497")]
    page = notice.parsed.get_body(("html",))
    assert page is not None
    html = page.get_content()
    for piece in ("<table", "bgcolor=", "<script", 'src="cid:', 'width="1" height="1"'):
        assert piece in html
    cids = {str(part["Content-ID"]) for part in notice.parsed.walk() if part["Content-ID"]}
    assert {f"<{cid}>" for cid in re.findall(r"cid:([^\"]+)", html)} == cids


def test_attachments_are_of_every_sort_and_whole(reads: list[Read]) -> None:
    files = [
        (str(part.get_filename()), part.get_payload(decode=True))
        for read in reads
        for part in read.parsed.walk()
        if part.get_filename()
    ]
    names = {name for name, _ in files}
    assert "invoice.pdf.exe" in names
    assert any(not name.isascii() for name in names)
    assert {name.rpartition(".")[2] for name in names} == {"png", "pdf", "txt", "exe"}
    for name, data in files:
        assert isinstance(data, bytes)
        if name.endswith(".png"):
            _read_png(data)
        elif name.endswith(".pdf"):
            offset = int(data.rpartition(b"startxref\n")[2].split()[0])
            assert data[offset:].startswith(b"xref")


def _read_png(data: bytes) -> None:
    """Every chunk's sum is right, and the rows are as many as the header says."""
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    place, chunks = 8, {}
    while place < len(data):
        (size,) = struct.unpack(">I", data[place : place + 4])
        name, body = data[place + 4 : place + 8], data[place + 8 : place + 8 + size]
        assert struct.unpack(">I", data[place + 8 + size : place + 12 + size]) == (
            zlib.crc32(name + body),
        )
        chunks[name] = body
        place += 12 + size
    width, height = struct.unpack(">II", chunks[b"IHDR"][:8])
    assert len(zlib.decompress(chunks[b"IDAT"])) == height * (1 + 3 * width)
