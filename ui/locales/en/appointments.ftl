# The Appointments panel: the board of a day, booking, details, cancelling.

appointments-service = Service
appointments-type = Service type
appointments-type-duration = { $name } ({ $minutes } min)
appointments-date = Date
appointments-today = Today
appointments-day-back = Day before
appointments-day-forward = Day after
appointments-free-only = Free only
appointments-free-only-none = No calendar has a free time for this type on this day. Try another day, or show the bookings again.
appointments-refresh = Refresh
appointments-refresh-title = Read again (F5)
appointments-reading = Reading…
appointments-age = read { $age }
appointments-counts = { $free } free, { $booked } booked
appointments-summary = { $date }: { $free } free, { $booked } booked
appointments-zone = { $zone } time
appointments-zone-note = All times are in the unit’s time zone, { $zone }, not in this computer’s

appointments-clock-skipped = The clocks go forward that day: { $from } to { $to } does not exist.
appointments-clock-skipped-note = A time in between is sent to Cubu as you choose it.
appointments-clock-twice = The clocks go back that day: { $from } to { $to } comes twice.
appointments-clock-twice-note = A time in between is sent to Cubu as you choose it; which of the two it means is not documented.

appointments-board = Day board
appointments-board-of = Day board, { $date }. Arrow keys move, Enter opens.
appointments-agenda-of = Day by calendar, { $date }. Arrow keys move, Enter opens.
appointments-agenda-unfold = Show { $count } times and bookings
appointments-services-choose = Show several services
appointments-services-count = { $count } services
appointments-services-shown = Services on the board
appointments-services-title = Services side by side
appointments-services-narrow = Find a service
appointments-services-none = No service matches “{ $typed }”.
appointments-services-most = No more than { $count } services at once.
appointments-type-of = Service type of { $service }
appointments-unread = Not read
appointments-read-again = Read again
appointments-day-past = This day is over. Nothing can be booked on it any more.
appointments-day-outsideWindow = This day is not open for booking yet.
appointments-changes =
    { $count ->
        [one] 1 change in { $calendar } since you looked
       *[other] { $count } changes in { $calendar } since you looked
    }
appointments-changes-title = Changed since you looked
appointments-changes-seen = I have seen these
appointments-change-new = New: { $time } { $customer }
appointments-change-cancelled = Cancelled: { $time } { $customer }
appointments-change-moved = Moved: { $time } { $customer }, was { $from }, { $calendar }
appointments-calendar = Calendar { $number }
appointments-calendar-agent = { $calendar }, { $agent }
appointments-no-agent = No agent assigned
appointments-share-booked = { $share } booked
appointments-requires-customer = customer
appointments-requires-phone = phone number
appointments-requires-email = email address

appointments-condition-open =
    { $count ->
        [one] 1 free
       *[other] { $count } free
    }
appointments-condition-past = Day is over
appointments-condition-closed = Closed
appointments-condition-outside-window = Not open for booking yet
appointments-condition-booking-off = Booking is off
appointments-condition-full = Fully booked
appointments-condition-none-of-type = None free
appointments-condition-no-type = Choose a type to see free times
appointments-condition-unread = Free times not read
appointments-bookings-unread = Bookings not read

appointments-minutes =
    { $minutes ->
        [one] 1 minute
       *[other] { $minutes } minutes
    }
appointments-slot-name = Free, { $date } { $time }, { $duration }, { $calendar }
appointments-slot-with-draft = { $slot }, with a draft
appointments-booking-name = Booked, { $date } { $time }, { $customer }
appointments-customer-unnamed = Customer without a name
appointments-no-customer = No customer
appointments-no-show = { $share } no-show risk
appointments-overbooked = Overbooked
appointments-lacks-customer = Customer missing

appointments-channel-face-to-face = Face to face
appointments-channel-video = Video
appointments-channel-phone = Phone
appointments-status-planned = Planned
appointments-status-waiting = Waiting
appointments-status-pending = Pending
appointments-status-active = Being served
appointments-status-resolved = Resolved

appointments-no-services = No service to book yet
appointments-no-services-text = Cubu does not list its services to other programs, so this desk keeps a catalogue of them. Add your services there by their ids; an administrator can also hand you a profile file with the catalogue in it.
appointments-open-catalogue = Open the catalogue
appointments-no-types = No service type is known for this service.
appointments-no-types-text = Bookings are shown, free times are not. Types are learnt from bookings, or added to the catalogue.
appointments-no-calendars = No calendars on this day
appointments-no-calendars-text = The service is closed, or the plan for this day has not been opened in Cubu.
appointments-down = Cubu can’t be reached. This is the day as of { $time }.
appointments-down-unread = Cubu can’t be reached, and this PC has not kept this day.
appointments-down-text = Nothing can be booked, moved or cancelled until it answers. What you type is kept.
appointments-down-act = Cubu can’t be reached. Nothing can be changed until it answers; what you typed is kept.
appointments-kept-days = Days kept on this PC
appointments-kept-day = { $date }, { $service }, as of { $time }
appointments-kept-none = No day is kept on this PC yet.
appointments-new = New
appointments-drafts =
    { $count ->
        [one] 1 draft
       *[other] { $count } drafts
    }
