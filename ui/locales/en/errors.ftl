### What the desk says when something did not work, and what to do. The program's core chooses the message and its
### arguments; a test holds the ids here and in crates/desk-core/src/messages.rs equal.

## Headlines: one for every command. They stand above a message and a hint.

failed-call-again = Could not call the customer again
failed-clock-in = Could not clock in
failed-clock-out = Could not clock out
failed-get-agent-status = Could not read the agent’s status
failed-list-active-cases = Could not list the active cases
failed-list-inboxes = Could not list the inboxes
failed-list-workspaces = Could not list the workspaces
failed-list-workstations = Could not list the workstations
failed-occupy-workstation = Could not take the workstation
failed-resolve-case = Could not resolve the case
failed-select-current-unit = Could not change the unit
failed-start-next-case = Could not call the next case
failed-become-available = Could not become available
failed-become-unavailable = Could not become unavailable
failed-vacate-workstation = Could not leave the workstation
failed-book-appointment = Could not book the appointment
failed-cancel-appointment = Could not cancel the appointment
failed-list-appointments = Could not list the appointments
failed-list-calendars = Could not list the calendars
failed-list-vacancies = Could not list the vacancies
failed-queue-up = Could not open the walk-in case
failed-create-customer = Could not create the customer
failed-get-customer = Could not open the customer
failed-update-customer = Could not save the customer
failed-find-customer = Could not find the customer
failed-list-back-office-tasks = Could not list the back-office tasks
failed-list-users = Could not list the users
failed-app-state = Could not start
failed-get-profile = Could not open the profile
failed-save-profile = Could not save the profile
failed-delete-profile = Could not delete the profile
failed-set-client-secret = Could not keep the client secret
failed-activate-profile = Could not connect
failed-test-connection = Could not test the connection
failed-start-practice = Could not start practice mode
failed-stop-practice = Could not leave practice mode
failed-export-profile = Could not export the profile
failed-export-profile-to-file = Could not export the profile
failed-import-profile = Could not import the profile
failed-get-catalogue = Could not open the catalogue
failed-put-service = Could not save the service
failed-put-service-type = Could not save the service type
failed-put-unit = Could not save the unit
failed-put-case-field = Could not save the case field
failed-put-case-tag = Could not save the case tag
failed-remove-catalogue-entry = Could not remove the entry
failed-learn-services = Could not add the services
failed-get-settings = Could not open the settings
failed-save-settings = Could not save the settings
failed-agent-desk = Could not open the agent’s desk
failed-choose-agent = Could not choose the agent
failed-load-day = Could not load the day
failed-more-of-day = Could not load the rest of the day
failed-load-span = Could not load the days
failed-board-view = Could not open the view of the board
failed-keep-board-view = Could not keep the view of the board
failed-get-today = Could not tell the date
failed-find-times = Could not look for a time
failed-more-times = Could not go on looking for a time
failed-continue-finding = Could not go on looking for a time
failed-stop-finding = Could not stop looking for a time
failed-list-endpoints = Could not list the calls
failed-keep-draft = Could not keep the draft
failed-list-drafts = Could not list the drafts
failed-drop-draft = Could not drop the draft
failed-kept-day = Could not open the kept day
failed-list-kept-days = Could not list the kept days
failed-list-audit = Could not open the audit trail
failed-export-audit = Could not export the audit trail
failed-export-audit-to-file = Could not export the audit trail
failed-verify-audit = Could not verify the audit trail
failed-get-appointment-papers = Could not make the appointment’s papers
failed-export-appointment-to-file = Could not save the calendar file
failed-get-ticket-papers = Could not make the ticket’s slip
failed-list-unsettled = Could not list the unsettled changes
failed-retry-unsettled = Could not make the change again
failed-list-held = Could not list what is about to leave
failed-take-back = Could not take the change back
failed-send-now = Could not send the change now
failed-drop-unsettled = Could not close the change
failed-unlock-journal = Could not open the journal of changes
failed-go-on-without-passphrase = Could not go on without a passphrase
failed-set-aside-journal = Could not set the journal of changes aside
failed-forget-customer = Could not forget the customer
failed-preview-erasure = Could not find out what is kept on this PC
failed-erase-local-data = Could not erase the data on this PC
failed-change-passphrase = Could not change the passphrase
failed-move-appointment = Could not move the appointment
failed-list-moves = Could not list the moves that are not finished
failed-resume-move = Could not go on with the move
failed-end-move = Could not end the move
failed-close-move = Could not close the move
failed-empty-calendar = Could not list the bookings to be moved
failed-list-emptyings = Could not list the calendars that are being emptied
failed-propose-times = Could not look for free times
failed-mark-emptied = Could not keep what you said about this booking
failed-start-watch = Could not begin to watch for an earlier time
failed-list-watches = Could not list the watches
failed-check-watches = Could not look for earlier times
failed-put-away-freed = Could not put the free times away
failed-end-watch = Could not end the watch
failed-end-emptying = Could not finish emptying this calendar

