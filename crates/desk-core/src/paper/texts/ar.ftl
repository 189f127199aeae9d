# Papers for customers, in Arabic. Every language says the same ids.

date = { $weekday } { $day }/{ $month }/{ $year }
weekday-1 = الاثنين
weekday-2 = الثلاثاء
weekday-3 = الأربعاء
weekday-4 = الخميس
weekday-5 = الجمعة
weekday-6 = السبت
weekday-7 = الأحد
month-1 = 1
month-2 = 2
month-3 = 3
month-4 = 4
month-5 = 5
month-6 = 6
month-7 = 7
month-8 = 8
month-9 = 9
month-10 = 10
month-11 = 11
month-12 = 12

message-appointment = { $organization }: موعدك يوم { $date } الساعة { $time }.
message-appointment-day = { $organization }: موعدك يوم { $date }.
message-ticket-taken = { $organization }: رقم تذكرتك هو { $ticket }.
message-queued = { $organization }: أنت الآن في قائمة الانتظار.
message-place = المكان: { $place }
message-service = الخدمة: { $service }
message-ticket = رقم التذكرة: { $ticket }
message-meeting = رابط الانضمام: { $url }
message-follow = تابع دورك على هاتفك: { $url }

slip-appointment = موعدك
slip-queue = مكانك في قائمة الانتظار
slip-ticket = رقم التذكرة
slip-date = التاريخ
slip-time = الساعة
slip-time-range = { $from } إلى { $until }
slip-zone = المنطقة الزمنية
slip-place = المكان
slip-service = الخدمة
slip-type = نوع الخدمة
slip-customer = الاسم
slip-meeting = رابط الانضمام
slip-position = ترتيبك في قائمة الانتظار
slip-reference = رقم المرجع
slip-bring = يرجى إحضار هذه القسيمة.
slip-wait = يرجى الانتظار حتى يُنادى هذا الرقم.
slip-scan = امسح الرمز لمتابعة دورك على هاتفك.

event-appointment = موعد في { $place }
event-for = { $service }، { $place }