appointments-drafts-text = Begun and not booked. Press one to go on with it.
appointments-draft-at = { $date } { $time }
appointments-draft-no-time = No time chosen
appointments-draft-for = { $when }, { $who }

appointments-close-beside = Close
appointments-close-keeping = Close; what you typed stays with this time
appointments-aside-booking = New appointment
appointments-aside-details = Details

appointments-book-title = Book { $time }
appointments-book = Book { $time }
appointments-booking = Booking…
appointments-booked = Booked { $date } { $time }.
appointments-booked-ticket = Booked { $date } { $time }, ticket { $ticket }.
appointments-discard = Discard
appointments-time = Time
appointments-type-booked = Type to book
appointments-type-in = { $type }, { $service }
appointments-other-time = Another time
appointments-choose-time = Press a free time on the board, or one of the earliest:
appointments-time-missing = Choose a time first: a free one on the board, or one of the earliest.
appointments-lost-time = { $time } is not free for { $type }.
appointments-earliest = { $date } { $time }, { $calendar }
appointments-take-earliest = Take the earliest
appointments-needs = This calendar needs: { $what }.
appointments-needs-nothing = This calendar needs nothing but the time.
appointments-needs-unread = What this calendar needs could not be read, so nothing was sent. Read it again, then book.
appointments-see-to-it = The booking that is open did not go through. See to it first, then ask again.
appointments-needs-customer = This calendar needs a customer. Find one first.
appointments-needs-phone = This calendar needs a phone number.
appointments-needs-email = This calendar needs an email address.
appointments-customer = Customer
appointments-customer-optional = You can also book without a customer.
appointments-find = Find
appointments-by-record-id = Record id
appointments-change-customer = Change
appointments-customer-not-found = No customer with “{ $value }”
appointments-customer-not-found-text = Cubu finds exact matches only. Check the spelling, try another field, or create the customer; this booking waits here.
appointments-open-customers = Open Customers
appointments-same-day = This customer is already booked on this day
appointments-same-day-at = { $time }, { $calendar }
appointments-same-day-known =
    { $count ->
        [one] Looked for in 1 calendar of { $services }.
       *[other] Looked for in { $count } calendars of { $services }.
    }
appointments-same-day-none =
    { $count ->
        [one] No other appointment on this day in 1 calendar of { $services }.
       *[other] No other appointment on this day in { $count } calendars of { $services }.
    }
appointments-same-day-unread =
    { $count ->
        [one] 1 calendar is not read.
       *[other] { $count } calendars are not read.
    }
appointments-phone = Phone number
appointments-email = Email address
appointments-channel = Channel
appointments-language = Language
appointments-language-default = The usual one
appointments-prevent-check-in = Don’t let the customer check in at a kiosk

appointments-case-both = Case fields and tags
appointments-case-fields = Case fields
appointments-case-tags = Case tags
appointments-case-filled = { $count } filled in

appointments-outside-title = Book outside the free times
appointments-outside-text = Skips Cubu’s check that the time is free, so two people can end up at the same time. Working hours still hold.
appointments-outside-switch = Book even though the time is not free
appointments-outside-time = Start time
appointments-outside-time-hint = Such as 09:20
appointments-outside-time-wrong = Type a time such as 09:20.
appointments-outside-word = overbook
appointments-outside-confirm = To confirm, type “{ $word }”
appointments-outside-unconfirmed = Type “{ $word }” to confirm, or switch this off.

appointments-taken = { $time } is no longer free
appointments-taken-others = Nothing was booked. What you typed is still here; these times are free:
appointments-taken-none = Nothing was booked, and nothing else is free on this day. What you typed is still here; try another day or type.
appointments-take-instead = { $time }, { $calendar }
appointments-unknown = It is not known whether this was booked
appointments-unknown-text = The answer was lost on the way. Nothing is sent again by itself: look at the day first.
appointments-look-again = Look at the day again
appointments-absent = It was not booked
appointments-absent-text = The day was read again and the appointment is not there. You can book now.

