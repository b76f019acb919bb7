"""Han text in the face of its script."""

import pytest
from PySide6.QtGui import QColor, QFont, QImage, QPainter

from deskapp.ui.fonts import Fonts, is_traditional


@pytest.mark.parametrize(
    ("tag", "traditional"),
    [("zh-TW", True), ("zh_HK", True), ("zh-Hant", True), ("zh-CN", False), ("zh", False)],
)
def test_the_script_is_told_from_the_language(tag: str, traditional: bool) -> None:
    assert is_traditional(tag) is traditional


def picture(font: QFont, text: str) -> QImage:
    image = QImage(80, 60, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.setFont(font)
    painter.drawText(10, 40, text)
    painter.end()
    return image


@pytest.mark.usefixtures("qapp")
def test_one_window_shows_both_chinese_scripts_in_their_own_faces() -> None:
    fonts = Fonts.of_system()
    if not (set(fonts.traditional) - set(fonts.simplified)):
        pytest.skip("no font of its own for each Chinese script is installed here")
    simplified = picture(fonts.text(40, language="zh-CN"), "骨，")
    traditional = picture(fonts.text(40, language="zh-TW"), "骨，")
    assert simplified != traditional
    assert simplified == picture(fonts.text(40, language="zh-CN"), "骨，")


@pytest.mark.usefixtures("qapp")
def test_figures_are_tabular() -> None:
    font = Fonts.of_system().text()
    assert font.isFeatureSet(QFont.Tag("tnum"))
