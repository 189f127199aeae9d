// The one list of commands, in a file of its own: the shell's build script includes it to make one permission for each.

/// Hands the list of commands to a macro: `name: Request => Response;` for each. The types are those of
/// [`crate::api`].
#[macro_export]
macro_rules! for_each_command {
    ($callback:ident) => {
        $callback! {
            call_again: Draft<CallAgain> => ();
            clock_in: Draft<ClockIn> => ();
            clock_out: Draft<ClockOut> => ();
            get_agent_status: GetAgentStatus => AgentStatus;
            list_active_cases: ListActiveCases => Vec<Case>;
            list_inboxes: ListInboxes => Vec<Inbox>;
            list_workspaces: ListWorkspaces => Vec<Workspace>;
            list_workstations: ListWorkstations => Vec<Workstation>;
            occupy_workstation: Draft<OccupyWorkstation> => ();
            resolve_case: Draft<ResolveCase> => ResolvedCase;
            select_current_unit: Draft<SelectCurrentUnit> => ();
            start_next_case: Draft<StartNextCase> => Option<StartedCase>;
            become_available: Draft<BecomeAvailable> => ();
            become_unavailable: Draft<BecomeUnavailable> => ();
            vacate_workstation: Draft<VacateWorkstation> => VacateOutcome;
            book_appointment: Draft<BookAppointment> => BookedAppointment;
            cancel_appointment: Draft<CancelAppointment> => CancelOutcome;
            list_appointments: ListAppointments => Vec<Appointment>;
            list_calendars: ListCalendars => Vec<Calendar>;
            list_vacancies: ListVacancies => Vacancies;
            queue_up: Draft<QueueUp> => QueuedCase;
            create_customer: Draft<CreateCustomer> => CreatedCustomer;
            get_customer: GetCustomer => Customer;
            update_customer: Draft<UpdateCustomer> => ();
            find_customer: FindCustomer => Customer;
            list_back_office_tasks: ListBackOfficeTasks => Vec<BackOfficeTask>;
            list_users: ListUsers => Vec<User>;
            app_state: Nothing => AppState;
            get_profile: ProfileRef => Profile;
            save_profile: SaveProfile => ProfileSummary;
            delete_profile: ProfileRef => AppState;
            set_client_secret: SetClientSecret => SecretKept;
            activate_profile: ProfileRef => ConnectionState;
            test_connection: ProfileRef => ConnectionReport;
            start_practice: StartPractice => AppState;
            stop_practice: Nothing => AppState;
            export_profile: ProfileRef => ExportedProfile;
            export_profile_to_file: ExportToFile => ();
            import_profile: ImportProfile => ProfileSummary;
            get_catalogue: Nothing => Catalogue;
            put_service: PutService => Catalogue;
            put_service_type: PutServiceType => Catalogue;
            put_unit: PutUnit => Catalogue;
            remove_catalogue_entry: RemoveCatalogueEntry => Catalogue;
            learn_services: LearnServices => LearnedServices;
            get_settings: Nothing => Settings;
            save_settings: SaveSettings => Settings;
            agent_desk: Nothing => AgentDesk;
            choose_agent: ChooseAgent => AgentDesk;
            load_day: LoadDay => DayBoard;
            load_span: LoadSpan => SpanBoard;
            get_today: GetToday => Today;
            find_times: FindTimes => FoundTimes;
            more_times: MoreTimes => FoundTimes;
            continue_finding: SearchRef => ();
            stop_finding: SearchRef => ();
            board_view: Nothing => BoardView;
            keep_board_view: BoardView => ();
            list_unsettled: Nothing => Vec<UnsettledWrite>;
            retry_unsettled: IntentRef => RetriedWrite;
            drop_unsettled: IntentRef => Vec<UnsettledWrite>;
            keep_draft: KeepDraft => ();
            list_drafts: Nothing => Vec<KeptDraft>;
            drop_draft: DraftRef => ();
            kept_day: KeptDayRef => Option<KeptDay>;
            list_held: Nothing => Vec<HeldWrite>;
            take_back: IntentRef => TakenBack;
            send_now: IntentRef => ();
            unlock_journal: UnlockJournal => AppState;
            go_on_without_passphrase: Nothing => AppState;
            set_aside_journal: Nothing => AppState;
            forget_customer: ForgetCustomer => ForgottenCustomer;
            change_passphrase: ChangePassphrase => AppState;
            list_audit: ListAudit => AuditPage;
            export_audit: ExportAudit => ExportedAudit;
            export_audit_to_file: ExportAuditToFile => ();
            verify_audit: Nothing => AuditCheck;
            move_appointment: MoveAppointment => AppointmentMove;
            list_moves: Nothing => Vec<AppointmentMove>;
            resume_move: MoveRef => AppointmentMove;
            end_move: EndMove => AppointmentMove;
            close_move: MoveRef => Vec<AppointmentMove>;
            list_endpoints: Nothing => Vec<EndpointCard>;
        }
    };
}