## What was typed

fields-invalid = Some fields need another look.
field-missing = This is needed.
field-wrong-type = { $expected ->
    [text] This should be text.
    [yesno] This should be yes or no.
    [list] This should be a list.
    [group] This should be a group of fields.
    [number] This should be a whole number in range.
   *[other] This has the wrong form.
}
field-not-an-id = This is not an id. An id looks like 5b0d6c1e-7777-4a6e-9d10-000000000001.
field-not-a-date = This is not a date of the form 2026-11-22.
field-not-a-choice = This is not one of the choices.
field-malformed = This has the wrong form.
field-empty = This can’t be empty.
field-too-long = This can have { $limit } characters at most.
field-out-of-range = This should be between { $least } and { $most }.
address-malformed = This is not a web address. It should look like https://s2s.api.app.cubu.com.
address-needs-https = The address has to start with https://.
address-http-elsewhere = An address with http:// can only be on this PC. Use https://.
address-credentials = A user name or password doesn’t belong in an address.
address-too-much = Only the address of the server belongs here, without “..”, “?” or “#”.
template-unknown-call = There is no call of this name.
template-not-a-path = The path has to start with one “/”, without https:// or the name of a server.
template-too-much = The path can’t hold “..”, “?” or “#”.
template-segment = “{ $segment }” can’t be part of the path: use letters, digits, dashes or a placeholder in braces.
template-unknown-placeholder = This call has no placeholder { "{" }{ $name }{ "}" }.
template-missing-placeholder = The placeholder { "{" }{ $name }{ "}" } is missing.
template-not-correctable = The address of this call is documented, so it can’t be changed.
template-twice = This call has two addresses here. Keep one.
zone-unknown = The time zone “{ $zone }” is not known. Times are shown as on this PC; set the unit’s time zone in the catalogue.
field-not-a-zone = The time zone “{ $zone }” is not known. A name looks like Europe/Berlin.
command-unknown = The window asked for something this version does not know.
request-unreadable = What was entered is nested too deeply, or has a form that can’t be read.

## Files

document-too-large = The file is larger than { $limit } KiB, so it is not an exported profile.
document-too-deep = The file is nested too deeply to be an exported profile.
document-not-json = The file is not readable: it stops making sense at line { $line }.
document-not-ours = The file is not a profile exported by Front Desk.
document-newer = The file comes from a newer version of Front Desk (its format is { $schema }).
document-fields = Some fields of the file can’t be used. Nothing was imported.
hint-document = Choose a file that was made with “Export profile”.
hint-document-newer = Update Front Desk on this PC, or export the profile again with this version.
file-newer = { $file } was written by a newer version of Front Desk. It was left as it is and not used.
file-set-aside = { $file } could not be read. It was kept as { $aside } and not used.
file-unreadable = { $file } could not be read: { $reason }.
file-not-written = A file could not be written: { $reason }.
hint-file-not-written = Check that the disk is not full and that this folder may be written to. Nothing was half saved.

## The journal

journal-in-memory = Changes whose answer is still out are kept in memory only. If this program ends before they are settled, it forgets them.
journal-locked = No keychain answers. Before anything can be changed, choose how changes are kept on this PC.
journal-is-locked = It is not decided yet how changes are kept on this PC. Nothing was sent.
hint-journal-is-locked = Type the passphrase, or go on without one. What you typed is still here.
journal-of-passphrase-left = Changes were kept with a passphrase the last time, and some of them may not be settled. Type the passphrase to go on with them.
journal-of-keychain-left = Earlier changes are kept with a key in the keychain, which does not answer now. They are seen to when it is back.
passphrase-wrong = This is not the passphrase. Nothing was lost: try again.
passphrase-weak = Use at least { $least } characters and not always the same ones. Four words picked at random are good.
journal-set-aside = The journal of changes could not be read. It is kept as { $aside }, and a new one is begun. If changes were under way when the program last ended, look in Cubu whether they were made.
journal-taken = Another window of this program is open on this PC and keeps the journal. Nothing was sent.
hint-journal-taken = Use the other one, or close it and try again.
journal-newer = A newer version of this program has written the journal. Nothing was sent.
journal-failed = The change could not be written down ({ $reason }). Nothing was sent.
disk-full = The disk is full, so the change could not be written down. Nothing was sent.
hint-disk-full = Make room on this PC and try again. What you typed is still here.
folder-read-only = The folder of this program can’t be written to, so the change could not be written down. Nothing was sent.
hint-folder-read-only = Ask whoever looks after this PC to allow writing to it.

