# The Calendars panel: the coming days of a service.

calendars-from = First day
calendars-days = Days
calendars-days-count = { $days } days
calendars-back = { $days } days back
calendars-forward = { $days } days on
calendars-reading = Reading…
calendars-coming-days = Coming days
calendars-table = Coming days. Arrow keys move, Enter opens the day.
calendars-summary = { $days } days from { $date }
calendars-day = Day
calendars-open-day = Open { $date }
calendars-open-count =
    { $count ->
        [0] none to book
        [one] 1 calendar open
       *[other] { $count } calendars open
    }
calendars-no-calendars = No calendars
calendars-no-calendar = No calendar
calendars-none = No calendars on these days
calendars-none-text = The service is closed, or the plan for these days has not been opened in Cubu.
calendars-legend = The shade and the bar show how much of a calendar is booked. A crossed-out person means that customers can’t book it themselves; a triangle means that Cubu reports an issue.
calendars-share = { $share } booked
calendars-minutes = { $booked } of { $capacity } minutes
calendars-self-closed = customers can’t book themselves
calendars-issues =
    { $count ->
        [one] 1 issue reported by Cubu
       *[other] { $count } issues reported by Cubu
    }
calendars-state-open = Open
calendars-state-past = Day is over
calendars-state-closed = Closed
calendars-state-full = Full
calendars-state-outsideWindow = Not open yet
calendars-state-bookingOff = Booking off

calendars-shortcuts = Calendars
calendars-shortcut-back = Earlier days
calendars-shortcut-forward = Later days
calendars-shortcut-today = Go to today
calendars-shortcut-refresh = Refresh
