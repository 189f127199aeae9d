//! Every request and response type of the commands in one place, for whoever makes something of the list.

pub use cubu_s2s::{
    AgentStatus, Appointment, BackOfficeTask, BecomeAvailable, BecomeUnavailable, BookAppointment,
    BookedAppointment, Calendar, CallAgain, CancelAppointment, Case, ClockIn, ClockOut,
    CreateCustomer, CreatedCustomer, Customer, FindCustomer, GetAgentStatus, GetCustomer, Inbox,
    ListActiveCases, ListAppointments, ListBackOfficeTasks, ListCalendars, ListInboxes, ListUsers,
    ListVacancies, ListWorkspaces, ListWorkstations, OccupyWorkstation, QueueUp, QueuedCase,
    ResolveCase, ResolvedCase, SelectCurrentUnit, StartNextCase, StartedCase, UpdateCustomer, User,
    Vacancies, VacateWorkstation, Workspace, Workstation,
};

pub use crate::{
    agent::AgentDesk,
    catalogue::Catalogue,
    commands::{
        AppState, AuditCheck, AuditPage, CancelOutcome, ChangePassphrase, ChooseAgent,
        ConnectionReport, DraftRef, EndMove, EndpointCard, EraseLocalData, ErasurePreview,
        ExportAudit, ExportAuditToFile, ExportToFile, ExportedAudit, ForgetCustomer,
        ForgottenCustomer, HeldWrite, ImportProfile, IntentRef, KeepDraft, KeptDay, KeptDayEntry,
        KeptDayRef, KeptDraft, LearnServices, LearnedServices, ListAudit, MarkEmptied,
        MoveAppointment, MoveRef, Nothing, ProfileRef, PutCaseField, PutCaseTag, PutService,
        PutServiceType, PutUnit, RemoveCatalogueEntry, RetriedWrite, SaveProfile, SaveSettings,
        SecretKept, SetClientSecret, StartPractice, TakenBack, UnlockJournal, UnsettledWrite,
        VacateOutcome, WatchRef,
    },
    connection::ConnectionState,
    day::{DayBoard, GetToday, LoadDay, LoadSpan, MoreOfDay, SpanBoard, Today},
    draft::Draft,
    emptying::{Emptying, Proposals},
    error::CommandError,
    find::{FindTimes, FoundTimes, MoreTimes, SearchRef},
    journal::CalendarDay,
    memory::{BoardService, BoardView},
    moves::AppointmentMove,
    paper::{ExportAppointmentToFile, GetAppointmentPapers, GetTicketPapers, Papers},
    profiles::{Profile, ProfileSummary},
    settings::Settings,
    transfer::ExportedProfile,
    watches::{StartWatch, Watch, WatchRound},
};
