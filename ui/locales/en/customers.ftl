# Customers: search, card, edit, new.

customers-region = Customer
customers-nameless = Customer without a name
customers-yes = Yes
customers-no = No
customers-not-set = Not set
customers-empty-value = empty

customers-search-label = Find a customer
customers-search-where = Look in
customers-search-any = Any key field
customers-search-record-id = Record id
customers-search-slug = Another field, by its slug
customers-search-slug-label = Slug of the key field
customers-search-slug-placeholder = Slug, such as phone-number
customers-search-text = Look for
customers-search-placeholder = The whole phone number, id or e-mail address
customers-search-id-seen = This is a record id, so it is looked up as one.
customers-search-find = Find
customers-search-busy = Looking…
customers-search-problem-empty = Type what to look for.
customers-search-problem-record-id = A record id looks like 0f8fad5b-d9cb-469f-a165-70867728950e. Paste it whole, or look in another field.
customers-search-problem-slug = Type the slug of the key field. Your Cubu administrator can tell it.

customers-home-title = Look the customer up first
customers-home-text = Cubu finds exact values only: the whole phone number, id or e-mail address, or a pasted record id.
customers-home-create = Nothing to look up by? New customer

customers-missed-title = Nobody has
customers-missed-text = Cubu knows no customer with exactly this. It does not find parts or similar spellings.
customers-missed-by-id = No customer has this record id. It may be cut short, or belong to another organisation.
customers-missed-tried = Looked in
customers-missed-again = Change the search

customers-recent = Seen in this session
customers-recent-none = Nobody yet
customers-recent-none-text = Customers you open stay here until the program closes.
customers-recent-note = Forgotten when the program closes.
customers-recent-draft = Unsaved changes

customers-card-record-id = Record id
customers-card-created = Created { $when }
customers-card-updated = Changed { $when }
customers-card-read = Read { $age }
customers-card-no-fields = No fields
customers-card-no-fields-text = Cubu answered with the record, but without any of its fields.
customers-refresh = Refresh
customers-forget = Forget on this PC
customers-forget-title = Forget this customer on this PC?
customers-forget-text = Settled changes, drafts and kept days that name this customer are removed from this PC. Cubu itself still holds the customer and their appointments.
customers-forget-really = Forget on this PC
customers-forget-back = Back
customers-forgotten = Nothing about this customer is kept on this PC any more. Cubu still holds them.
customers-forgotten-but =
    { $left ->
        [one] Forgotten, except for { $left } change that is not settled. Forget the customer again when it is.
       *[other] Forgotten, except for { $left } changes that are not settled. Forget the customer again when they are.
    }
customers-key = Key
customers-key-text = Customers can be found by this field. No two should have the same.
customers-type-unknown = Type “{ $dataType }” is not known here; shown as text.
customers-book = Book for this customer
customers-queue-up = Queue up
customers-edit = Edit
customers-draft-waits = Changes to this customer are not saved yet.
customers-draft-continue = Continue editing
customers-draft-discard = Discard

customers-field-key-label = { $field } (key)
customers-field-date-hint = Year, month, day: 1984-03-09. Or 9.3.1984.
customers-field-choice-hint = Cubu has a list of choices here that it does not tell. Type the choice as Cubu spells it.
customers-field-unknown-hint = Type “{ $dataType }” is not known here. What you type is sent as text.
customers-field-sent-as = Sent as { $value }
customers-problem-required = This field can’t be empty.
customers-problem-boolean = Choose yes or no.
customers-problem-number = Type a number, such as 12 or 12.5.
customers-problem-date = Type a date as year, month, day: 1984-03-09. Or 9.3.1984.
customers-problem-email = An e-mail address looks like name@example.com.
customers-problem-phone = Type the digits of the number, with + in front for other countries.
customers-problem-field-id = A field type id looks like 0f8fad5b-d9cb-469f-a165-70867728950e.
customers-problem-field-id-missing = Which field is this value for? Type its field type id.

customers-edit-heading = Edit
customers-edit-was = was
customers-edit-becomes = becomes
customers-edit-undo = Put { $field } back
customers-edit-key-note = Key field: from then on, this customer is found by the new value.
customers-edit-review = What will change
customers-edit-nothing = Nothing changed yet. Only fields that differ are sent.
customers-edit-save =
    { $count ->
        [0] Save
        [one] Save 1 change
       *[other] Save { $count } changes
    }
customers-edit-saving = Saving…
customers-edit-leave = Keep for later
customers-edit-back = Back
customers-saved = Saved: { $name }
customers-edit-unsettled = Cubu may or may not have these changes.
customers-edit-unsettled-text = The answer was lost on the way. Read the customer again: what Cubu holds is then compared with what was sent. Nothing is sent again until then.
customers-read-again = Read the customer again
customers-verdict-there = Cubu has all of these changes.
customers-verdict-missing = Cubu does not have all of these changes.
customers-verdict-missing-text = These did not arrive. They are still in the form; save once more if they are still wanted.

customers-create-new = New customer
customers-create-side = Before creating
customers-create-continue = Continue the new customer
customers-create-send = Create customer
customers-create-sending = Creating…
customers-create-checking = Looking for the same customer…
customers-create-all-the-same = Create all the same
customers-created = Created: { $name }
customers-create-no-fields = This desk does not know the fields of your customers yet.
customers-create-no-fields-text = Cubu has no list of them. Look one customer up first and they are learnt from the answer, or add fields by their ids below.
customers-create-look-up = Look a customer up
customers-create-nothing = Fill in at least one field.
customers-create-no-key = None of the key fields ({ $fields }) is filled in, so this customer can’t be found from here again.
customers-create-taken = This customer may exist already.
customers-create-taken-text = Open that one, or create another all the same. Cubu may refuse a second one with the same key.
customers-create-unchecked = Whether this customer exists already could not be checked.
customers-create-unchecked-text = You can create the customer all the same. A key value that is taken may be refused by Cubu, or make a second record.
customers-create-unsettled = Cubu may or may not have created this customer.
customers-create-unsettled-text = The answer was lost on the way. Look before creating again, or there may be two.
customers-create-unsettled-no-key = Without a key field this can’t be looked up from here. Search for the customer in Cubu itself.
customers-create-look = Look whether it was created
customers-create-not-there = I looked: not there
customers-create-looked-missing = The customer was not created.
customers-create-looked-missing-text = Nobody has these key values. What you typed is still here; create it once more.
customers-create-looked-there = The customer had been created.
customers-key-checking = Looking whether somebody has this already…
customers-key-free = Nobody has this yet
customers-key-taken = { $name } has this already.
customers-key-open-this = Open this customer
customers-key-open = Open { $name }
customers-key-unchecked = Could not check whether somebody has this already.
customers-own-field = Field { $number }, by its id
customers-own-field-id = Field type id
customers-own-field-value = Value, sent as text
customers-own-field-remove = Remove field { $number }
customers-own-field-add = Add a field by its id

customers-key-save = Save, or create
customers-key-leave = Leave the form, keeping a draft
