# Papers for customers, in English. Every language says the same ids.

date = { $weekday } { $day } { $month } { $year }
weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December

message-appointment = { $organization }: your appointment is on { $date } at { $time }.
message-appointment-day = { $organization }: your appointment is on { $date }.
message-ticket-taken = { $organization }: your ticket is { $ticket }.
message-queued = { $organization }: you are in the queue.
message-place = Where: { $place }
message-service = For: { $service }
message-ticket = Ticket: { $ticket }
message-meeting = Join here: { $url }
message-follow = Your ticket on your phone: { $url }

slip-appointment = Your appointment
slip-queue = Your place in the queue
slip-ticket = Ticket
slip-date = Date
slip-time = Time
slip-time-range = { $from } to { $until }
slip-zone = Time zone
slip-place = Place
slip-service = Service
slip-type = For
slip-customer = Name
slip-meeting = Join here
slip-position = People in line up to you
slip-reference = Reference
slip-bring = Please bring this slip along.
slip-wait = Please wait until this number is called.
slip-scan = Scan to follow your place in the queue on your phone.

event-appointment = Appointment at { $place }
event-for = { $service } at { $place }
