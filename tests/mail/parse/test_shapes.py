"""Invitations, packed and sealed mail, pictures in place: what a reader sees of each."""

import base64

import pytest

from deskapp.mail.parse import parse_mail, read_attachment

from . import seeds
from .letters import letter, multipart, part
from .seeds import ENGLISH

PICTURE = ("Content-Type: image/png", "Content-Disposition: inline; filename=a.png")


def test_an_invitation_is_told_in_words_below_the_text_and_kept_as_a_file():
    mail = parse_mail(seeds._invitation(ENGLISH))
    assert mail.text.startswith(ENGLISH[0])
    assert mail.text.endswith(
        "Invitation: Where is order 10234?\n"
        "When: 2026-11-24 14:00 – 15:00 (Asia/Ho_Chi_Minh)\n"
        "Where: receipt for November.pdf, 2\n"
        "Organizer: Harriet Oyelaran <c@mail.example>\n"
        "Who: Lotus <support@shop.example> (accepted)"
    )
    assert mail.reply_text.endswith("(accepted)")
    assert "Invitation: Where is order" in mail.html
    assert [file.content_type for file in mail.attachments] == ["text/calendar"]


@pytest.mark.parametrize(
    ("method", "heading"),
    [("CANCEL", "Cancelled"), ("REPLY", "Answer to the invitation"), ("PUBLISH", "Event")],
)
def test_a_mail_that_is_only_a_calendar_says_what_it_wants(method: str, heading: str):
    ics = seeds.calendar(ENGLISH, method)
    mail = parse_mail(letter(ics, "Content-Type: text/calendar; charset=utf-8"))
    assert mail.text.startswith(f"{heading}: Where is order 10234?\nWhen: 2026-11-24 14:00")


def test_a_whole_day_has_no_hours():
    ics = "BEGIN:VEVENT\nSUMMARY:Fair\nDTSTART;VALUE=DATE:20261124\nDTEND;VALUE=DATE:20261125\n"
    mail = parse_mail(letter(ics, "Content-Type: text/calendar"))
    assert mail.text == "Event: Fair\nWhen: 2026-11-24"


@pytest.mark.parametrize("language", [*seeds.LANGUAGES])
def test_the_text_and_the_file_of_a_winmail_dat_are_read(language: str):
    words = seeds.LANGUAGES[language][0]
    mail = parse_mail(seeds._winmail(words))
    assert mail.text == words[0]
    assert [file.filename for file in mail.attachments] == ["winmail.dat", words[3]]


def test_compressed_rich_text_is_read_by_its_window():
    from deskapp.mail.parse.rich_text import decompress, rich_text

    # literals, then a reference to "rtf1" in the window's first words
    plain = rb"{\rtf1\ansi Hello\par \u1055? \'e9 {\*\hidden no}{\fonttbl no}bye}"
    data = bytes(8) + b"LZFu" + bytes(4)
    for start in range(0, len(plain), 8):
        data += b"\x00" + plain[start : start + 8]
    assert decompress(data) == plain
    assert rich_text(plain) == "Hello\nП é bye"
    referring = bytes(8) + b"LZFu" + bytes(4) + b"\x01" + ((0 << 4) | 4).to_bytes(2, "big")
    assert decompress(referring) == rb"{\rtf1"


def test_the_text_of_a_signed_mail_is_shown_and_nothing_is_verified():
    mail = parse_mail(seeds._sealed(ENGLISH))
    assert mail.text == ENGLISH[0]


@pytest.mark.parametrize(
    ("kind", "word"),
    [("enveloped-data", "encrypted"), ("signed-data", "hides its text")],
)
def test_sealed_mail_that_cannot_be_opened_says_so_and_keeps_its_file(kind: str, word: str):
    head = f"Content-Type: application/pkcs7-mime; smime-type={kind}; name=smime.p7m"
    mail = parse_mail(letter(b"MIIB", head, "Content-Transfer-Encoding: base64"))
    assert word in mail.text
    assert [file.filename for file in mail.attachments] == ["smime.p7m"]


def test_a_pgp_mail_says_that_it_is_encrypted():
    assert "encrypted" in parse_mail(seeds._encrypted(ENGLISH)).text


def test_a_signed_mail_shows_its_text_and_no_note():
    assert parse_mail(seeds._signed(ENGLISH)).text == ENGLISH[0]


def test_a_file_written_into_the_text_leaves_it():
    raw = seeds._uuencoded(ENGLISH)
    mail = parse_mail(raw)
    assert mail.text == f"{ENGLISH[0]}\nbye"
    assert [file.filename for file in mail.attachments] == ["note.txt"]
    assert read_attachment(raw, mail.attachments[0].index)[1] == b"hello"


def test_words_that_only_begin_like_a_file_stay_text():
    body = "begin 644 the work\nplease, and then\nend of it"
    mail = parse_mail(letter(body))
    assert (mail.text, mail.attachments) == (body, ())


def test_pictures_between_texts_are_shown_in_their_places():
    raw = multipart("mixed", [part("before"), part("x", *PICTURE), part("after")])
    mail = parse_mail(raw)
    place = mail.attachments[0].content_id
    assert mail.html.index("before") < mail.html.index(f"cid:{place}") < mail.html.index("after")
    assert mail.attachments[0].inline
    assert mail.text == "before\n\nafter"


def test_a_picture_that_the_html_shows_itself_is_not_shown_twice():
    html = part('<p>see <img src="cid:a@b"></p>', "Content-Type: text/html")
    mail = parse_mail(multipart("mixed", [html, part("x", *PICTURE, "Content-ID: <a@b>")]))
    assert mail.html.count("<img") == 1


def test_a_picture_named_by_its_location_is_shown():
    mail = parse_mail(seeds._located(ENGLISH))
    assert f'src="cid:{mail.attachments[0].content_id}"' in mail.html
    assert mail.attachments[0].inline


