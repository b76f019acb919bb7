"""The words by which machines' mail is known, per language: subjects, senders, first lines."""

import re

DAEMON = re.compile(
    r"""(?:mailer-?daemon|post[-_]?master|mail-?daemon|mdaemon|mail\ delivery\ (?:sub)?system
    |mail\ administrator|double-?bounce|mmdf|microsoft\ outlook\ delivery|mail\ delivery\ service
    |(?:qq)?邮箱系统管理员|邮件系统管理员|系统管理员.{0,6}邮|почтовая\ служба|postmaster)""",
    re.IGNORECASE | re.VERBOSE,
)
ROBOT = re.compile(
    r"(?:no-?_?reply|do-?not-?reply|bounce|notification|system|robot|auto)\b|[\w.-]+-(?:admin|daemon)@",
    re.IGNORECASE,
)
"""Addresses that no person writes from: not enough by themselves."""

BOUNCE_SUBJECT = re.compile(
    r"""undeliver(?:able|ed)|returned\ (?:e?-?mail|to\ sender)|mail\ delivery\ fail
    |delivery\ (?:status\ notification|fail|error|report|has\ failed|problem|notification)
    |delivery\ (?:(?:is\ )?delayed|incomplete|temporarily\ suspended)|not\ delivered
    |message\ delivery\ (?:fail|has\ failed|warning)|could\ not\ (?:be\ )?deliver|failure\ notice
    |nondeliverable|non[-\ ]delivery|unzustellbar|unable\ to\ deliver|mail\ (?:system\ )?error
    |rejected:|warning:\ (?:message|could\ not)|mail\ could\ not\ be\ delivered|systems?\ bounce
    |投递失败|投遞失敗|退信|退回|無法傳遞|无法传递|無法送達|无法送达|未送达|未送達|未能传递|未能傳遞
    |发送失败|發送失敗|傳送失敗|недоставлен|не\ доставлен|не\ удал[оа]\w*\ доставить
    |не\ удаётся\ доставить|не\ удается\ доставить|сообщение\ не\ может\ быть\ доставлен
    |невручен|повернен\w+\ (?:лист|пошт)|не\ вдалося\ доставити
    |không\ (?:thể\ )?(?:gửi|chuyển|phát)\ (?:được|tới|đến|thư)|không\ gửi\ được|không\ thể\ gửi
    |(?:gửi|chuyển)\ thư\ (?:không\ thành\ công|thất\ bại)|thư\ (?:bị\ )?trả\ (?:lại|về)
    |配信不能|配信できません|送信できませんでした|メールエラー|반송|전송\ 실패|발송\ 실패
    |non\ remis|non\ délivré|échec\ de\ (?:la\ )?remise|no\ entregado|no\ se\ puede\ entregar
    |mensagem\ não\ entregue|falha\ na\ entrega|mancata\ consegna|impossibile\ recapitare
    |niedostarczon|nie\ można\ dostarczyć|niet\ afgeleverd|onbestelbaar|gick\ inte\ att\ leverera
    |kunne\ ikke\ leveres|nedoručiteln|kézbesíthetetlen|teslim\ edilemedi|gönderilemedi
    |tidak\ terkirim|gagal\ (?:dikirim|terkirim)""",
    re.IGNORECASE | re.VERBOSE,
)
BOUNCE_TEXT = re.compile(
    r"""(?:could|can)\ ?not\ be\ delivered|was\ not\ delivered|undeliverable
    |delivery\ (?:to\ .{1,80}\ )?fail|unable\ to\ deliver
    |mailbox\ is\ full|no\ such\ user|user\ unknown|unknown\ user
    |invalid\ (?:user|recipient|address)|送信できませんでした|無法(?:送達|傳遞)
    |无法(?:送达|投递|发送)
    |(?:投递|发送|投遞|發送)失败|退信|не\ (?:может|могло|удалось)\ .{0,30}доставлен
    |не\ удалось\ доставить
    |không\ (?:thể\ )?(?:gửi|chuyển|phát)\ (?:được|tới|đến)|thư\ .{0,40}bị\ trả\ lại""",
    re.IGNORECASE | re.VERBOSE,
)
OUT_OF_OFFICE = re.compile(
    r"""out[-\ ]of[-\ ](?:the[-\ ])?office|\booo\b|on\ (?:vacation|holiday|leave)|vacation|abwesen
    |\baway\ (?:until|till|from)|nicht\ im\ (?:büro|haus)|im\ urlaub|absen(?:ce|t)
    |fuera\ de\ (?:la\ )?oficina|fuori\ (?:sede|ufficio)|ausente|fora\ do\ escritório|afwezig
    |poza\ biurem|nieobecno|mimo\ kancelář|nepřítomn|frånvaro|fravær|poissa|ofis\ dışı|izinde
    |вне\ офиса|отсутств|в\ отпуске|відсутн|у\ відпустці|vắng\ mặt|(?:đang\ )?nghỉ\ (?:phép|lễ|mát)
    |không\ có\ mặt\ (?:ở|tại)\ văn\ phòng|ngoài\ văn\ phòng
    |外出|休假|不在办公室|不在辦公室|請假|请假|年假|出差|不在|부재\ 중|휴가|ไม่อยู่|ลาพักร้อน|cuti""",
    re.IGNORECASE | re.VERBOSE,
)
AWAY_TEXT = re.compile(
    r"""out\ of\ (?:the\ )?office
    |on\ (?:annual\ |maternity\ |parental\ |sick\ )?(?:vacation|leave|holiday)
    |\baway\ (?:until|till|from)|nicht\ im\ büro|im\ urlaub|bin\ .{0,30}abwesend|en\ congé
    |absente?\ du
    |je\ (?:suis|serai)\ absent|fuera\ de\ la\ oficina|de\ vacaciones|fuori\ ufficio|in\ ferie
    |fora\ do\ escritório|de\ férias|с\ отпуск|в\ отпуске|буду\ отсутствовать|нахожусь\ в\ отпуск
    |(?:đang|sẽ)\ (?:đi\ )?(?:nghỉ|vắng|công\ tác)|nghỉ\ phép|vắng\ mặt
    |正在休假|休假中|休假期间|休假期間|不在办公室|不在辦公室|外出中|出差中|請假中|请假中
    |不在にして|休暇(?:中|を)|夏季休業|휴가\ 중|부재\ 중|у\ відпустці
    |op\ vakantie|na\ urlopie|på\ semester""",
    re.IGNORECASE | re.VERBOSE,
)
AUTO_SUBJECT = re.compile(
    r"""\W*(?:auto(?:matic|mated|matische|matisk|maattinen)?[-\ :]?(?:reply|response|antwort|answer
        |responder|svar|vastaus)|auto:
    |out\ of\ (?:the\ )?office\s*(?::|auto|reply|message|re:)
    |automatische\ antwort|réponse\ automatique|respuesta\ automática|risposta\ automatica
    |resposta\ automática|automatisch\ antwoord|автоответ|автоматический\ ответ
    |автоматична\ відповідь
    |автовідповідь|自动回复|自動回覆|自動回信|自动答复|自動回應
    |(?:thư\ )?(?:trả\ lời|phản\ hồi|hồi\ âm)\ tự\ động|自動返信|自動応答|자동\ ?(?:회신|응답|답장)
    |automatyczna\ odpowied|autosvar|automatická\ odpověď|automatikus\ válasz|otomatik\ yanıt
    |răspuns\ automat|αυτόματη\ απάντηση|رد\ تلقائي|الرد\ التلقائي|תשובה\ אוטומטית|מענה\ אוטומטי
    |ตอบกลับอัตโนมัติ|(?:balasan|jawaban)\ otomatis)""",
    re.IGNORECASE | re.VERBOSE,
)