appointments-details-title = { $time } { $customer }
appointments-fact-date = Date
appointments-fact-time = Time
appointments-fact-duration = Length
appointments-fact-calendar = Calendar
appointments-fact-type = Type
appointments-fact-category = Category
appointments-fact-ticket = Ticket
appointments-fact-assigned = Assigned to
appointments-fact-locked = Locked by
appointments-fact-opened = Booked on
appointments-fact-status-since = Status since
appointments-fact-closed = Closed on
appointments-fact-zone = Time zone
appointments-fact-case = Case id
appointments-fact-agent = Agent
appointments-fact-hours = Working hours
appointments-fact-required = Needs
appointments-fact-booked = Appointments
appointments-fact-capacity = Capacity
appointments-fact-minutes-booked = Booked
appointments-fact-share = Booked share
appointments-fact-share-comp = “Comp” share (Cubu does not explain it)
appointments-fact-agents-window = In agents’ booking window
appointments-fact-agents-active = Agents may book
appointments-fact-self-window = In self-booking window
appointments-fact-self-active = Customers may book
appointments-fact-inbox = Inbox
appointments-yes = Yes
appointments-no = No
appointments-ids = Ids for support
appointments-issue = Cubu reports an issue with this calendar
appointments-contact = Customer’s contact
appointments-contact-given = Contact for this appointment
appointments-contact-none = No phone number or email address in the customer’s record.
appointments-open-customer = Open customer
appointments-others = Other appointments in this calendar
appointments-others-none = This customer has no other appointment in this calendar.
appointments-open-meeting = Open the online meeting
appointments-meeting-failed = The online meeting was not set up
appointments-copy = Copy: { $what }
appointments-copied = Copied: { $what }
appointments-copy-failed = Copying did not work. Select the text and press Ctrl+C.
appointments-gone = This appointment is no longer here
appointments-gone-text = It was cancelled or moved by someone else since you opened it.

appointments-other-type = Free times for a type
appointments-choose-type = Choose a type
appointments-reread-column = Read it again
appointments-book-elsewhere = Book outside the free times

appointments-cancel = Cancel appointment
appointments-cancel-title = Cancel this appointment?
appointments-cancel-when = { $date } at { $time }, { $calendar }
appointments-cancel-text = The time becomes free for others. This can’t be undone; Cubu may tell the customer.
appointments-cancel-text-undo =
    { $seconds ->
        [one] The time becomes free for others, and Cubu may tell the customer. For 1 second you can undo it.
       *[other] The time becomes free for others, and Cubu may tell the customer. For { $seconds } seconds you can undo it.
    }
appointments-cancel-reason = Reason
appointments-cancel-reason-hint = Kept on this computer only. Cubu and the customer never see it.
appointments-leaving = Being cancelled
appointments-keep = Keep it
appointments-cancelled = Cancelled: { $customer }, { $time }.
appointments-already-cancelled = { $customer }, { $time }, had already been cancelled.
appointments-cancel-unknown = It is not known whether this was cancelled
appointments-cancel-unknown-text = The answer was lost on the way. Look at the day to see whether it is still there.
appointments-cancel-still-there = It is still booked. You can cancel it now.

appointments-elsewhere = Other acts on this appointment
appointments-elsewhere-text = Cubu keeps these to its own screens.
appointments-check-in = Check in
appointments-check-in-reason = Cubu offers no call for checking in a booked customer. Use Cubu’s Calendar, or send them to the kiosk.
appointments-no-show-act = No-show
appointments-no-show-act-reason = Cubu offers no call for marking a no-show. Look in Cubu’s own screens.
appointments-edit = Change fields, notes or tags
appointments-edit-reason = Cubu offers no call for changing an appointment’s case once it is booked. Do it in Cubu’s own screens.
appointments-message = Send a message
appointments-message-reason = Cubu offers no call for sending a text message. Do it in Cubu’s own screens.
appointments-hold = Hold this time
appointments-hold-reason = Cubu offers no call for holding a time while you type. Whether it is still free is looked at again when you book.

appointments-board-keys = On the day board
appointments-board-key-next = The time or booking above or below
appointments-board-key-beside = The same time in the calendar beside
appointments-board-key-edge = The first or last of the calendar
appointments-board-key-hour = An hour up or down
appointments-board-key-column-edge = The first or last calendar
appointments-board-key-open = Book the time, or open the booking
appointments-shortcuts = Appointments
appointments-shortcut-book = Book, or take the earliest time
appointments-shortcut-new = New appointment
appointments-shortcut-day-back = Day before
appointments-shortcut-day-forward = Day after
appointments-shortcut-today = Go to today
appointments-shortcut-free-only = Free times only
appointments-shortcut-refresh = Refresh
appointments-shortcut-cut = Take an appointment up to move it
appointments-shortcut-paste = Put it on a free time
appointments-shortcut-lay-back = Leave it where it is
appointments-shortcut-cancel = Cancel the appointment
