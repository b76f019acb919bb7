"""File types that a customer's mail may carry but nobody should open by a click.

The list follows what Outlook, Gmail and Windows' own attachment services block, plus what macOS
and Linux run. Names are judged after normalising: what the system will see decides, not what a
bidirectional mark or a row of spaces makes people see.
"""

import unicodedata

from .file_names import saved_name

_ENDINGS = frozenset(
    {
        *("ade", "adp", "apk", "app", "appimage", "appx", "application", "asp", "aspx", "bas"),
        *("bat", "cer", "chm", "cmd", "cnt", "com", "command", "cpl", "crt", "csh", "deb", "der"),
        *("desktop", "diagcab", "dll", "dmg", "dylib", "elf", "exe", "fxp", "gadget", "grp"),
        *("hlp", "hpj", "hta", "htm", "html", "img", "inf", "ins", "iso", "isp", "its", "jar"),
        *("jnlp", "js", "jse", "ksh", "lib", "lnk", "mad", "maf", "mag", "mam", "maq", "mar"),
        *("mas", "mat", "mau", "mav", "maw", "mcf", "mda", "mdb", "mde", "mdt", "mdw", "mdz"),
        *("mht", "mhtml", "msc", "msh", "msi", "msix", "msp", "mst", "msu", "nsh", "ocx", "ops"),
        *("osd", "paf", "php", "pif", "pkg", "pl", "plg", "prf", "prg", "printerexport", "ps1"),
        *("ps1xml", "ps2", "psc1", "psd1", "psdm1", "pst", "py", "pyc", "pyo", "pyw", "pyz"),
        *("reg", "rpm", "run", "scf", "scr", "sct", "settingcontent-ms", "sh", "shb", "shs"),
        *("so", "svg", "swf", "sys", "theme", "tmp", "udl", "url", "vb", "vbe", "vbp", "vbs"),
        *("vhd", "vhdx", "vsmacros", "vsw", "webloc", "website", "wim", "ws", "wsc", "wsf"),
        *("wsh", "xbap", "xhtml", "xll", "xnk", "docm", "dotm", "xlsm", "xltm", "xlam", "pptm"),
        *("potm", "ppam", "ppsm", "sldm", "one", "onepkg", "xht", "library-ms", "search-ms"),
    }
)
_TYPES = frozenset(
    {
        "application/x-msdownload",
        "application/x-msdos-program",
        "application/x-dosexec",
        "application/x-sh",
        "application/x-executable",
        "application/javascript",
        "text/javascript",
        "application/hta",
        "application/java-archive",
        "application/vnd.microsoft.portable-executable",
    }
)


def is_dangerous(filename: str, content_type: str) -> bool:
    """Whether a file of this name or type must not be opened with the system: by the name its
    writer gave it, and by the one it is saved under."""
    names = (filename, saved_name(filename))
    return any(ending(name) in _ENDINGS for name in names) or content_type.lower() in _TYPES


def ending(filename: str) -> str:
    """The ending the system will go by, in lower case, without invisible marks or trailing dots."""
    seen = "".join(
        letter
        for letter in unicodedata.normalize("NFKC", filename)
        if unicodedata.category(letter) not in ("Cf", "Cc", "Cs", "Co")
    )
    bare = seen.rstrip(" .\u00a0\u2800\u3164").lower()
    # NTFS: "x.exe::$DATA" is x.exe
    bare = bare.split(":", 1)[0] if "::" in bare else bare
    return bare.rsplit(".", 1)[-1].strip() if "." in bare else ""
