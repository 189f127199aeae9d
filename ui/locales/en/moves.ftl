## Moving an appointment: the act, the form, and the banner while a move is not over.

move-act = Move…
move-form-title = Move the appointment of { $customer }
move-from = From
move-to = To
move-to-nowhere = Choose a free time here or on the board
move-how = The new time is booked first, then the old one is cancelled. Cubu may tell the customer about both.
move-when = { $date } at { $time }, { $calendar }
move-calendar-free = { $count ->
    [one] { $calendar }, { $count } free time
   *[other] { $calendar }, { $count } free times
  }
move-choose-time = Choose a time
move-contact-phone = Left empty, it is the number this booking was made with here, or the one on the customer’s card.
move-contact-email = Left empty, it is the address this booking was made with here, or the one on the customer’s card.
move-time-missing = Choose a free time, or type one.
move-other-time = Or another time
move-other-time-hint = For a time that becomes free only when the old one is given up.
move-here = Move here
move-leave = Leave it where it is
move-moved = { $customer }: moved to { $when }
move-taken = This time is not free any more
move-taken-others = Nothing was changed. These times are free:
move-taken-none = Nothing was changed, and nothing else is free on this day.
move-book-instead = Book a new appointment
move-ask-title = Give up the old time first?
move-ask-text = If the new time is lost meanwhile, the old one is booked again at once.
move-ask-yes = Give up the old time
move-ask-no = Keep it
move-title = { $customer }: { $what }
move-old = Old: { $when }
move-new = New: { $when }
move-cancel-old = Cancel the old one
move-keep-old = Keep the old one
move-resume = Look again
move-close = Close

## Carrying an appointment over the board.

move-bar = Appointment in hand
move-carrying = Moving
move-question = Move
move-lifted = Being moved
move-lifted-said = { $customer } is being moved. The arrow keys go to free times, Ctrl and V puts it there, Escape leaves it where it is.
move-becomes = to
move-same-day = { $time }, { $calendar }
move-choose-free = Choose a free time
move-put = Put it here
move-choose-other = Choose another time
move-do = Move to { $time }
move-not-here = No free time here
move-slot-name = { $slot }, instead of { $from }
move-hindrance-down = Cubu can’t be reached, so nothing can be moved. Try again when it answers.
move-hindrance-sending = Something is still being sent. Wait for its answer, then try again.
move-hindrance-not-free = Choose a free time: it can go nowhere else.
move-hindrance-other-service = It can only go to a free time of its own service.
move-hindrance-cancelled = A cancelled appointment can’t be moved. Book a new one.
move-hindrance-leaving = This appointment is being cancelled. Undo that first, then move it.
move-hindrance-begun = This appointment can’t be moved: the customer has checked in, is being served or was served.
