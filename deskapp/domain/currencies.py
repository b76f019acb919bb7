"""How many decimals a currency has (ISO 4217)."""

_WHOLE = frozenset(
    "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split()  # noqa: SIM905
)
_THREE = frozenset(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"))


def minor_places(currency: str) -> int:
    """Digits after the point in any case of ``currency``; two for one that is not known."""
    code = currency.strip().upper()
    return 0 if code in _WHOLE else 3 if code in _THREE else 2
