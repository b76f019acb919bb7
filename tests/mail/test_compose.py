"""Mail as it leaves: what a reader sees is what was written, and no header is smuggled in."""

import email
from dataclasses import replace
from datetime import UTC, datetime
from email import policy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskapp.domain.ids import BlobHash
from deskapp.domain.mail import Address
from deskapp.domain.problem import Problem
from deskapp.domain.replies import OutgoingFile, OutgoingMail
from deskapp.mail.compose import build_mail
from deskapp.mail.headers_out import ascii_address, encoded_words

WHEN = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
SHOP = Address("Support, Shop", "support@shop.example")
LINH = Address("Trần Thị Linh", "linh@example.vn")


def outgoing(
    subject: str = "Re: order",
    text: str = "Good day.",
    to: tuple[Address, ...] = (LINH,),
    references: tuple[str, ...] = (),
    files: tuple[tuple[OutgoingFile, bytes], ...] = (),
    html: str = "",
) -> OutgoingMail:
    return OutgoingMail(
        message_id="abc.1@shop.example",
        sender=SHOP,
        to=to,
        cc=(),
        bcc=(Address("", "hidden@example.org"),),
        subject=subject,
        text=text,
        date=WHEN,
        in_reply_to=references[-1] if references else "",
        references=references,
        files=files,
        html=html,
    )


def file(name: str, data: bytes) -> tuple[OutgoingFile, bytes]:
    return OutgoingFile(name, "application/pdf", len(data), BlobHash("0" * 64)), data


def picture(name: str, data: bytes, content_id: str) -> tuple[OutgoingFile, bytes]:
    return OutgoingFile(name, "image/png", len(data), BlobHash("0" * 64), content_id), data


@pytest.mark.parametrize(
    "subject",
    ["", "Re: plain", "Re: " + "word " * 60, "x" * 300, "=?utf-8?q?not_a_word?=", "a  b ",
     "Заказ № 4711 не пришёл, помогите пожалуйста разобраться с доставкой в Новосибирск",
     "訂單 4711 還沒有收到請協助確認物流狀態與預計送達時間謝謝您的幫忙" * 3, "Đơn hàng 😀 " * 20],
)  # fmt: skip
def test_a_second_reader_sees_the_subject_as_written(subject: str) -> None:
    raw = build_mail(outgoing(subject))
    assert email.message_from_bytes(raw, policy=policy.default)["Subject"] == subject
    assert raw.isascii()
    assert max(map(len, raw.split(b"\r\n"))) <= 78 or "x" * 80 in subject


def test_encoded_words_are_short_and_never_cut_a_character() -> None:
    for word in encoded_words("đ訂" * 100, column=9):
        assert len(word) <= 75
        assert "\ufffd" not in str(email.header.make_header(email.header.decode_header(word)))


def test_names_threading_and_bcc_are_right() -> None:
    chain = ("broken id@x", *(f"part-{number:04}@example.org" for number in range(300)))
    raw = build_mail(outgoing(references=chain))
    read = email.message_from_bytes(raw, policy=policy.default)
    assert read["To"].addresses[0].display_name == "Trần Thị Linh"
    assert read["From"].addresses[0].display_name == "Support, Shop"
    ids = read["References"].split()
    assert (ids[0], ids[-1]) == ("<part-0000@example.org>", "<part-0299@example.org>")
    assert 1450 < len(" ".join(ids)) <= 1500
    assert ids[1:] == [
        f"<part-{300 - len(ids) + place:04}@example.org>" for place in range(1, len(ids))
    ]
    assert read["In-Reply-To"] == "<part-0299@example.org>"
    assert b"hidden@" not in raw


@pytest.mark.parametrize(
    "text", ["", "Line\r\nline\n", ".\n..\nFrom here\n", "Xin chào,\nđơn hàng\n", "订单" * 2000,
             "x" * 5000, "trailing \t\n  \n", "nul\0in text"]
)  # fmt: skip
def test_the_text_arrives_letter_by_letter_in_lines_that_fit(text: str) -> None:
    raw = build_mail(outgoing(text=text))
    body = email.message_from_bytes(raw).get_payload(decode=True)
    assert isinstance(body, bytes)
    expected = text.replace("\r\n", "\n")
    assert body.decode().replace("\r\n", "\n").rstrip("\n") == expected.rstrip("\n")
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    assert b"\n" not in raw.replace(b"\r\n", b"")


def test_files_arrive_under_their_names() -> None:
    long_name = "Hoá đơn điện tử số 4711 tháng 11 năm 2026 – bản sao dành cho khách hàng.pdf"
    raw = build_mail(
        outgoing(files=(file("a.pdf", b"%PDF\0\r\n"), file(long_name, b""), file('"q".pdf', b"x")))
    )
    read = email.message_from_bytes(raw, policy=policy.default)
    found = [(part.get_filename(), part.get_content()) for part in read.iter_attachments()]
    assert found == [("a.pdf", b"%PDF\0\r\n"), (long_name, b""), ('"q".pdf', b"x")]


