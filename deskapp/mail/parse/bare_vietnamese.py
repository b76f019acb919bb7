"""Vietnamese typed without its marks, as people do on old telephones: "don hang cua toi dau".

No model knows it. Its words are single syllables of few shapes, and a few of them are in every
sentence; other languages have words of such shapes, but not whole sentences of them.
"""

import re

_LEAST_WORDS = 3
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnprstvx])?"
    r"(?:uye|uya|uyu|uoi|uou|ieu|yeu|oai|oay|oao|oeo|uao|uay|[aeiouy]{1,2})"
    r"(?:ch|ng|nh|[cmnpt])?"
)
_TAKEN_IN_WORDS = """
    shop ship size sale order inbox web app mail email code voucher vat ok oke sdt ko k dc vs bn
    add ad ib stk momo zalo facebook fb cod
"""
_EVERYDAY_WORDS = """
    cua toi minh hang khong nhan duoc giao nhe vay chua muon doi hoan tien bao nhieu gio lai hoi
    xin em anh chi shop oi cam lam sao loi hong dat nham mau gui giup kiem tra dia tra don ve cho
    roi phi sanpham san pham chuyen khoan ma nao nay kia the nua thi cung nhung voi qua lau mua
    khach huy sua mat tim thay goi dien thoai noi tu van con het ngay tuan thang bi dang da se hoa
"""
_TAKEN_IN = frozenset(_TAKEN_IN_WORDS.split())
_EVERYDAY = frozenset(_EVERYDAY_WORDS.split())


def is_bare_vietnamese(sample: str) -> bool:
    """Whether words without marks are Vietnamese ones."""
    words = [word for word in sample.lower().split() if word not in _TAKEN_IN or word == "shop"]
    if len(words) < _LEAST_WORDS:
        return False
    shaped = sum(_SYLLABLE.fullmatch(word) is not None or word == "shop" for word in words)
    everyday = sum(word in _EVERYDAY for word in words)
    return shaped >= len(words) * 0.85 and everyday >= max(2, len(words) * 0.4)
