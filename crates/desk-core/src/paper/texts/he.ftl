# Papers for customers, in Hebrew. Every language says the same ids.

date = יום { $weekday }, { $day } ב{ $month } { $year }
weekday-1 = שני
weekday-2 = שלישי
weekday-3 = רביעי
weekday-4 = חמישי
weekday-5 = שישי
weekday-6 = שבת
weekday-7 = ראשון
month-1 = ינואר
month-2 = פברואר
month-3 = מרץ
month-4 = אפריל
month-5 = מאי
month-6 = יוני
month-7 = יולי
month-8 = אוגוסט
month-9 = ספטמבר
month-10 = אוקטובר
month-11 = נובמבר
month-12 = דצמבר

message-appointment = { $organization }: נקבע לך תור ל{ $date } בשעה { $time }.
message-appointment-day = { $organization }: נקבע לך תור ל{ $date }.
message-ticket-taken = { $organization }: מספר התור שלך הוא { $ticket }.
message-queued = { $organization }: מקומך בתור נשמר.
message-place = היכן: { $place }
message-service = עבור: { $service }
message-ticket = מספר תור: { $ticket }
message-meeting = קישור להצטרפות: { $url }
message-follow = מעקב אחר התור בטלפון: { $url }

slip-appointment = התור שלך
slip-queue = המקום שלך בתור
slip-ticket = מספר תור
slip-date = תאריך
slip-time = שעה
slip-time-range = { $from } עד { $until }
slip-zone = אזור זמן
slip-place = מקום
slip-service = שירות
slip-type = עבור
slip-customer = שם
slip-meeting = קישור להצטרפות
slip-position = מיקום בתור
slip-reference = אסמכתה
slip-bring = נא להביא דף זה.
slip-wait = נא להמתין עד לקריאת המספר.
slip-scan = סריקת הקוד מאפשרת לעקוב אחר התור בטלפון.

event-appointment = תור ב־{ $place }
event-for = { $service }, { $place }