## Erasing everything

erasing-forgets = Changes are not settled that would be forgotten. Nothing was erased.
hint-erasing-forgets = Settle them first, or agree to forget them, one by one.
everything-erased = Everything that this program kept on this PC is erased. Cubu itself was not changed.
erased-but-keychain = The client secret and the key of the journal could not be removed from the keychain. It is tried again at every start, as soon as the keychain answers.

## The audit trail

audit-whole = { $entries ->
    [one] 1 entry
   *[other] { $entries } entries
}, chain unbroken{ $forgotten ->
    [0] {""}
   *[other] {" "}(content forgotten: { $forgotten })
}{ $withheld ->
    [0] {""}
   *[other] {" "}(content left out of this file: { $withheld })
}.
audit-broken = The audit trail was changed from outside: its chain is broken at entry { $entry }. { $difference ->
    [number] An entry is missing, added or in another place.
    [content] Its content is not what was recorded.
    [link] Its head, or its link to the entry before, is not what was recorded.
   *[other] It can’t be read.
} Tell whoever looks after this PC; entries after it can still be read and exported.
audit-broken-in-file = The chain is broken at line { $line }, entry { $entry }: { $difference ->
    [number] the entry there has another number. An entry is missing, added or in another place.
    [content] its content is not what was recorded.
    [link] its head, or its link to the entry before, is not what was recorded.
    [closing] the closing line tells of another last entry.
    [cut-off] the file ends here without its closing line. Its end is cut off.
    [after-closing] something follows the closing line.
   *[other] the line can’t be read as an entry.
}
audit-file-unreadable = The file could not be read: { $reason }.
audit-file-empty = The file is empty.
audit-file-else = The file is not an exported audit trail.
audit-file-newer = The file comes from a newer version of Front Desk. Verify it with that version.

## Connection

not-connected = This desk is not connected to an organisation.
hint-connect = Choose a profile under Connection, or start practice mode.
secret-missing = The client secret of this profile is not on this PC.
hint-secret = Enter it under Connection. Cubu shows a secret only once; a new one can be created under Admin tools > Settings > Registered applications.
keychain-missing = The keychain ({ $store }) does not answer: { $reason }. A client secret entered now is kept until Front Desk closes, and never in a file.
keychain-refused = The keychain did not answer: { $reason }.
hint-keychain = Unlock the keychain and try again, or enter the client secret again for this run.
secret-left-behind = The keychain did not answer, so the client secret of the deleted profile may still be in it.
profile-unknown = This profile is no longer there.
practice-fixed = The practice organisation can’t be changed, exported or deleted.
practice-failed = The practice organisation did not start: { $reason }.
client-refused = The profile can’t be used: { $reason }.
token-secret = The client secret is not accepted.
token-application = The directory does not know this application.
token-tenant = The directory (tenant) is not known.
token-expired-secret = The client secret has expired.
token-client = The client id is not accepted.
token-refused = No access token was given.
token-unreachable = The sign-in server can’t be reached.
token-busy = The sign-in server is busy.
token-not-a-sign-in = The authority address does not answer like a sign-in server.
hint-token-secret = Check the client secret. It is shown only once, when it is created; create a new one under Admin tools > Settings > Registered applications.
hint-token-application = Check client id and tenant id: they are on the application’s Getting Started tab in Cubu.
hint-token-tenant = Check the tenant id: it is on the application’s Getting Started tab in Cubu.
hint-token-authority = Check the authority address in the profile.
hint-token-other = Ask the administrator to look at the registered application.
hint-token-support = Ask the administrator to look at the registered application. The sign-in server’s number of this request, for support: { $correlation }.
token-works = The sign-in server gives access tokens for this profile.

## Calls

