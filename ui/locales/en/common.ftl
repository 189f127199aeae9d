# Words of the kit, shared by every screen.

field-required = Required
combobox-none = Nothing matches. Try fewer letters.
dialog-close = Close
banner-dismiss = Dismiss
list-loading = Loading: { $list }
list-empty = { $list }: nothing here
restored-at = Restored what you were typing at { $time }.
restored-on = Restored what you were typing on { $time }.
restored-discard = Discard
stale-as-of = Last read { $age }.
stale-refresh = Read again

error-headline = Could not do that
error-try-again = Try again
error-open-connection = Open Connection
error-request-id = For support, request

age-now = just now
age-seconds = { $count } s ago
age-minutes = { $count } min ago
age-hours = { $count } h ago
age-days =
    { $count ->
        [one] 1 day ago
       *[other] { $count } days ago
    }
duration-minutes = { $minutes } min

evidence-documented = Documented
evidence-documented-text = The vendor’s page for this call was seen whole.
evidence-partial = Partly documented
evidence-partial-text = Part of the vendor’s page for this call was seen; the rest of its answer is read leniently.
evidence-assumed = Assumed
evidence-assumed-text = Neither the address nor the role of this call is publicly documented. Both follow its neighbours; the address can be corrected under Connection, Advanced.

about-call = About this call: { $call }
about-call-address = Address
about-call-role = Role
about-call-kind = Kind
about-call-correct = Correct the address
call-kind-read = Reads only; safe to repeat
call-kind-write = Changes something; sent again by itself only when Cubu can’t have taken it

role-agentImpersonator = Agent Impersonator
role-appointmentsManager = Appointments Manager
role-caseManager = Case Manager
role-customersManager = Customers Manager
role-organizationReader = Organization Reader

open-in-cubu = Open in Cubu
open-in-cubu-unset = Do this in Cubu itself. Your administrator can add Cubu’s web address under Connection, so that a button here opens it.
