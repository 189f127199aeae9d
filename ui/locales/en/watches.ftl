## Watches for an earlier time: the form, the list, the news.

panel-watches = Watches
shell-go-watches = Watches
watches-open = Tell me if something earlier frees…
watches-form = Watch for an earlier time
watches-before-date = Before
watches-before-time = Time
watches-how = This computer looks every minute while it runs, and says so when a time becomes free. Cubu itself knows nothing of it.
watches-start = Watch
watches-not = Don’t watch
watches-started = You will be told when something earlier frees.
watches-watching = Watching for an earlier time, { $before }
watches-end = End this watch
watches-remove = Remove
watches-before = before { $date }, { $time }
watches-anybody = Any service type
watches-appointment-gone = The appointment is not in its calendar any more, so it can’t be moved.

watches-freed = Free for { $who }: { $when }
watches-notice = An earlier time is free
watches-notice-text = Front Desk shows which, and Ctrl+M goes there.
watches-asked = Asked for: { $before }.
watches-more-times =
    { $count ->
        [one] One more time became free.
       *[other] { $count } more times became free.
    }
watches-move-to = Move to { $time }
watches-book-at = Book { $time }
watches-show = Show watches
watches-put-away = Not these

watches-none = Nothing is watched for
watches-none-text = Open an appointment, or look for a time, and choose “Tell me if something earlier frees”.
watches-open-board = Open the day board
watches-look = Look now
watches-fact-before = Wanted
watches-fact-now = Now
watches-fact-only = Only
watches-fact-free = Free already
watches-fact-since = Since
watches-waiting = Watching
watches-news =
    { $count ->
        [one] 1 time freed
       *[other] { $count } times freed
    }
watches-end-expired = Over: the time has come
watches-end-moved = Over: moved
watches-end-cancelled = Over: cancelled
watches-end-gone = Over: the appointment is gone

watches-shortcuts = Watches
watches-shortcut-refresh = Look for earlier times now
watches-shortcut-take = Take the time that became free
