# The Agent panel: who works here, where, whom they serve, and who comes without an appointment.

agent-read-again = Read again
agent-cancel = Cancel
agent-look-again = Look again
agent-id-malformed = This is not one of Cubu’s ids. They look like 5b0d6c1e-1111-4a6e-9d10-00000000a001.

# Who
agent-choose-title = Who works at this desk?
agent-choose-text = Cubu records calls, breaks and cases under this person’s name.
agent-choose-keep = Keep the present agent
agent-choose-filter = Filter by name or email
agent-choose-none = Nobody matches
agent-choose-none-text = Try fewer letters, or paste the user id below.
agent-choose-more =
    { $count ->
        [one] 1 more. Type to narrow down.
       *[other] { $count } more. Type to narrow down.
    }
agent-users = Users of the organisation
agent-users-none = The organisation has no users
agent-users-none-text = Paste a user id below.
agent-paste-user = Or paste a user id
agent-paste-user-hint = In Cubu it stands on the General tab of the user’s details page.
agent-paste-use = Work as this user
agent-unnamed = Unnamed user
agent-change = Change
agent-me = Agent
agent-roles = Roles: { $roles }
agent-roles-none = No roles in Cubu

# Status
agent-status = Status
agent-presence-note = As far as this desk knows. Cubu does not tell.
agent-since = since { $time }
agent-clock-in = Clock in
agent-clock-in-no-unit = Choose a unit first: clocking in happens in a unit.
agent-clock-out = Clock out…
agent-clock-out-why = Why are you leaving?
agent-clock-out-now = Clock out now
agent-become-available = Available
agent-become-unavailable = Unavailable…
agent-become-unavailable-now = Become unavailable
agent-change-reason = Change the reason…
agent-unavailable-why = Why are you unavailable?
agent-reason-break = Break
agent-reason-meeting = Meeting
agent-reason-back-office = Back-office work
agent-reason-other = Other
agent-reason-end-of-shift = End of shift
agent-reason-needed = Say why in a few words.
agent-reason-too-long = At most { $most } characters.
agent-description = Description (optional)
agent-description-required = Description
agent-description-count = { $count } of { $most } characters
agent-task = Back-office task
agent-task-pick = Choose a task
agent-task-needed = Choose the task you will work on.
agent-task-unnamed = Unnamed task
agent-tasks = Back-office tasks
agent-tasks-none = No back-office tasks
agent-tasks-none-text = Your administrator creates them in Cubu.

# Where
agent-unit = Unit
agent-unit-current = Current unit
agent-unit-pick = Choose a unit
agent-unit-other = Another unit, by its id
agent-unit-paste = Unit id
agent-unit-unnamed = Unnamed unit
agent-unit-work-here = Work here
agent-workspace = Workspace
agent-workspaces = Workspaces of this unit
agent-workspaces-none = This unit has no workspaces
agent-workspace-none = None
agent-workspace-unnamed = Unnamed workspace
agent-workspace-current = current
agent-workspace-choose = Choose a workspace
agent-workspace-reason = Cubu lets a desk see workspaces but not choose one. Choose it in Cubu’s Agent Console, then read again here.
agent-behavior-auto = Next resolves active cases (automatic)
agent-behavior-close = Next resolves active cases
agent-behavior-add = Next adds a case to the active ones
agent-workstation = Workstation
agent-workstations = Workstations
agent-workstation-no-unit = Workstations belong to a unit. Choose one first.
agent-workstation-unnamed = Unnamed workstation
agent-workstation-inactive = Out of use
agent-workstation-mine = You sit here
agent-workstation-taken = Taken by { $name }
agent-workstation-free = Free
agent-workstations-none = This unit has no workstations
agent-workstations-none-text = You can work without one; signs then say no place.
agent-workstations-show = Change
agent-workstations-hide = Hide
agent-occupy = Sit here
agent-occupy-named = Sit at { $name }
agent-vacate = Leave
agent-vacate-named = Leave { $name }
agent-vacate-already = It was already vacant.
agent-vacate-others = Leave my other workstations when I sit down
agent-evict-title = Free { $name }?
agent-evict-text = { $name } sits there now. Signs stop sending customers to them.

# Serving
agent-serving = Serving now
agent-serving-ticket = Serving ticket { $ticket }
agent-serving-none = You are serving nobody
agent-serving-none-text = Press { $chord } to call the next customer.
agent-serving-no-unit = Choose a unit to begin
agent-serving-no-unit-text = Cases, inboxes and workstations belong to a unit.
agent-no-ticket = No ticket
agent-no-customer = No customer record
agent-waited = Waited { $time }
agent-served = Serving for { $time }
agent-under-a-minute = under 1 min
agent-minutes = { $minutes } min
agent-hours = { $hours } h { $minutes } min
agent-call-again = Call again
agent-call-again-named = Call { $name } again
agent-called-again = Called { $name } again
agent-case-unnamed = the case
agent-resolve = Resolve
agent-resolve-front = Resolve the case in front
agent-resolve-named = Resolve { $name }
agent-resolved = Resolved { $name }
agent-resolve-title = Resolve { $name }?
agent-resolve-text = This is not the case in front of you. A resolved case can’t be opened again from here.
agent-resolve-keep = Keep it open
agent-resolve-really = Resolve { $name }
agent-meeting = Open the online meeting
agent-open-customer = Open the customer
agent-others =
    { $count ->
        [one] 1 other active case
       *[other] { $count } other active cases
    }