def test_both_texts_of_a_misused_alternative_are_shown():
    mail = parse_mail(multipart("alternative", [part("one"), part("two"), part("one")]))
    assert mail.text == "one\n\ntwo"


def test_the_text_behind_a_picture_in_the_plain_form_is_not_lost():
    plain = multipart("mixed", [part("b"), part("x", *PICTURE), part("d")], boundary="in")
    inner = part(plain.split(b"\r\n\r\n", 1)[1], "Content-Type: multipart/mixed; boundary=in")
    html = part("<p>E</p>", "Content-Type: text/html")
    assert parse_mail(multipart("alternative", [inner, html])).text == "b\n\nd"


def test_words_that_claim_to_be_base64_are_shown_as_they_are():
    mail = parse_mail(letter("Hello, where is it?", "Content-Transfer-Encoding: base64"))
    assert mail.text == "Hello, where is it?"


def test_words_behind_base64_on_its_last_line_do_not_spoil_it():
    data = base64.b64encode("tốt lắm".encode()) + b" ignored\r\n"
    mail = parse_mail(letter(data, "Content-Transfer-Encoding: base64"))
    assert mail.text == "tốt lắm"


def test_a_last_boundary_without_its_line_break_is_no_text():
    body = "--edge\r\n\r\nhello--edge--"
    assert parse_mail(letter(body, "Content-Type: multipart/mixed; boundary=edge")).text == "hello"


def test_boundary_lines_of_a_mail_without_parts_are_no_text():
    body = "Just words\r\n--edge--\r\n"
    mail = parse_mail(letter(body, "Content-Type: multipart/mixed; boundary=edge"))
    assert mail.text == "Just words"


def test_a_mail_whose_parts_cannot_be_found_is_shown_whole():
    body = "--a--\r\nContent-Type: text/plain\r\n\r\nsomething to read\r\n"
    mail = parse_mail(letter(body, 'Content-Type: multipart/mixed; boundary="a"'))
    assert "something to read" in mail.text


def test_raw_names_and_subjects_are_read_as_the_text_is():
    body = "帳篷的拉鍊第二個晚上就壞了，我想換一個新的。".encode("big5")
    raw = letter(
        body,
        b"Subject: " + "帳篷".encode("big5"),
        "Content-Type: text/plain; charset=us-ascii",
        sender="x",
    ).replace(b"From: x", b"From: " + "陳".encode("big5") + b" <c@mail.example>")
    mail = parse_mail(raw)
    assert (mail.subject, mail.sender.name) == ("帳篷", "陳")


def test_parts_left_to_a_neighbour_by_a_lost_boundary_are_parts():
    body = (
        "--outer\r\nContent-Type: multipart/mixed; boundary=inner\r\n\r\n"
        "--inner\r\n\r\none\r\n"
        "--outer\r\n\r\ntwo\r\n"
        "--inner\r\nContent-Type: text/plain\r\n\r\nthree\r\n"
        "--inner\r\nContent-Type: image/png; name=a.png\r\n\r\nx\r\n--inner--\r\n"
    )
    mail = parse_mail(letter(body, "Content-Type: multipart/mixed; boundary=outer"))
    assert mail.text == "one\n\ntwo\n\nthree"
    assert [file.filename for file in mail.attachments] == ["a.png"]


def test_a_stray_boundary_line_is_nobodys_words():
    body = (
        "--ab\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n"
        "--ab\r\nContent-Type: text/plain\r\n\r\n--a\r\n"
    )
    mail = parse_mail(letter(body, "Content-Type: multipart/mixed; boundary=ab"))
    assert mail.text == ""


def test_a_boundary_that_ends_in_blanks_is_taken_exactly_where_it_stands_so():
    body = "--a  \r\n\r\none\r\n--a \r\ntwo\r\n--a  --\r\n"
    mail = parse_mail(letter(body, 'Content-Type: multipart/mixed; boundary="a  "'))
    assert mail.text == "one\n--a\ntwo"


def test_a_boundary_whose_blanks_were_lost_on_the_way_still_cuts():
    body = "--a\r\n\r\none\r\n--a\r\n\r\ntwo\r\n--a--\r\n"
    mail = parse_mail(letter(body, 'Content-Type: multipart/mixed; boundary="a  "'))
    assert mail.text == "one\n\ntwo"


def test_parts_behind_another_boundary_than_the_stated_one_are_read():
    body = "--x\r\nContent-Type: text/plain\r\n\r\nsomething to read\r\n"
    mail = parse_mail(letter(body, "Content-Type: multipart/mixed; boundary=lost"))
    assert mail.text == "something to read"


def test_an_inner_boundary_that_looks_like_the_last_outer_one_opens_its_own_part():
    body = (
        '--a\r\nContent-Type: multipart/mixed; boundary="a--"\r\n\r\n'
        "--a--\r\n\r\nhello\r\n--a----\r\n--a--\r\n"
    )
    mail = parse_mail(letter(body, 'Content-Type: multipart/mixed; boundary="a"'))
    assert mail.text == "hello"


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        ("the second half of my words\r\n", "the second half of my words\n\n"),
        ("QUJD\r\n" * 500, ""),
    ],
)
def test_a_piece_of_a_mail_shows_words_and_no_base64(content: str, shown: str):
    kind = "Content-Type: message/partial; id=x@example.org; number=2; total=3"
    note = "This is one piece of a mail that was sent in several (message/partial)."
    mail = parse_mail(letter(content, kind))
    assert mail.text == shown + note
    assert len(mail.attachments) == 1


def test_a_text_whose_only_line_looks_like_a_header_is_shown():
    assert parse_mail(b"Hey:)").text == "Hey:)"
