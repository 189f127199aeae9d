# Find me a time, in the Appointments panel.

appointments-find-open = Find a time
appointments-find-title = Find a time
appointments-find-close = Close the search
appointments-shortcut-find = Find a time

appointments-find-type = Service type
appointments-find-where = Where
appointments-find-offer = { $service }, { $unit }
appointments-find-part = Part of the day
appointments-find-part-any = Any
appointments-find-part-morning = Morning
appointments-find-part-afternoon = Afternoon
appointments-find-part-evening = Evening
appointments-find-narrow = Narrow the search
appointments-find-weekdays = Only on
appointments-find-not-before = Not before
appointments-find-not-before-time = From (time)
appointments-find-span = How far ahead
appointments-find-days = { $days } days
appointments-find-agent = Agent
appointments-find-any-agent = Anyone

appointments-find-times = Free times
appointments-find-list = Free times. Arrow keys move, Page keys change the day, Enter books.
appointments-find-looking = Looking…
appointments-find-stop = Stop
appointments-find-asked =
    { $times ->
        [0] No free time
        [one] 1 free time
       *[other] { $times } free times
    } in { $calendars ->
        [one] 1 calendar
       *[other] { $calendars } calendars
    }, { $days } of { $of } days
appointments-find-full = { $count } full
appointments-find-closed = { $count } closed
appointments-find-first = Earliest: { $date } { $time }, { $calendar }
appointments-find-here = { $time } on this computer
appointments-find-here-day = { $date }, { $time } on this computer
appointments-find-clock-skipped = The clocks go forward: this time does not exist that day
appointments-find-clock-twice = The clocks go back: this time comes twice that day

appointments-find-nothing = Nothing is free in the next { $days } days
appointments-find-stopped = The search was stopped
appointments-find-loosen = What would widen the search:
appointments-find-loosen-agent = Look at the calendars of anyone.
appointments-find-loosen-weekdays = Take every weekday.
appointments-find-loosen-part = Take any part of the day.
appointments-find-loosen-services = Look at the services that are left out too.
appointments-find-loosen-days = Look further ahead.
appointments-find-missed =
    { $count ->
        [one] 1 question was not answered
       *[other] { $count } questions were not answered
    }
appointments-find-missed-more = and { $count } more
appointments-find-missed-day = { $service }, { $date }
appointments-find-missed-calendar = { $service }, { $date }, { $calendar }
appointments-find-again = Ask again
appointments-find-further = Look further
appointments-find-anew = Look again
