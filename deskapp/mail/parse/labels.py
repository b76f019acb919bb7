"""What a charset label means in real mail.

Labels name a family more often than a table: gb2312 is written by programs that mean GB18030,
iso-8859-1 by programs that mean windows-1252.
"""

import codecs
import re
from functools import lru_cache

from . import legacy_charsets

_MEANT = {
    "gb2312": "gb18030",
    "iso-gb2312": "gb18030",
    "gb_2312-80": "gb18030",
    "gb2312-80": "gb18030",
    "csgb2312": "gb18030",
    "chinese": "gb18030",
    "euc-cn": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
    "windows-936": "gb18030",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "x-big5": "big5hkscs",
    "cn-big5": "big5hkscs",
    "csbig5": "big5hkscs",
    "cp950": "big5hkscs",
    "windows-950": "big5hkscs",
    "ks_c_5601-1987": "cp949",
    "ks_c_5601": "cp949",
    "ksc5601": "cp949",
    "euc-kr": "cp949",
    "korean": "cp949",
    "x-windows-949": "cp949",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "ms_kanji": "cp932",
    "windows-31j": "cp932",
    "cp50220": "iso-2022-jp",
    "cp50221": "iso-2022-jp",
    "cp50222": "iso-2022-jp",
    "csiso2022jp": "iso-2022-jp",
    "iso-2022-jp-ms": "iso-2022-jp",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "iso_8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "windows-874": "cp874",
    "tis-620": "cp874",
    "iso-8859-8-i": "cp1255",
    "iso-8859-8": "cp1255",
    "koi8-r": "koi8-u",
    "koi8r": "koi8-u",
    "x-mac-cyrillic": "mac-cyrillic",
    "macintosh": "mac-roman",
    "x-mac-roman": "mac-roman",
    "cp-850": "cp850",
    "cp-1251": "cp1251",
    "win-1251": "cp1251",
    "unicode-1-1-utf-7": "utf-7",
    "unicode-1-1-utf-8": "utf-8",
    "utf8": "utf-8",
    "x-viet-tcvn": "tcvn",
    "tcvn-5712": "tcvn",
    "tcvn5712-1": "tcvn",
    "tcvn3": "tcvn",
    "csviscii": "viscii",
    "x-viet-viscii": "viscii",
}
_UNSTATED_NAMES = """
    us-ascii ascii ansi_x3.4-1968 unknown-8bit x-unknown unknown 8bit 7bit none default
    default_charset _autodetect_all utf-8
"""
_UNSTATED = frozenset(_UNSTATED_NAMES.split()) | {""}
_LABEL_END = re.compile(r"[;,\s*()]")


@lru_cache(maxsize=256)
def codec_for(label: str) -> str:
    """The Python codec a label means; "" where it states nothing that can be used."""
    name = _LABEL_END.split(label.strip(" \t\r\n\"'="), maxsplit=1)[0].lower()
    name = _MEANT.get(name, name)
    if name in _UNSTATED:
        return "utf-8" if name == "utf-8" else ""
    if name in legacy_charsets.NAMES:
        return name
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError):
        return ""
    return _MEANT.get(info.name, info.name) if _is_text_codec(info) else ""


def _is_text_codec(info: codecs.CodecInfo) -> bool:
    """Python also has "codecs" such as zip or rot13; a label must not reach those."""
    return getattr(info, "_is_text_encoding", True) and info.name not in (
        "idna",
        "punycode",
        "unicode_escape",
        "raw-unicode-escape",
        "unicode-escape",
        "raw_unicode_escape",
        "undefined",
        "mbcs",
        "oem",
    )
