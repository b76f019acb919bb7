"""Pictures in canned texts: found, renamed, put in, and never made out of a customer's letters."""

import pytest

from deskapp.domain.canned import render
from deskapp.domain.canned_pictures import (
    brought,
    illustrated,
    parted,
    picture_mark,
    picture_name,
    pictures_named,
    renamed_pictures,
    told_plainly,
    with_gaps,
)
from deskapp.domain.ids import BlobHash
from deskapp.domain.replies import OutgoingFile
from deskapp.domain.rich_text import PICTURE, Picture, letters, write_html

FORM = OutgoingFile("mẫu đơn 1.png", "image/png", 3, BlobHash("0" * 64))
MAP = OutgoingFile("地圖.png", "image/png", 3, BlobHash("1" * 64))
TEXT = "Mẫu: ![form](mẫu đơn 1.png), 地圖 ![](地圖.png)\n![](地圖.png)"
BOTH = {file.filename: file for file in (FORM, MAP)}


def test_a_text_is_parted_into_letters_and_pictures_in_their_order() -> None:
    text, shown = parted(TEXT, BOTH)
    assert text == f"Mẫu: {PICTURE}, 地圖 {PICTURE}\n{PICTURE}"
    assert shown == (FORM, MAP, MAP)
    made = illustrated(text, [Picture(one.sha256[:4], one.filename) for one in shown])
    assert letters(made) == text
    assert write_html(made).count('src="cid:1111"') == 2
    assert pictures_named(TEXT) == (FORM.filename, MAP.filename)
    assert told_plainly(TEXT) == "Mẫu: [form], 地圖 [地圖.png]\n[地圖.png]"


def test_a_picture_without_its_file_leaves_a_mark() -> None:
    assert with_gaps(TEXT, {FORM.filename: FORM}).endswith("地圖 ⟦地圖.png⟧\n⟦地圖.png⟧")


def test_what_another_language_shows_stays_behind() -> None:
    hung = OutgoingFile("terms.pdf", "application/pdf", 3, BlobHash("2" * 64))
    texts = (f"a {picture_mark(FORM.filename)}", f"b {picture_mark(MAP.filename)}")
    assert brought((FORM, MAP, hung), texts, pictures_named(texts[1])) == (MAP, hung)


@pytest.mark.parametrize(
    ("given", "taken", "made"),
    [
        ("IMG (1), neu.png", (), "IMG 1 neu.png"),
        ("a.png", ("a.png", "a 2.png"), "a 3.png"),
        ("{{x}}.png", (), "x.png"),
        ("().png", (), "picture.png"),
    ],
)
def test_a_name_is_made_that_a_mark_can_hold(given: str, taken: tuple[str, ...], made: str) -> None:
    assert picture_name(given, taken) == made
    assert pictures_named(picture_mark(made)) == (made,)


def test_a_customers_letters_are_no_picture() -> None:
    filled = render("{{ customer.name }}", {"customer": {"name": "![x](mẫu đơn 1.png)"}})
    assert parted(filled.text, BOTH) == ("! [x](mẫu đơn 1.png)", ())


def test_links_and_other_markdown_are_just_letters() -> None:
    text = "[a](b.png) ! [a](b.png) ![a] (b.png)"
    assert pictures_named(text) == ()
    assert renamed_pictures(TEXT, str.upper).startswith("Mẫu: ![form](MẪU ĐƠN 1.PNG)")
