"""Names of strangers' files, made safe for every system: by the systems' own rules."""

import re
import unicodedata

import pytest

from deskapp.domain.dangerous_files import is_dangerous
from deskapp.domain.file_names import LONGEST, MOST_BYTES, saved_name

# What Windows forbids in a name (Microsoft, "Naming Files, Paths, and Namespaces").
_WINDOWS_FORBIDS = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)", re.I)


def faults(name: str) -> list[str]:
    """What each system would hold against a name; written from their rules, not from ours."""
    found = []
    if not name or name in (".", "..") or name.startswith("."):
        found.append("empty or hidden")
    if _WINDOWS_FORBIDS.search(name):
        found.append("a sign Windows forbids")
    if name.endswith((" ", ".")):
        found.append("an end Windows drops")
    if _DEVICES.match(name):
        found.append("a device of Windows")
    if len(name) > LONGEST + 1 or len(name.encode()) > MOST_BYTES + 1:
        found.append("too long")
    if any(unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Zl", "Zp") for sign in name):
        found.append("an invisible sign")
    if name.startswith("-"):
        found.append("an option of a command")
    if unicodedata.normalize("NFC", name) != name:
        found.append("two spellings on macOS")
    return found


def hostile_names() -> list[str]:
    """Over 500, from the shapes that have bitten mail programs."""
    endings = ["exe", "pdf", "tar.gz", "lnk", "html", "docm", ""]
    stems = [
        "../../x", "..\\..\\x", "/etc/x", "C:\\x", "\\\\host\\share\\x", "x\u202egpj",
        "con", "NUL", "com1", "Lpt9", "COM\u00b2", "aux ", "x::$DATA", "x:stream", ".htaccess",
        "\u200b.htaccess", "x\u200d", "x\ufeff", "x\u2800\u2800", "x\x00y", "x\r\ny", "x\u2028y",
        "-rf", "~", "~x", "x?", "x*", "x|y", 'x"y', "<script>", "a" * 400, "\u8ba2" * 300,
        "đơn hàng", "заказ", "訂單", "e\u0301", "\ud83d", "x ", "x.", "x . ", " x", "...", "",
        "x/", "x\\", "%2e%2e%2fx", "x;y", "$(x)", "`x`", "x&y", "desktop.ini", "x\u3164",
        "\u202ex", "x\u2066y", "x\u00ad", "CONIN$", "x" * 250, "😀" * 90, "\u1160x", "x\ty",
        "file:///x", "javascript:x", "\uff0e\uff0e\uff0fx", "nul.x", "con.tar", "x\u2215y",
        "x\u29f8y", "\u061cx", "\u180ex", "x\u0085", "\x7fx", "x\x1b[31m",
    ]  # fmt: skip
    return [f"{stem}.{ending}" if ending else stem for stem in stems for ending in endings]


def test_no_name_escapes_its_folder_or_confuses_a_system() -> None:
    names = hostile_names()
    assert len(names) >= 500
    bad = {name: (saved_name(name), faults(saved_name(name))) for name in names}
    assert {name: one for name, one in bad.items() if one[1]} == {}


def test_a_name_made_safe_stays_as_it_is() -> None:
    for name in hostile_names():
        once = saved_name(name)
        assert saved_name(once) == once, name


def test_a_dangerous_file_is_dangerous_under_the_name_it_is_saved_by() -> None:
    for name in hostile_names():
        if is_dangerous(saved_name(name), ""):
            assert is_dangerous(name, ""), name


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("con.txt", "_con.txt"),
        ("\x00\n", "file"),
        ("a" * 400 + ".pdf", "a" * 115 + ".pdf"),
        ("biên lai.pdf", "biên lai.pdf"),
        ("订单 2026.xlsx", "订单 2026.xlsx"),
    ],
)
def test_an_honest_name_keeps_its_words(given: str, safe: str) -> None:
    assert saved_name(given) == safe


_DANGEROUS_NAMES = """
    ade adp apk app appx asp aspx bas bat chm cmd com command cpl crt csh deb desktop diagcab dll
    dmg docm dotm exe gadget hlp hta htm html img inf ins iso isp jar js jse jnlp ksh library-ms
    lnk mad maf mag mam maq mar mas mat mau mav maw mcf mda mdb mde mdt mdw mdz mht mhtml msc msh
    msi msix msp mst msu ocx one osd pif pkg pl potm ppam ppsm pptm ps1 ps1xml ps2 psc1 psd1 psdm1
    py pyc pyw pyz reg rpm run scf scr sct search-ms settingcontent-ms sh shb shs sldm svg swf sys
    theme url vb vbe vbp vbs vhd vhdx vsmacros vsw webloc website wim ws wsc wsf wsh xbap xhtml
    xlam xll xlsm xltm xnk
"""
DANGEROUS = _DANGEROUS_NAMES.split()


def test_over_ninety_kinds_of_file_are_never_opened() -> None:
    assert len(DANGEROUS) > 90
    disguises = ("x.{}", "x.pdf.{}", "X.{} ", "x.{}.", "x\u202e.{}", "x.{}\u2800", "x.{}::$DATA")
    opened = [
        shape.format(kind)
        for kind in DANGEROUS
        for shape in disguises
        for kind in (kind, kind.upper())
        if not is_dangerous(shape.format(kind), "application/octet-stream")
    ]
    assert opened == []


def test_what_people_send_each_day_may_be_opened() -> None:
    for kind in ("pdf", "jpg", "png", "docx", "xlsx", "txt", "csv", "mp4", "heic", "zip", "eml"):
        assert not is_dangerous(f"file.{kind}", "application/octet-stream"), kind
