//! Every message this crate can give, as a function with the arguments its Fluent text needs. The function's name with
//! dashes is the message's id in `ui/locales/*/errors.ftl`; a test holds the list and the file equal.

use crate::text::{Argument, Text};

macro_rules! messages {
    ($($name:ident($($arg:ident),*);)+) => {
        $(pub(crate) fn $name($($arg: impl Into<Argument>),*) -> Text {
            Text::named(stringify!($name), [$((stringify!($arg), $arg.into())),*])
        })+

        /// Every message, with words for its arguments.
        #[cfg(test)]
        pub(crate) fn all() -> Vec<Text> {
            vec![$($name($({ let _ = stringify!($arg); 7 }),*)),+]
        }
    };
}

messages! {
    // What was typed or sent by the window.
    fields_invalid();
    field_missing();
    field_wrong_type(expected);
    field_not_an_id();
    field_not_a_date();
    field_not_a_choice();
    field_malformed();
    field_empty();
    field_too_long(limit);
    field_out_of_range(least, most);
    address_malformed();
    address_needs_https();
    address_http_elsewhere();
    address_credentials();
    address_too_much();
    template_unknown_call();
    template_not_a_path();
    template_too_much();
    template_segment(segment);
    template_unknown_placeholder(name);
    template_missing_placeholder(name);
    template_not_correctable();
    template_twice();
    zone_unknown(zone);
    field_not_a_zone(zone);
    command_unknown();
    request_unreadable();

    // Documents and files.
    document_too_large(limit);
    document_too_deep();
    document_not_json(line);
    document_not_ours();
    document_newer(schema);
    document_fields();
    hint_document();
    hint_document_newer();
    file_newer(file);
    file_set_aside(file, aside);
    file_unreadable(file, reason);
    file_not_written(reason);
    hint_file_not_written();

    // The journal.
    journal_in_memory();
    journal_locked();
    journal_is_locked();
    hint_journal_is_locked();
    journal_of_passphrase_left();
    journal_of_keychain_left();
    passphrase_wrong();
    passphrase_weak(least);
    journal_set_aside(aside);
    journal_taken();
    hint_journal_taken();
    journal_newer();
    journal_failed(reason);
    disk_full();
    hint_disk_full();
    folder_read_only();
    hint_folder_read_only();

    // Erasing everything.
    erasing_forgets();
    hint_erasing_forgets();
    everything_erased();
    erased_but_keychain();

    // The audit trail.
    audit_whole(entries, forgotten, withheld);
    audit_broken(entry, difference);
    audit_broken_in_file(line, entry, difference);
    audit_file_unreadable(reason);
    audit_file_empty();
    audit_file_else();
    audit_file_newer();

    // Connection.
    not_connected();
    hint_connect();
    secret_missing();
    hint_secret();
    keychain_missing(store, reason);
    keychain_refused(reason);
    hint_keychain();
    secret_left_behind();
    profile_unknown();
    practice_fixed();
    practice_failed(reason);
    client_refused(reason);
    token_secret();
    token_application();
    token_tenant();
    token_expired_secret();
    token_client();
    token_refused();
    token_unreachable();
    token_busy();
    token_not_a_sign_in();
    hint_token_secret();
    hint_token_application();
    hint_token_tenant();
    hint_token_authority();
    hint_token_other();
    hint_token_support(correlation);
    token_works();

    // Emptying a calendar-day.
    emptying_unknown();
    emptying_row_closed();

    // Watches for earlier times.
    watch_over();
    watch_too_far(days);
    watch_too_many(most);

    // What became of a call.
    offline();
    hint_offline();
    timed_out();
    interrupted();
    hint_try_again();
    busy();
    busy_for(seconds);
    hint_busy();
    unauthorized();
    hint_unauthorized();
    role_missing(role);
    hint_role(role);
    server_failed(status);
    hint_server_failed();
    redirected(status);
    hint_address();
    unreadable_answer();
    unreadable_field(path);
    hint_unreadable();
    answer_too_large();
    rejected(status);
    rejected_with(status, words);
    hint_rejected();
    slot_taken();
    hint_choose_slot();
    hint_slot_taken();
    conflict();
    conflict_with(words);
    hint_conflict();
    gone();
    customer_gone();
    workstation_elsewhere();
    hint_gone();
    address_not_accepted(call);
    address_or_gone(call);
    hint_correct_address(call);

    // Refusals that Cubu documents.
    lock_not_held();
    tracking_off();
    tracking_off_or_unit();
    unit_not_accessible();
    hint_unit_access();
    no_current_unit();
    hint_choose_unit();
    no_current_workspace();
    hint_workspace();
    case_not_active();
    case_not_open();
    case_served_elsewhere();
    case_assigned_elsewhere();
    hint_refresh();
    workstation_inactive();
    workstation_taken();
    hint_other_workstation();
    already_clocked_in();
    clock_out_refused();
    not_available();
    status_does_not_allow();
    hint_tracking(role);

    // A change that may have been made.
    outcome_unknown();
    hint_settling();
    did_not_happen();
    hint_did_not_happen();
    earlier_unsettled();
    hint_earlier_unsettled();
    taken_back();
    intent_unknown();
    write_is_settling();
    write_needs_eyes();
    write_happened();
    write_did_not_happen();
    write_was_not_sent();
    look_at_calendar();
    look_at_customer();
    look_at_customer_by_key();
    look_at_active_cases();
    look_at_workstations();
    look_at_unit();
    look_at_status();
    look_at_queue();
    call_again_is_harmless();

    // Moving an appointment.
    move_overlaps();
    move_refused_while_held();
    move_refused_while_held_with(words);
    hint_move_needs_order();
    move_open();
    hint_move_open();
    move_old_gone();
    move_not_planned();
    move_unknown();
    move_not_two();
    move_same_time();
    move_under_way();
    move_two_held();
    hint_move_two_held();
    move_booking_unknown();
    move_giving_up_unknown();
    move_cancelling_unknown();
    move_cancelling_new_unknown();
    move_booking_after_unknown();
    move_rebooking_unknown();
    hint_move_look();
    move_waiting();
    hint_move_waiting();
    move_done();
    move_unchanged();
    move_rebooked();
    move_none_held();
    hint_move_none_held();
    move_none_held_yet();
    hint_move_none_held_yet();
    move_closed();

    // Connection test, role by role.
    role_allowed();
    role_found_nothing();
    role_application_unknown();
    role_refused(role);
    role_not_tested();
    role_no_token();
    role_needs_service();
    role_needs_agent();
    role_needs_case();
    role_call_failed();

    // Finding a time.
    search_gone();

    // Papers for customers.
    paper_no_zone();
    paper_no_time();

    // Pasted services.
    pasted_no_id();
    pasted_too_many(most);
    pasted_unknown_service();
    pasted_no_calendars();

    // Starting by script.
    provision_missing_file(file, reason);
    provision_no_secret();

    internal();
    hint_internal();
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::{commands, text};

    #[test]
    fn every_message_has_its_words_and_every_text_its_message() {
        let mut problems = Vec::new();
        let mut ids = BTreeSet::new();
        for message in all() {
            if text::format_with(&message, &mut problems).is_none() {
                problems.push(format!("{} has no text", message.id));
            }
            ids.insert(message.id);
        }
        for command in commands::NAMES {
            let headline = Text::named(&format!("failed_{command}"), []);
            if text::format_with(&headline, &mut problems).is_none() {
                problems.push(format!("{} has no text", headline.id));
            }
            ids.insert(headline.id);
        }
        for line in text::ENGLISH
            .lines()
            .filter(|line| line.starts_with(|letter: char| letter.is_ascii_lowercase()))
        {
            let id = line.split_once(" =").map_or(line, |(id, _)| id);
            if !ids.contains(id) {
                problems.push(format!("nothing says {id}"));
            }
        }
        problems.dedup();
        assert!(problems.is_empty(), "{problems:#?}");
    }
}