agent-bring-forward = Bring to the front
agent-look-cases = Look at active cases
agent-elsewhere = No-show, return, park, transfer
agent-no-show = No-show
agent-no-show-reason = Cubu offers no call for marking a no-show. Call again first; then mark it in Cubu’s Agent Console, or resolve the case here.
agent-return = Return to queue
agent-return-reason = Cubu offers no call for returning a case to its queue. Do it in Cubu’s Agent Console.
agent-park = Park
agent-park-reason = Cubu offers no call for parking a case. Set it to pending in Cubu’s Agent Console.
agent-transfer = Transfer
agent-transfer-reason = Cubu offers no call for moving a case to another inbox. Do it in Cubu’s Agent Console.

# Next
agent-next = Next customer
agent-next-call = Call next
agent-next-calling = Calling
agent-next-from = Call from
agent-next-workspace = Whole workspace
agent-next-inbox = { $name } ({ $count } waiting)
agent-next-no-unit = Choose a unit first.
agent-next-no-workstation = You sit at no workstation: signs will call without a place.
agent-next-silent = Call silently (no sign, no voice)
agent-next-behavior = Apply the workspace’s behaviour
agent-behavior-hint = Cubu may then resolve your active cases.
agent-behavior-hint-resolves = Your active cases are then resolved when the next one starts.
agent-behavior-hint-none = This workspace only adds the next case; nothing is resolved.
agent-next-unknown = The answer was lost on the way. Somebody may have been called. Look at the active cases before calling again.
agent-nobody = Nobody is waiting
agent-nobody-text = Nobody was called.

# Inboxes
agent-inboxes = Inboxes
agent-inboxes-age = counted { $age }
agent-inboxes-refresh = Count again
agent-inboxes-none = No inboxes in this workspace
agent-inboxes-none-text = Your workspace decides which inboxes you serve.
agent-inboxes-idle = No inboxes yet
agent-inboxes-idle-text = They appear once a unit is chosen.
agent-inbox = Inbox
agent-inbox-unnamed = Unnamed inbox
agent-inbox-acts = Call from this inbox
agent-inbox-call = Call
agent-inbox-call-named = Call next from { $name }
agent-inbox-no-access = You have no access to this inbox.
agent-waiting = Waiting
agent-pending = Pending
agent-who-waits = Who is waiting
agent-who-waits-reason = Cubu tells a desk how many wait, not who. The list is in Cubu’s Agent Console.
agent-call-chosen = Call a chosen case
agent-call-chosen-reason = Cubu lets a desk call the next case, from the workspace or one inbox, but not one it picks. Do that in Cubu’s Agent Console.

# Walk-in
agent-walkin = Walk-in
agent-walkin-open = Take a walk-in
agent-walkin-service = Service
agent-walkin-service-pick = Choose a service
agent-walkin-service-needed = Choose what they came for.
agent-walkin-type = Type
agent-walkin-type-pick = Choose a type
agent-walkin-type-needed = Choose the type.
agent-walkin-type-minutes = { $name } · { $minutes } min
agent-walkin-no-types = No types of this service are known yet. Add them under Settings.
agent-walkin-customer = Customer
agent-walkin-customer-needed = This service needs a customer. Find one first.
agent-walkin-customer-drop = Take the customer off
agent-walkin-find = Find
agent-walkin-find-placeholder = Phone, number or record id
agent-walkin-slug = Key field to look in
agent-walkin-slug-hint = The field’s slug in Cubu, such as phone.
agent-walkin-miss = No customer with “{ $text }”.
agent-walkin-open-customers = Open Customers
agent-walkin-use-contact = Use the phone and email on record
agent-walkin-phone = Phone
agent-walkin-phone-needed = This service needs a phone number.
agent-walkin-email = Email
agent-walkin-email-needed = This service needs an email address.
agent-walkin-more = Channel and language
agent-walkin-channel = Channel
agent-walkin-channel-any = Not stated
agent-walkin-locale = Language
agent-walkin-locale-hint = Empty: the organisation’s default.
agent-channel-face = Face to face
agent-channel-phone = Phone
agent-channel-video = Video
agent-walkin-send = Queue up
agent-walkin-sending = Queueing up
agent-walkin-clear = Clear
agent-walkin-unknown = It is not known whether the walk-in was taken. Look at the queue in Cubu, then send again or drop it.
agent-walkin-send-again = Send again
agent-walkin-drop = Drop it
agent-walkin-no-services = No walk-in services are known yet
agent-walkin-no-services-text = Cubu has no list of services to read. Add the ones this desk offers under Settings.
agent-walkin-open-settings = Open Settings
agent-ticket-taken = Walk-in taken
agent-ticket-position = Place { $position } in the queue
agent-ticket-link = Link to the customer’s ticket
agent-ticket-copy = Copy link
agent-ticket-copied = Copied
agent-ticket-copy-by-hand = The link is selected. Copy it with Ctrl+C.
agent-ticket-close = Put the ticket away
agent-check-in = Check in an appointment
agent-check-in-reason = Cubu offers no call for checking in a booked customer. Use Cubu’s Calendar, or send them to the kiosk.
agent-taken = Taken at this desk
agent-taken-none = Walk-ins taken in this window appear here.
agent-taken-at = Taken { $age }
agent-taken-served = You are serving them
agent-taken-resolved = Resolved
agent-resolve-known = Resolve a case by its id
agent-case-id = Case id
agent-case-id-hint = For a waiting or pending case. Cubu refuses one that somebody else serves.
agent-case-by-id = case { $id }
agent-resolve-ask = Resolve…
