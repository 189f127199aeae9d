# The window around the panels.

shell-starting = Starting
shell-host-unreachable = The program behind this window does not answer. Is it still running?
shell-program-fault = Something went wrong inside this program. Nothing more is known; the log has the details.
shell-shortcut-list = Keyboard shortcuts
shell-go-appointments = Go to appointments
shell-go-calendars = Go to calendars
shell-go-customers = Go to customers
shell-go-agent = Go to agent
shell-look-for-customer = Look for a customer
shell-go-settings = Go to settings
shell-go-audit = Go to the audit trail

panel-appointments = Appointments
panel-calendars = Calendars
panel-customers = Customers
panel-agent = Agent
panel-settings = Settings
panel-connection = Connection
panel-audit = Audit trail

rail-label = Panels
rail-shortcuts = Shortcuts
toasts-label = News
shortcuts-everywhere = Everywhere
shortcuts-single-off = Single-key shortcuts are switched off in Settings.

status-label = Status
status-not-connected = Not connected
status-no-agent = No agent chosen
status-agent-unnamed = Agent
status-presence-note = As far as this desk knows: Cubu does not tell the status
status-last-answer = Cubu answered { $age }
status-last-answer-note = Cubu’s last answer came at { $time } by this computer’s clock
status-key-hint = F1 shows every shortcut

presence-unknown = Status not known
presence-away = Away
presence-clockedIn = Clocked in
presence-available = Available
presence-active = Active
presence-unavailable = Unavailable

unsettled-count =
    { $count ->
        [one] 1 change is not settled
       *[other] { $count } changes are not settled
    }
unsettled-settled =
    { $count ->
        [one] 1 change was settled meanwhile
       *[other] { $count } changes were settled meanwhile
    }
journal-decide = Decide now
journal-type-passphrase = Type the passphrase
journal-banner-locked = Nothing can be changed yet
journal-banner-memory = A crash forgets unsettled changes
journal-banner-keychain = Changes wait for a passphrase
journal-title-begin = How should changes be kept?
journal-title-open = Type the passphrase
journal-begin-text = Every change is written down before it is sent, so that none is lost or made twice when the network or this PC fails. No keychain answers here, so the key has to come from you.
journal-open-text = Changes on this PC are kept with a passphrase.
journal-left-text = The keychain answers again. The last time, changes were kept with a passphrase; they are moved over when you type it.
journal-passphrase = Passphrase
journal-passphrase-hint = At least 12 characters. Four words picked at random are good. Nobody can tell it to you again, so keep it where only you can find it.
journal-passphrase-again = The same once more
journal-passphrase-differs = The two are not the same.
journal-begin = Keep changes with this passphrase
journal-open = Open
journal-go-on-memory = Go on without
journal-go-on-memory-hint = Without a passphrase, a crash forgets the changes that are not settled.
journal-go-on-keychain = Not now
journal-forgotten = I don’t know the passphrase
journal-forgotten-title = Set the old journal aside?
journal-forgotten-text = What it holds can’t be read without its passphrase. It stays on this PC under another name, and a new one is begun. If changes were under way, look in Cubu whether they were made.
journal-forgotten-really = Set it aside
journal-forgotten-back = Back
unsettled-title = Changes to see to
unsettled-text = No answer came to these. Each is done once at most: nothing is sent again unless you say so.
unsettled-banner-text = Somebody has to look.
unsettled-show = Show
unsettled-asked-at = Asked for on { $time }
unsettled-state-settling = Being found out
unsettled-state-needsEyes = Look in Cubu
unsettled-state-happened = Done
unsettled-state-didNotHappen = Not done
unsettled-retry = Do it again
unsettled-retry-title = Do it again?
unsettled-retry-text = If Cubu has it already, it will be there twice. Look in Cubu first.
unsettled-retry-really = It is not there: do it again
unsettled-retry-back = Back
unsettled-drop-open = Close without doing it again
unsettled-drop-happened = Noted
unsettled-drop-not-happened = Not wanted any more
unsettled-retried = The change was made.
unsettled-close = Later
unsettled-customer = Customer { $id }
unsettled-agent = Agent { $name }
unsettled-case = Case { $id }
unsettled-unit = Unit { $name }
unsettled-tags = Tags: { $names }
unsettled-workstation = Workstation { $name }

unsettled-act-call-again = Call the customer again
unsettled-act-clock-in = Clock in
unsettled-act-clock-out = Clock out
unsettled-act-occupy-workstation = Take a workstation
unsettled-act-resolve-case = Resolve a case
unsettled-act-select-current-unit = Choose a unit
unsettled-act-start-next-case = Call the next customer
unsettled-act-become-available = Become available
unsettled-act-become-unavailable = Become unavailable
unsettled-act-vacate-workstation = Leave a workstation
unsettled-act-book-appointment = Book an appointment
unsettled-act-cancel-appointment = Cancel an appointment
unsettled-act-queue-up = Queue up a walk-in
unsettled-act-create-customer = Create a customer
unsettled-act-update-customer = Change a customer
unsettled-act-move-appointment = Move an appointment

practice-banner-title = Practice mode.
practice-banner-text = Everyone here is made up. Nothing reaches Cubu.
practice-stop = Stop practising

secret-missing-title = The client secret is missing.
secret-missing-text = Enter it again under Connection; until then Cubu can’t be reached.
keychain-missing-title = No keychain on this computer.
keychain-missing-text = The client secret is kept until the program closes, never in a file.
keychain-missing-why = Why?
clock-skew-title = This computer’s clock is off.
clock-skew-behind =
    { $minutes ->
        [one] It is 1 minute behind Cubu’s. Set it right: “now” and “past” on the boards follow it.
       *[other] It is { $minutes } minutes behind Cubu’s. Set it right: “now” and “past” on the boards follow it.
    }
clock-skew-ahead =
    { $minutes ->
        [one] It is 1 minute ahead of Cubu’s. Set it right: “now” and “past” on the boards follow it.
       *[other] It is { $minutes } minutes ahead of Cubu’s. Set it right: “now” and “past” on the boards follow it.
    }

held-label = About to leave
held-cancel-appointment = Cancelling
held-resolve-case = Resolving
held-seconds = { $seconds } s
held-undo = Undo
held-undo-last = Undo what is about to leave
held-send-now = Send now
held-taken-back = Taken back. Nothing was sent.
held-too-late = Too late: it had left already.
