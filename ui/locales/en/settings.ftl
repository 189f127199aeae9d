# Settings.

settings-look = Look
settings-theme = Theme
settings-theme-system = As the system
settings-theme-light = Light
settings-theme-dark = Dark
settings-theme-contrast = High contrast
settings-density = Density
settings-density-hint = Compact shows more rows at once.
settings-density-comfortable = Comfortable
settings-density-compact = Compact
settings-words = Language
settings-language = Language
settings-language-system = As the system
settings-language-en = English
settings-direction = Reading direction
settings-direction-hint = Automatic follows the language.
settings-direction-auto = Automatic
settings-direction-ltr = Left to right
settings-direction-rtl = Right to left
settings-keys = Keyboard
settings-single-keys = Single-key shortcuts
settings-single-keys-hint = Keys such as T or / act without Ctrl. They never do while you type.
settings-changes = Changes
settings-undo-seconds = Wait before a cancellation leaves, in seconds
settings-undo-seconds-hint = A cancelled appointment or a resolved case can be undone for so long, with Ctrl+Z. 0 sends it at once; 30 is the most.
settings-kept = Data on this PC
settings-kept-closed = Changes are written down before they are sent, encrypted, as soon as an organisation is connected.
settings-kept-keychain = Changes are kept in an encrypted file. Its key is in the keychain.
settings-kept-passphrase = Changes are kept in an encrypted file. Its key is made from your passphrase.
settings-kept-memory = Changes are kept in memory. If this program ends, it forgets those that are not settled.
settings-kept-locked = It is not decided yet how changes are kept. Nothing can be changed until then.
settings-kept-unavailable = Changes can’t be written down, so nothing can be changed.
settings-keep-days = Days to keep settled changes
settings-keep-days-hint = From 1 to 365. The log is kept for as long. Changes that are not settled stay until they are.
settings-trail = Audit trail
settings-trail-text = Every change made at this desk is written down in it. Entries go when their days are over, so export it in time if it is to be kept.
settings-trail-export = Export the audit trail
settings-passphrase-change = Change passphrase
passphrase-title = Change the passphrase
passphrase-text = What is kept is encrypted anew. The old passphrase opens nothing any more.
passphrase-present = Present passphrase
passphrase-next = New passphrase
passphrase-again = The new one once more
passphrase-back = Keep the present one
passphrase-changed = The passphrase is changed.
erasure-heading = Erase everything
erasure-text = For a PC that changes hands or is given back. The program is then as at its first start.
erasure-begin = Erase all data on this PC
erasure-title = Erase all data on this PC?
erasure-goes = This can’t be undone. What goes:
erasure-goes-journal = Every change that was written down, the audit trail, drafts and the days that are kept
erasure-goes-profiles = Every organisation with its catalogue, and the settings
erasure-goes-secrets = Client secrets and the key of the journal, from the keychain too
erasure-goes-rest = The log, and files that were set aside because they were damaged
erasure-stays = Cubu is not changed, and files that were exported or printed stay where they are. To set this PC up again, an exported profile and the client secret are needed.
erasure-open = Changes that are not settled
erasure-open-title = { $count ->
    [one] 1 change is not settled
   *[other] { $count } changes are not settled
}
erasure-open-text = { $count ->
    [one] Nobody here will learn what becomes of it. Settle it first, or look in Cubu whether it was made.
   *[other] Nobody here will learn what becomes of them. Settle them first, or look in Cubu whether they were made.
}
erasure-forget = { $count ->
    [one] Forget this change
   *[other] Forget these { $count } changes
}
erasure-unread-title = Changes that can’t be read now
erasure-unread-text = There is a journal on this PC whose passphrase was not typed, or whose key can’t be had now. Some of its changes may not be settled.
erasure-forget-unread = Forget them unread
erasure-word = ERASE
erasure-type = Type { $word } to go on
erasure-type-hint = Capital or small letters.
erasure-back = Keep everything
erasure-do = Erase everything
settings-about = About
settings-version = Version
settings-keychain = Secrets are kept in
settings-keychain-none = no keychain; until the program closes
settings-organisation = Organisation
