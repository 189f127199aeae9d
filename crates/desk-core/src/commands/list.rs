// The one list of commands, in a file of its own: the shell's build script includes it to make one permission for each.

/// Hands the list of commands to a macro: `name: Request => Response;` for each. The types are those of
/// [`crate::api`].
#[macro_export]
macro_rules! for_each_command {
    ($callback:ident) => {
        $callback! {
            call_again: CallAgain => ();
            clock_in: ClockIn => ();
            clock_out: ClockOut => ();
            get_agent_status: GetAgentStatus => AgentStatus;
            list_active_cases: ListActiveCases => Vec<Case>;
            list_inboxes: ListInboxes => Vec<Inbox>;
            list_workspaces: ListWorkspaces => Vec<Workspace>;
            list_workstations: ListWorkstations => Vec<Workstation>;
            occupy_workstation: OccupyWorkstation => ();
            resolve_case: ResolveCase => ResolvedCase;
            select_current_unit: SelectCurrentUnit => ();
            start_next_case: StartNextCase => Option<StartedCase>;
            become_available: BecomeAvailable => ();
            become_unavailable: BecomeUnavailable => ();
            vacate_workstation: VacateWorkstation => VacateOutcome;
            book_appointment: BookAppointment => BookedAppointment;
            cancel_appointment: CancelAppointment => CancelOutcome;
            list_appointments: ListAppointments => Vec<Appointment>;
            list_calendars: ListCalendars => Vec<Calendar>;
            list_vacancies: ListVacancies => Vacancies;
            queue_up: QueueUp => QueuedCase;
            create_customer: CreateCustomer => CreatedCustomer;
            get_customer: GetCustomer => Customer;
            update_customer: UpdateCustomer => ();
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
            list_endpoints: Nothing => Vec<EndpointCard>;
        }
    };
}
