"""Replies as the HTML of big mail programs has them, written by us after their habits.

Each says ``ANSWER`` in its own part of the mail and ``OLD`` in the quoted one.
"""

ANSWER = "Mình lấy màu xanh, 藍色, синий."
OLD = "Which colour would you like?"
_SHOP = 'Lotus &lt;<a href="mailto:support@lotus.example">support@lotus.example</a>&gt;'

CLIENTS = {
    "gmail": f"""<div dir="ltr">{ANSWER}</div><br><div class="gmail_quote gmail_quote_container">
        <div dir="ltr" class="gmail_attr">Vào Th 3, 6 thg 10, 2026 vào lúc 09:12 {_SHOP} đã
        viết:<br></div><blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;
        border-left:1px solid rgb(204,204,204);padding-left:1ex"><div dir="ltr">{OLD}</div>
        </blockquote></div>""",
    "gmail, old, wrapped in gmail_extra": f"""<div dir="ltr">{ANSWER}</div><div
        class="gmail_extra"><br><div class="gmail_quote">2026-10-06 9:12 GMT+07:00 {_SHOP}:<br>
        <blockquote class="gmail_quote">{OLD}</blockquote></div><br></div>""",
    "apple, iphone": f"""<html><head></head><body dir="auto">{ANSWER}<br id="lineBreakAtBeginning">
        <br><div dir="ltr">Gửi từ iPhone của tôi</div><div dir="ltr"><br><blockquote type="cite">
        Vào 6 thg 10, 2026, lúc 09:12, {_SHOP} đã viết:<br><br></blockquote></div><blockquote
        type="cite"><div dir="ltr">﻿<div>{OLD}</div></div></blockquote></body></html>""",
    "apple, mac": f"""<html><body>{ANSWER}<br><div><br><blockquote type="cite"><div>2026年10月6日
        09:12，{_SHOP} 写道：</div><br class="Apple-interchange-newline"><div><div>{OLD}</div>
        </div></blockquote></div><br></body></html>""",
    "outlook web": f"""<div class="elementToProof" style="font-family:Calibri">{ANSWER}</div>
        <div id="appendonsend"></div><hr style="display:inline-block;width:98%" tabindex="-1">
        <div id="divRplyFwdMsg" dir="ltr"><font face="Calibri" color="#000000"><b>寄件者:</b>
        {_SHOP}<br><b>寄件日期:</b> 2026年10月6日 上午 09:12<br><b>收件者:</b> A<br><b>主旨:</b> B
        </font><div>&nbsp;</div></div><div>{OLD}</div>""",
    "outlook for windows": f"""<div class="WordSection1"><p class="MsoNormal">{ANSWER}<o:p></o:p>
        </p><p class="MsoNormal">&nbsp;</p><div><div style="border:none;border-top:solid #E1E1E1
        1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal"><b><span lang="RU">От:</span></b>
        {_SHOP} <br><b>Отправлено:</b> 6 октября 2026 г. 9:12<br><b>Кому:</b> A<br><b>Тема:</b> B
        </p></div></div><p class="MsoNormal">&nbsp;</p><p class="MsoNormal">{OLD}</p></div>""",
    "outlook for ios": f"""<div dir="auto">{ANSWER}</div><div id="ms-outlook-mobile-signature">
        <div><br></div>获取 <a href="https://aka.ms/o0ukef">Outlook for iOS</a></div><hr
        style="display:inline-block;width:98%"><div id="divRplyFwdMsg"><font><b>发件人:</b>
        {_SHOP}<br><b>发送时间:</b> 2026年10月6日<br><b>收件人:</b> A<br><b>主题:</b> B</font>
        </div><div>{OLD}</div>""",
    "outlook express style": f"""<div>{ANSWER}</div><div class="OutlookMessageHeader"
        dir="ltr" align="left"><hr tabindex="-1"><font face="Tahoma" size="2"><b>From:</b>
        {_SHOP}<br><b>Sent:</b> 6.10.2026 9:12<br><b>To:</b> A<br><b>Subject:</b> B<br></font>
        <br></div><div>{OLD}</div>""",
    "yahoo web": f"""<div class="ydp1"><div dir="ltr">{ANSWER}</div><div><br></div></div><div
        id="ydp2yahoo_quoted_1234567890" class="ydp2yahoo_quoted"><div><div> Vào Thứ ba, 6 tháng
        10, 2026 lúc 09:12:00 GMT+7, {_SHOP} đã viết: </div><div><br></div><div>{OLD}</div>
        </div></div>""",
    "yahoo android": f"""{ANSWER}<br><br><p class="yahoo-signature"><a>Sent from Yahoo Mail on
        Android</a></p> <br> <blockquote style="margin: 0 0 20px 0;"> <div style="color:#666">
        <div>On Tue, Oct 6, 2026 at 9:12 AM, Lotus</div><div>&lt;support@lotus.example&gt; wrote:
        </div></div><div style="padding:10px 0 0 20px">{OLD}</div></blockquote>""",
    "proton": f"""<div style="font-family:Arial">{ANSWER}</div><div
        class="protonmail_signature_block"><div>Sent with <a>Proton Mail</a> secure email.</div>
        </div><div class="protonmail_quote"> On Tuesday, October 6th, 2026 at 9:12 AM, {_SHOP}
        wrote:<br><br><blockquote class="protonmail_quote" type="cite">{OLD}</blockquote></div>""",
    "thunderbird": f"""<body>{ANSWER}<br><br><div class="moz-cite-prefix">06.10.2026 9:12, Lotus
        пишет:<br></div><blockquote type="cite" cite="mid:1@lotus.example">{OLD}</blockquote>
        </body>""",
    "qq": f"""<div>{ANSWER}</div><div><br></div><div>发自我的iPhone</div><div><div><br></div>
        <div style="font-size:12px;font-family:Arial Narrow;padding:2px 0 2px 0;">
        ------------------&nbsp;原始邮件&nbsp;------------------</div><div style="font-size:
        12px;background:#efefef;padding:8px;"><div><b>发件人:</b>&nbsp;"Lotus"&lt;
        support@lotus.example&gt;;</div><div><b>发送时间:</b>&nbsp;2026年10月6日</div><div>
        <b>收件人:</b>&nbsp;A</div><div><b>主题:</b>&nbsp;B</div></div><div>{OLD}</div></div>""",
    "netease web": f"""<div style="line-height:1.7">{ANSWER}</div><br><br><br><div
        style="position:relative;zoom:1"></div><div id="divNeteaseMailCard"></div><br>
        <div>在 2026-10-06 09:12:00，"Lotus" &lt;support@lotus.example&gt; 写道：</div>
        <blockquote id="isReplyContent" style="PADDING-LEFT: 1ex;BORDER-LEFT: #ccc 1px solid">
        {OLD}</blockquote>""",
    "netease phone": f"""<div>{ANSWER}</div><div class="ntes-mailmaster-quote"
        style="padding-top:1px"><div style="padding-top:50px;font-size:14px">---- 回复的原邮件
        ----</div><table><tr><td>发件人</td><td>Lotus&lt;support@lotus.example&gt;</td></tr>
        <tr><td>日期</td><td>2026年10月06日 09:12</td></tr><tr><td>收件人</td><td>A</td></tr>
        <tr><td>主题</td><td>B</td></tr></table><div>{OLD}</div></div>""",
    "foxmail": f"""<div>{ANSWER}</div><div>&nbsp;</div><div style="border:none;border-top:solid
        #B5C4DF 1.0pt;padding:3.0pt 0cm 0cm 0cm"><div style="font-size:12px"><div><b>发件人：
        </b>&nbsp;<a>Lotus</a></div><div><b>发送时间：</b>&nbsp;2026-10-06&nbsp;09:12</div><div>
        <b>收件人：</b>&nbsp;A</div><div><b>主题：</b>&nbsp;B</div></div></div><div>{OLD}</div>""",
    "mail.ru web": f"""<div>{ANSWER}</div><div data-signature-widget="container"><div>--<br>
        Иван</div></div><div>&nbsp;</div><div class="mail-quote-collapse"><blockquote
        style="border-left:1px solid #0857A6;margin:10px;padding:0 0 0 10px;">Вторник, 6 октября
        2026, 9:12 +03:00 от {_SHOP}:<br>&nbsp;<div id="">{OLD}</div></blockquote></div>""",
    "yandex web": f"""<div>{ANSWER}</div><div>&nbsp;</div><div>06.10.2026, 09:12, "Lotus"
        &lt;support@lotus.example&gt;:</div><blockquote><div>{OLD}</div></blockquote>""",
    "samsung": f"""<div dir="auto">{ANSWER}</div><div dir="auto"><br></div><div
        id="composer_signature" dir="auto">Được gửi từ thiết bị Galaxy của tôi</div><div><br>
        </div><div align="left" dir="auto" style="font-size:100%;color:#000000"><div>--------
        Tin nhắn gốc --------</div><div>Từ: {_SHOP} </div><div>Ngày: 06/10/2026 09:12
        (GMT+07:00) </div><div>Tới: A </div><div>Chủ đề: B </div><div><br></div></div>
        <div>{OLD}</div>""",
    "zoho": f"""<div style="font-family:Verdana">{ANSWER}<div class="zmail_extra"
        style="font-family:Verdana"><br><div id="Zm-_Id_-Sgn1">---- On Tue, 06 Oct 2026 09:12:00
        +0700 <b>Lotus &lt;support@lotus.example&gt;</b> wrote ---<br></div><br><blockquote
        style="border-left:1px solid #cccccc">{OLD}</blockquote></div></div>""",
}