def test_markup_pictures_and_files_stand_where_mail_programs_look_for_them() -> None:
    shown = picture("ảnh.png", b"\x89PNG shown", "one@draft")
    loose = picture("cut.png", b"\x89PNG loose", "two@draft")
    html = '<p>Chào chị <b>Châu</b></p><img src="cid:one@draft" alt="ảnh.png">'
    raw = build_mail(
        outgoing(text="Chào chị Châu", html=html, files=(shown, loose, file("a.pdf", b"%")))
    )
    read = email.message_from_bytes(raw, policy=policy.default)
    kinds = [part.get_content_type() for part in read.walk()]
    assert kinds == [
        "multipart/mixed", "multipart/alternative", "text/plain", "multipart/related",
        "text/html", "image/png", "image/png", "application/pdf",
    ]  # fmt: skip
    body, plain = read.get_body(("html",)), read.get_body(("plain",))
    assert body is not None and html in body.get_content()
    assert plain is not None and plain.get_content().strip() == "Chào chị Châu"
    inside, hung = [part for part in read.walk() if part.get_content_type() == "image/png"]
    assert (inside["Content-ID"], inside.get_content_disposition()) == ("<one@draft>", "inline")
    assert (hung["Content-ID"], hung.get_content_disposition()) == (None, "attachment")


def test_markup_alone_makes_two_alternatives_and_text_alone_none() -> None:
    read = email.message_from_bytes(build_mail(outgoing(html="<p>Good day.</p>")))
    assert [part.get_content_type() for part in read.walk()] == [
        "multipart/alternative", "text/plain", "text/html",
    ]  # fmt: skip
    assert email.message_from_bytes(build_mail(outgoing())).get_content_type() == "text/plain"


@pytest.mark.parametrize("length", [1, 480, 880])
def test_references_never_grow_over_1500_characters(length: int) -> None:
    chain = tuple(f"{number:03}{'x' * length}@example.org" for number in range(20))
    read = email.message_from_bytes(build_mail(outgoing(references=chain)), policy=policy.default)
    ids = read["References"].split()
    assert len(" ".join(ids)) <= 1500
    assert ids[-1] == f"<{chain[-1]}>"


@pytest.mark.parametrize("bad", ["a\r\nBcc: x@evil.example", "a\nb", "a\0b", "a\x7f"])
def test_no_value_starts_a_header_of_its_own(bad: str) -> None:
    for hostile in (
        outgoing(subject=bad),
        outgoing(to=(Address(bad, "a@example.org"),)),
        outgoing(to=(Address("", f"{bad}@example.org"),)),
        outgoing(files=(file(bad, b""),)),
    ):
        with pytest.raises(Problem, match="invalid"):
            build_mail(hostile)


def test_addresses_leave_in_ascii_or_are_refused() -> None:
    assert ascii_address("linh@bưuđiện.vn") == "linh@xn--buin-1ua66gr30m.vn"
    for bad in (
        "linh",
        "@example.org",
        "a b@example.org",
        "a@b@c",
        "đ@example.org",
        "a@-",
        "a@b..c",
    ):
        with pytest.raises(Problem, match="invalid"):
            ascii_address(bad)


@settings(max_examples=150, deadline=None)
@given(
    st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=120),
    st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=80),
    st.text(max_size=300),
)
def test_anything_without_control_characters_reads_back(subject: str, name: str, text: str) -> None:
    build_mail(outgoing(subject, text, to=(Address(name, "a@example.org"),)))


def test_mail_to_many_says_so_and_how_to_be_rid_of_it() -> None:
    ways = ("https://shop.example/out?who=1", "mailto:support@shop.example?subject=unsubscribe")
    read = email.message_from_bytes(build_mail(replace(outgoing(), unsubscribe=ways)))
    assert "".join(read["List-Unsubscribe"].split()) == ",".join(f"<{one}>" for one in ways)
    assert read["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert read["Precedence"] == "bulk"
    by_mail = email.message_from_bytes(build_mail(replace(outgoing(), unsubscribe=ways[1:])))
    assert by_mail["List-Unsubscribe-Post"] is None, "one click is for https alone"
    plain = email.message_from_bytes(build_mail(outgoing()))
    assert not {"List-Unsubscribe", "Precedence"} & set(plain.keys())


@pytest.mark.parametrize(
    "bad", ["http://shop.example/", "shop.example", "mailto:a@b>,<https://evil.example",
            "mailto:a@b\r\nBcc: evil@evil.example", "https://a b", ""],
)  # fmt: skip
def test_an_address_to_unsubscribe_that_is_none_is_refused(bad: str) -> None:
    with pytest.raises(Problem):
        build_mail(replace(outgoing(), unsubscribe=(bad,)))