offline = There is no connection to Cubu. Nothing was sent.
hint-offline = Check the network, then try again.
timed-out = Cubu did not answer in time.
interrupted = The connection broke before the answer was complete.
hint-try-again = Try again in a moment.
busy = Cubu is busy.
busy-for = Cubu is busy and asks to wait { $seconds ->
    [one] one second
   *[other] { $seconds } seconds
}.
hint-busy = Wait a little, then try again.
unauthorized = Cubu does not accept the access token.
hint-unauthorized = Check the application id. If it is right, ask the administrator whether the registered application still exists.
role-missing = The registered application may not do this: the role { $role } is probably missing.
hint-role = Ask the administrator to tick { $role } under Admin tools > Settings > Registered applications.
server-failed = Cubu itself failed (HTTP { $status }).
hint-server-failed = Try again in a moment. If it stays like this, tell the administrator.
redirected = The server sends elsewhere (HTTP { $status }), which is not followed.
hint-address = Check the base address in the profile.
unreadable-answer = The answer can’t be read.
unreadable-field = The answer can’t be read: its field { $path } has an unexpected form.
hint-unreadable = If the base address is right, a proxy may be in the way. Tell the administrator.
answer-too-large = The answer is far too long.
rejected = Cubu refused the call (HTTP { $status }).
rejected-with = Cubu refused the call (HTTP { $status }): { $words }
hint-rejected = Check what was entered.
slot-taken = This slot is not free any more.
hint-choose-slot = Choose another one. What you typed is still here.
hint-slot-taken = The slot may have been taken, or something the service requires is missing. Refresh the vacancies and look at the required fields.
conflict = The present state does not allow it.
conflict-with = The present state does not allow it: { $words }
hint-conflict = Refresh, look again, then decide.
gone = Cubu does not know what this is about.
customer-gone = Cubu has no such customer.
workstation-elsewhere = The workstation does not belong to the agent’s current unit.
hint-gone = Check the ids in the catalogue, or refresh: it may have been removed.
address-not-accepted = The address of “{ $call }” is not publicly documented, and Cubu did not accept the assumed one.
address-or-gone = Cubu found nothing under the address of “{ $call }”. That address is not publicly documented: either it differs here, or what the call is about is gone.
hint-correct-address = Ask the administrator for the address of “{ $call }” and correct it in the profile under Advanced > Endpoint addresses.

## Refusals that Cubu documents

lock-not-held = The agent is not serving this case.
tracking-off = The organisation does not track the status of its agents.
tracking-off-or-unit = Either the organisation does not track the status of its agents, or the agent may not work in this unit.
unit-not-accessible = The agent may not work in this unit.
hint-unit-access = Choose another unit, or ask the administrator to give the agent access to this one.
no-current-unit = The agent has no current unit.
hint-choose-unit = Choose the unit first.
no-current-workspace = The agent has no current workspace.
hint-workspace = A workspace can’t be chosen from here. Open Cubu and choose one there.
case-not-active = The case is no longer active.
case-not-open = The case is no longer active, pending or waiting.
case-served-elsewhere = Another agent is serving this case.
case-assigned-elsewhere = The case is assigned to another agent.
hint-refresh = Refresh to see how things stand now.
workstation-inactive = The workstation is not in use any more.
workstation-taken = Somebody else sits at this workstation.
hint-other-workstation = Choose another workstation.
already-clocked-in = The agent is clocked in already.
clock-out-refused = The agent’s status does not allow clocking out. They may be clocked out already.
not-available = The agent is neither available nor unavailable: away, or serving a case.
status-does-not-allow = The agent’s status does not allow this change.
hint-tracking = Ask the administrator about Admin tools > Settings > Workforce Management, and whether the registered application has the role { $role }.

## Changes that may have been made

outcome-unknown = The answer did not come, so it is not known whether Cubu made the change.
hint-settling = It is being found out. The verdict follows by itself as soon as Cubu can be asked.
did-not-happen = The answer did not come, and a look into Cubu shows that nothing was changed.
hint-did-not-happen = Do it again if it is still wanted.
earlier-unsettled = The outcome of an earlier change to the same calendar, customer or agent is not known yet. Nothing was sent.
hint-earlier-unsettled = It is being found out. Try again in a moment. What you typed is still here.
taken-back = It was taken back before it left. Nothing was sent.
intent-unknown = This change is settled already, or was never asked for here.
write-is-settling = The answer did not come. It is being found out whether Cubu made the change.
write-needs-eyes = The answer did not come, and Cubu has no list that tells whether the change was made. Look in Cubu, then choose.
write-happened = Cubu has made the change.
write-did-not-happen = Cubu has not made the change.
write-was-not-sent = The program ended before this was sent. Nothing was changed.
look-at-calendar = Do not repeat it blindly. Refresh the day and look whether the appointment is there.
look-at-customer = Open the customer again and compare before saving again.
look-at-customer-by-key = Find the customer by a key field before creating it again.
look-at-active-cases = Refresh the active cases before pressing again.
look-at-workstations = Refresh the workstations to see who sits where.
look-at-unit = Refresh the agent’s status to see the current unit.
look-at-status = You may do it again: it sets the same status, or Cubu says that it no longer fits.
look-at-queue = Cubu has no list of waiting cases to check against. Look at the queue in Cubu, then try again only if the case is not there.
call-again-is-harmless = Calling again once more does no harm.

