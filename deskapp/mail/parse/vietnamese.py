"""Whether text is made of Vietnamese syllables.

Three charsets carry Vietnamese and each turns Western text, Chinese, or text of the other two into
letters of the right alphabet. Only the shape of a syllable tells them apart: an opening of a few
consonants and one of some hundred and fifty rhymes with at most one tone.
"""

import re
import unicodedata

_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))
_WORD = re.compile(r"[^\W\d_]+")
_OPENINGS = r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnprstvx])?"
_RHYMES = """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu i ia ich im in inh ip it iu
    iêc iêm iên iêng iêp iêt iêu o oa oac oach oai oam oan oang oanh oao oap oat oay
    oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong op ot ô ôc ôi ôm ôn ông ôp ôt
    ơ ơi ơm ơn ơp ơt u ua uân uât uây uc uê uêch uênh ui um un ung uôc uôi uôm uôn uông uôt
    up ut uy uya uych uyên uyêt uynh uyt uyu uơ ư ưa ưc ưi ưn ưng ưt ưu
    ươc ươi ươm ươn ương ươp ươt ươu y ych yêm yên yêng yêt yêu ynh yt
"""
_SYLLABLE = re.compile(f"(?!gii){_OPENINGS}(?:{'|'.join(_RHYMES.split())})\\Z")
_MOST_WORDS = 200
_LEAST_MARKED = 2
_LEAST_SHARE = 0.78
_MOST_MARKED = 0.75  # of the letters; other scripts read as Vietnamese have hardly a plain one


def vietnamese_share(text: str) -> float:
    """The share of the words with marks that are syllables; 0.0 where too few words have marks."""
    words = _WORD.findall(text)[:_MOST_WORDS]
    # one letter alone is a sign of another charset as often as a word
    marked = [word for word in words if len(word) > 1 and not word.isascii()]
    if len(marked) < _LEAST_MARKED or len(marked) * 4 < len(words):
        return 0.0
    high = [letter for letter in text if letter > "\x7f"]
    signs = len(high) - sum(map(str.isalpha, high))
    if signs * 5 > len(high) or len(high) > _MOST_MARKED * sum(map(len, words)):
        return 0.0
    marks = {letter.lower() for word in marked for letter in word if letter > "\x7f"}
    if len(marked) > 2 and len(marks) < 2:
        return 0.0  # "må gå på": no Vietnamese writes one mark only
    share = sum(map(_is_syllable, marked)) / len(marked)
    return share if share >= _LEAST_SHARE else 0.0


def _is_syllable(word: str) -> bool:
    if not (word.islower() or word.isupper() or word.istitle()):
        return False
    apart = unicodedata.normalize("NFD", word.lower())
    bare = apart.translate(_TONES)
    if len(apart) - len(bare) > 1:
        return False
    return bool(_SYLLABLE.match(unicodedata.normalize("NFC", bare)))
