## Emptying a calendar: the list of its bookings, the call, the result sheet.

panel-emptying = Emptying
emptying-title = Empty a calendar
shell-go-emptying = Empty a calendar
emptying-act = Empty this calendar…
emptying-of = { $calendar }, { $date }
emptying-which = Calendar
emptying-bookings = Bookings
emptying-list = Bookings to be moved. Arrow keys choose, Enter goes to the acts.
emptying-aside = The booking to see to
emptying-progress = { $seenTo } of { $total } seen to, { $toDo } to do, { $notReached } not reached
emptying-none = No calendar is being emptied
emptying-none-text = Open a calendar on the day board and choose “Empty this calendar”, for example when a colleague is ill.
emptying-open-board = Open the day board
emptying-no-bookings = Nothing is booked here
emptying-no-bookings-text = There is nobody to call for this calendar on this day.
emptying-others = Another calendar is not finished. Choose it above.
emptying-banner = Not finished: { $what }
emptying-go-on = Go on

emptying-state-toDo = To do
emptying-state-notReached = Not reached
emptying-state-skipped = Left as it is
emptying-state-moving = Being moved
emptying-state-moved = Moved
emptying-state-cancelling = Being cancelled
emptying-state-cancelled = Cancelled
emptying-state-notPlanned = Not planned any more
emptying-state-gone = Gone from the calendar
emptying-state-noneHeld = No appointment held

emptying-goes = { $date }, { $time }, { $calendar }
emptying-goes-same-day = { $time }, { $calendar }
emptying-proposed = Proposed:
emptying-moved-to = Moved to
emptying-proposing = Looking for free times…
emptying-propose-again = Look again
emptying-missed =
    { $count ->
        [one] One calendar could not be read, so a better time may be missing
       *[other] { $count } calendars could not be read, so better times may be missing
    }
emptying-without =
    { $count ->
        [one] For one booking nothing is free until { $date }
       *[other] For { $count } bookings nothing is free until { $date }
    }

emptying-phone = Phone
emptying-call = Call { $number }
emptying-no-phone = No phone number is known.
emptying-now = Now
emptying-reason = Reason
emptying-changed = This booking was changed meanwhile. What stands here is how it is now.
emptying-not-planned = Nothing to move: the status is “{ $status }”.
emptying-gone = Somebody else moved or cancelled this booking.
emptying-moving = The move is not over. The bar above says how it stands.
emptying-none-held = No appointment is held: the old time and the new one are lost. Book another time on the day board.
emptying-seen-to = I have seen to it
emptying-trouble = The last try did not move it
emptying-new-time = New time
emptying-no-proposal = No free time was found. Choose a day yourself.
emptying-move-to = Move to { $time }
emptying-other-time = Another time
emptying-other-times = Free times
emptying-other-none = Nothing of this type is free on this day in another calendar.
emptying-else = Or
emptying-not-reached = Could not reach
emptying-skip = Leave as it is
emptying-to-do-again = Back to do
emptying-cancel = Cancel…
emptying-cancel-reason-hint = Stays on this computer, and stands on the result sheet.

emptying-result = Result sheet
emptying-finish = Finish
emptying-sheet-at = As of { $when }
emptying-sheet-customer = Customer
emptying-sheet-outcome = Outcome
emptying-sheet-moved = Moved to { $when }
emptying-sheet-reason = Reason: { $reason }

appointments-shortcut-empty = Empty the calendar you stand in
emptying-shortcuts = Empty a calendar
emptying-shortcut-refresh = Read the bookings again
emptying-shortcut-move = Move to the proposed time
emptying-shortcut-other-time = Choose another time
emptying-shortcut-not-reached = Could not reach
emptying-shortcut-skip = Leave the booking as it is
emptying-shortcut-cancel = Cancel the booking
