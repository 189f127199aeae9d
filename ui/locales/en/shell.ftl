# The window around the panels.

shell-starting = Starting
shell-host-unreachable = The program behind this window does not answer. Is it still running?
shell-program-fault = Something went wrong inside this program. Nothing more is known; the log has the details.
shell-shortcut-list = Keyboard shortcuts
shell-go-appointments = Go to appointments
shell-go-calendars = Go to calendars
shell-go-customers = Go to customers
shell-go-agent = Go to agent
shell-go-settings = Go to settings

panel-appointments = Appointments
panel-calendars = Calendars
panel-customers = Customers
panel-agent = Agent
panel-settings = Settings
panel-connection = Connection

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
status-unsettled =
    { $count ->
        [one] 1 change to check
       *[other] { $count } changes to check
    }
status-key-hint = F1 shows every shortcut

presence-unknown = Status not known
presence-away = Away
presence-clockedIn = Clocked in
presence-available = Available
presence-active = Active
presence-unavailable = Unavailable

unsettled-title = Changes to check
unsettled-text = The answer to these was lost on the way, so Cubu may or may not have done them. Look before doing them again.
unsettled-checked = Mark as checked

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