## Moving an appointment

emptying-unknown = This calendar is not being emptied on this PC.
watch-over = This time is over. Choose a later one.
watch-too-far = No more than { $days } days ahead can be watched.
watch-too-many = No more than { $most } watches at once. End one first.
emptying-row-closed = This booking is seen to already, or is being seen to.
move-overlaps = The new time overlaps the old one in the same calendar, so both can’t be held at once. Nothing has been changed.
move-refused-while-held = Cubu refused the new time while the old one is held. A customer may be allowed one appointment only. Nothing has been changed.
move-refused-while-held-with = Cubu refused the new time while the old one is held: { $words } Nothing has been changed.
hint-move-needs-order = The old time can be given up first. If the new one is lost meanwhile, the old one is booked again at once.
move-open = This appointment is being moved already.
hint-move-open = See to the move that is not finished first.
move-old-gone = The appointment is not in its calendar any more.
move-not-planned = The appointment can’t be moved: the customer has checked in, is being served or was served.
move-unknown = This move is finished, or was never asked for here.
move-not-two = The other appointment is not there any more, so this one is kept.
move-same-time = This is the time that the appointment has now.
move-under-way = The appointment is being moved.
move-two-held = Two appointments are held: the old one and the new one.
hint-move-two-held = Cancel one of them. Until then both times are taken.
move-booking-unknown = The old appointment is held. It is not known whether the new time is booked.
move-giving-up-unknown = The new time is not booked yet. It is not known whether the old appointment is still held.
move-cancelling-unknown = It is not certain whether both appointments are held.
move-cancelling-new-unknown = The old appointment is held. It is not known whether the new one is cancelled.
move-booking-after-unknown = The old time is given up. It is not known whether the new one is booked.
move-rebooking-unknown = The new time could not be booked. It is not known whether the old one is booked again.
hint-move-look = Look at both days in Cubu, or let it be looked for again.
move-waiting = The move was cut off before anything was changed. The old appointment is held.
hint-move-waiting = Go on to have it looked for again.
move-done = The appointment is moved.
move-unchanged = The appointment was not moved. The old one is held, and nothing else.
move-rebooked = The new time could not be booked. The old time is booked again.
move-none-held = No appointment is held. The new time could not be booked, and the old one is taken.
hint-move-none-held = Book another time for the customer now.
move-none-held-yet = No appointment is held at this moment. Booking goes on as soon as Cubu can be asked.
hint-move-none-held-yet = Try again now.
move-closed = Somebody who looked in Cubu closed this move.

## Connection test

role-allowed = Allowed.
role-found-nothing = The test call was answered with “not found”, not with a refusal.
role-application-unknown = Not clear: Cubu found nothing under this application id. Check it: it is on the application’s General tab in Cubu.
role-refused = Refused. Ask the administrator to tick { $role } under Admin tools > Settings > Registered applications.
role-not-tested = Not tested: Cubu could not be asked.
role-no-token = Not tested: there is no access token.
role-needs-service = Not tested: add a service to the catalogue first.
role-needs-agent = Not tested: choose an agent first.
role-needs-case = Can’t be tested without opening a case.
role-call-failed = Not clear: Cubu neither allowed nor refused the test call.

## Papers for customers

paper-no-zone = It is not known in which time zone this appointment is. Set the unit’s time zone in the catalogue.
paper-no-time = Cubu does not say at what time this appointment is.

## Pasted services

pasted-no-id = There is no id in this line.
search-gone = This search has ended.

pasted-too-many = Only the first { $most } ids were looked at.
pasted-unknown-service = Cubu does not know a service with this id.
pasted-no-calendars = Cubu lists no calendars for this service today. If it is a walk-in service, add it by hand.

## Setting up by script

provision-missing-file = { $file } could not be read: { $reason }.
provision-no-secret = There is no client secret on standard input.

## The program itself

internal = A part of Front Desk stopped.
hint-internal = Close Front Desk and start it again. If it happens again, send the log file to whoever looks after this PC.
