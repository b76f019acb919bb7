"""Mail out of files: what is a mail, where one ends and the next begins."""

from pathlib import Path

from deskapp.mail.mail_files import FoundMail, NotMail, read_mail_files

ONE = b"Subject: one\n\nFirst line.\n"
TWO = b"Subject: two\n\nSecond mail.\n"


def _raws(path: Path) -> list[bytes]:
    return [one.raw for one in read_mail_files(path) if isinstance(one, FoundMail)]


def _mbox(path: Path, *mails: bytes) -> Path:
    path.write_bytes(
        b"".join(b"From a@b Mon Nov  2 09:00:00 2026\n" + mail + b"\n" for mail in mails)
    )
    return path


def test_an_mbox_gives_its_mails_byte_for_byte(tmp_path: Path) -> None:
    assert _raws(_mbox(tmp_path / "a.mbox", ONE, TWO)) == [ONE, TWO]


def test_a_from_line_in_a_body_does_not_cut_the_mail(tmp_path: Path) -> None:
    body = b"Subject: one\n\nHello.\n\nFrom here on it is uphill.\nMore.\n"
    assert _raws(_mbox(tmp_path / "a.mbox", body, TWO)) == [body, TWO]


def test_quoted_from_lines_lose_one_sign(tmp_path: Path) -> None:
    stored = b"Subject: one\n\n>From me\n>>From you\n> From nobody\n"
    [raw] = _raws(_mbox(tmp_path / "a.mbox", stored))
    assert raw == b"Subject: one\n\nFrom me\n>From you\n> From nobody\n"


def test_an_mbox_with_crlf_and_without_a_last_empty_line(tmp_path: Path) -> None:
    path = tmp_path / "a.mbox"
    one, two = (mail.replace(b"\n", b"\r\n") for mail in (ONE, TWO))
    path.write_bytes(b"From x\r\n" + one + b"\r\nFrom y\r\n" + two)
    assert _raws(path) == [one, two]


def test_a_mail_in_an_mbox_that_is_none_is_named_by_its_number(tmp_path: Path) -> None:
    path = tmp_path / "a.mbox"
    path.write_bytes(b"From x\nno header at all\n\nFrom y\n" + TWO)
    first, second = read_mail_files(path)
    assert first == NotMail(f"{path}#1", "not_mail")
    assert isinstance(second, FoundMail)


def test_a_maildir_gives_cur_and_new_of_every_folder_and_leaves_tmp(tmp_path: Path) -> None:
    for folder in ("", ".Sent"):
        for part in ("cur", "new", "tmp"):
            (tmp_path / "box" / folder / part).mkdir(parents=True)
    (tmp_path / "box" / "cur" / "1:2,S").write_bytes(ONE)
    (tmp_path / "box" / "tmp" / "2").write_bytes(b"Subject: half")
    (tmp_path / "box" / ".Sent" / "new" / "3").write_bytes(TWO)
    (tmp_path / "box" / "dovecot-uidlist").write_bytes(b"3 V1 N2\n")
    assert sorted(_raws(tmp_path / "box")) == [ONE, TWO]


def test_a_folder_gives_its_mail_files_and_passes_others_over(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "a.eml").write_bytes(b"\xef\xbb\xbf\r\n" + ONE)
    (tmp_path / "notes.txt").write_text("Subject: not a mail file", "utf-8")
    _mbox(tmp_path / "Inbox", TWO)  # Thunderbird names its mboxes so
    assert sorted(_raws(tmp_path)) == [ONE, TWO]


def test_what_was_named_and_is_no_mail_is_said(tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    (tmp_path / "empty.eml").write_bytes(b"\r\n")
    assert list(read_mail_files(tmp_path / "photo.jpg")) == [
        NotMail(str(tmp_path / "photo.jpg"), "not_mail")
    ]
    [empty] = read_mail_files(tmp_path / "empty.eml")
    assert isinstance(empty, NotMail)
    assert empty.reason == "empty"
