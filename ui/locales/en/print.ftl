# The print view, and what a customer gets to take along. The words on slips and in messages are the core's, because they
# are in the customer's language.

print-day-sheet = Day sheet
print-slip-title = Slip
print-print = Print
print-close = Close
print-preview = What will be printed
print-pdf-hint = To save a PDF, choose it as the printer.
print-calendars = Calendars: { $chosen } of { $all }
print-calendars-choose = Calendars to print
print-calendar-choice = { $service }, { $calendar }, { $agent } ({ $count })
print-none-chosen = No calendar is chosen. Choose at least one to print.
print-language = Language of the customer

print-as-of = As of { $date } { $time }, { $zone } time
print-zone-here = this computer’s
print-hours = Open { $hours }
print-booked =
    { $count ->
        [one] 1 appointment
       *[other] { $count } appointments
    }
print-page = Page { $page } of { $pages }
print-time = Time
print-ticket = Ticket
print-customer = Customer
print-type = Type
print-phone = Phone
print-channel = Channel
print-marks = Note
print-none = No appointments.
print-unread = The appointments of this calendar could not be read. This sheet is not complete.
print-services-unread = Not on these sheets, because it could not be read: { $services }
print-no-phone = No phone number listed
print-phones-unlisted = Cubu’s list has no phone numbers for these appointments.
print-phones-add = Add phone numbers
print-phones-reading = Reading customers: { $read } of { $of }
print-phones-stop = Stop
print-phones-of-records =
    { $without ->
        [0] Phone numbers are those of the customers’ records.
        [one] Phone numbers are those of the customers’ records. One appointment is without.
       *[other] Phone numbers are those of the customers’ records. { $without } appointments are without.
    }
print-no-email = No email address listed

print-for-customer = For the customer
print-slip = Print slip
print-calendar-file = Save calendar file
print-calendar-saved = Saved the calendar file.
print-no-calendar-file = There is no calendar file.
print-message = Text to send
print-message-copy = Copy text
print-message-copied = Copied

print-shortcuts = Printing
print-shortcut-print = Print what is shown
print-shortcut-day-sheet = Day sheet of the board
print-shortcut-slip = Slip of the appointment
