//! The course of a campaign: desks opened, clerks at work, the weather turning, desks killed and started again, the outage in
//! the end, and the report.

use std::{
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use chrono::{DateTime, Utc};
use cubu_simulator::{Options, Running};
use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::{task::JoinHandle, time::sleep};

use super::{
    Order, Outcome, Report,
    clerk::{Clerk, Shared},
    ledger::Ledger,
    line::{Line, Process},
    naive::Naive,
    strikes::Strikes,
    town::{Town, list},
    verdict::{Figures, Wrong, tell},
    weather::{self, Clock},
};
use crate::bench;

const DESKS: usize = 6;
const CLERKS: usize = 5;
/// The weather turns after so many writes.
const STRETCH: usize = 150;
/// A desk is killed about every so many writes.
const BETWEEN_KILLS: usize = 25;
/// So short that a clock which is ten minutes ahead finds a token worthless.
const TOKEN_LIFETIME: Duration = Duration::from_secs(560);
/// How long the network is away in the end, and the same in haste.
const OUTAGE: Duration = Duration::from_secs(8);
const SHORT_OUTAGE: Duration = Duration::from_millis(1_200);
/// How long a verdict may take once the network is back.
const SOON: f64 = 10.0;
/// Between two looks at how far things are.
const TICK: Duration = Duration::from_millis(20);
/// So large a share of the requests something has to befall, and every kind of fault has to strike, in a campaign this long.
const ENOUGH: f64 = 1.0 / 3.0;
const LONG: usize = 3_000;
/// So many wrong stories are told in full.
const TOLD: usize = 6;

/// A campaign under way.
pub struct Field {
    order: Order,
    lines: Vec<Arc<Line>>,
    shared: Arc<Shared>,
    chance: Mutex<StdRng>,
    strikes: Mutex<Strikes>,
    /// Requests before anything went wrong.
    quiet: u64,
    kills: AtomicU64,
    /// Removed with the campaign.
    _folders: Vec<TempDir>,
}

/// How the network's return went.
pub struct Return {
    at: DateTime<Utc>,
}

impl Field {
    /// Opens Cubu and the desks; nothing goes wrong yet.
    pub async fn open(order: Order) -> Outcome<Self> {
        let cubu = cubu_simulator::start(Options {
            seed: order.seed,
            token_lifetime: TOKEN_LIFETIME,
            ..Options::default()
        })
        .await?;
        let probe = Line::Naive(Naive(bench::client::client(&cubu.connection)?));
        let town = Town::see(cubu.world(), &probe, DESKS).await?;
        let mut lines = Vec::new();
        let mut folders = Vec::new();
        for _ in 0..DESKS {
            let folder = tempfile::tempdir()?;
            let line = if order.naive {
                Line::Naive(Naive(bench::client::client(&cubu.connection)?))
            } else {
                let desk = Process::new(folder.path().to_owned());
                desk.start(false)?;
                furnish(Line::Desk(desk), &cubu, &town).await?
            };
            lines.push(Arc::new(line));
            folders.push(folder);
        }
        let quiet = requests(&cubu);
        Ok(Self {
            order,
            lines,
            shared: Arc::new(Shared {
                seed: order.seed,
                cubu,
                town,
                done: AtomicUsize::new(0),
                stories: Mutex::default(),
                booked: Mutex::default(),
            }),
            chance: Mutex::new(StdRng::seed_from_u64(order.seed)),
            strikes: Mutex::default(),
            quiet,
            kills: AtomicU64::new(0),
            _folders: folders,
        })
    }

    /// How many writes are made at the product's own pace.
    pub fn last_part(&self) -> usize {
        let share = (self.order.writes / 20).clamp(2 * DESKS * CLERKS, 300);
        if self.order.naive {
            0
        } else {
            share.min(self.order.writes)
        }
    }

    fn draw<T>(&self, draw: impl FnOnce(&mut StdRng) -> T) -> T {
        draw(&mut self.chance.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn turn_weather(&self, clock: Clock) -> Outcome<()> {
        self.note_strikes();
        let rules = self.draw(|chance| weather::draw(chance, clock));
        Ok(self.shared.cubu.set_faults(&rules)?)
    }

    fn note_strikes(&self) {
        self.strikes().note(&self.shared.cubu.faults());
    }

    fn strikes(&self) -> MutexGuard<'_, Strikes> {
        self.strikes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn clerks(&self) -> Vec<Clerk> {
        let clerk = |number: usize| Clerk {
            desk: number % DESKS,
            place: number / DESKS,
            line: Arc::clone(&self.lines[number % DESKS]),
            shared: Arc::clone(&self.shared),
            at_work: false,
            unit: Value::Null,
            active: Vec::new(),
            shared_active: Vec::new(),
        };
        (0..DESKS * CLERKS).map(clerk).collect()
    }

    fn set_to_work(clerks: Vec<Clerk>, from: usize, to: usize) -> Vec<JoinHandle<Clerk>> {
        let many = clerks.len().max(1);
        let share = |(number, clerk): (usize, Clerk)| {
            tokio::spawn(clerk.work((from + number..to).step_by(many).collect()))
        };
        clerks.into_iter().enumerate().map(share).collect()
    }

    async fn kill(&self, desk: usize, unhurried: bool) -> Outcome<()> {
        if let Line::Desk(process) = &*self.lines[desk] {
            process.kill()?;
            self.kills.fetch_add(1, Ordering::Relaxed);
            sleep(Duration::from_millis(
                self.draw(|chance| chance.random_range(0..300)),
            ))
            .await;
            process.start(unhurried)?;
        }
        Ok(())
    }

    /// All but the last writes: at a shortened clock, in weather that turns, with desks that are killed.
    pub async fn most(&self, writes: usize) -> Outcome<Vec<Clerk>> {
        let at_work = Self::set_to_work(self.clerks(), 0, writes);
        let (mut next_turn, mut next_kill) = (0, BETWEEN_KILLS);
        while at_work.iter().any(|clerk| !clerk.is_finished()) {
            let done = self.shared.done.load(Ordering::Relaxed);
            if done >= next_turn {
                next_turn += STRETCH;
                self.turn_weather(Clock::Short)?;
                if self.draw(|chance| chance.random_bool(0.3)) {
                    self.shared.cubu.refuse_connections(SHORT_OUTAGE).await;
                }
            }
            if done >= next_kill {
                next_kill += self.draw(|chance| chance.random_range(1..2 * BETWEEN_KILLS));
                let desk = self.draw(|chance| chance.random_range(0..DESKS));
                self.kill(desk, false).await?;
            }
            sleep(TICK).await;
        }
        let mut clerks = Vec::new();
        for clerk in at_work {
            clerks.push(clerk.await?);
        }
        Ok(clerks)
    }

    /// The last writes: at the product's own pace, with an outage in the middle during which every desk is killed.
    pub async fn end(&self, clerks: Vec<Clerk>, from: usize) -> Outcome<Option<Return>> {
        if self.last_part() == 0 {
            return Ok(None);
        }
        for desk in 0..DESKS {
            self.kill(desk, true).await?;
        }
        self.turn_weather(Clock::Long)?;
        let at_work = Self::set_to_work(clerks, from, self.order.writes);
        let half = self.order.writes - self.last_part() * 6 / 10;
        while self.shared.done.load(Ordering::Relaxed) < half {
            sleep(TICK).await;
        }
        let since = Instant::now();
        self.shared.cubu.refuse_connections(OUTAGE).await;
        for desk in 0..DESKS {
            if desk % 2 == 0 {
                self.kill(desk, true).await?;
            }
        }
        sleep(OUTAGE.saturating_sub(since.elapsed())).await;
        self.note_strikes();
        self.shared.cubu.clear_faults();
        let back = Return { at: Utc::now() };
        for clerk in at_work {
            clerk.await?;
        }
        Ok(Some(back))
    }

    /// Compares what was told with what was done.
    pub async fn report(&self, began: Instant, back: Option<Return>) -> Outcome<Report> {
        let cubu = &self.shared.cubu;
        self.note_strikes();
        cubu.clear_faults();
        while cubu.faults()["promisedWrites"].as_u64() != Some(0) {
            sleep(TICK).await;
        }
        let entries = cubu.ledger();
        let stories = self
            .shared
            .stories
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let ledger = Ledger::read(&entries, &stories, &self.shared.town.world);
        let figures = Figures::of(&stories, &ledger);
        let unsettled = back.map(|back| {
            let waits = stories
                .iter()
                .filter(|story| story.asked < back.at)
                .filter_map(|story| Some((story.verdict? - back.at).as_seconds_f64()));
            waits.fold(0.0, f64::max)
        });
        let requests = requests(cubu) - self.quiet;
        let strikes = self.strikes();
        let share = share(strikes.touched, requests);
        let wrong = |wrong| figures.count(wrong);
        let json = json!({
            "writes": stories.len(),
            "doubled": wrong(Wrong::Doubled),
            "lost": wrong(Wrong::Lost),
            "wrongly_reported": wrong(Wrong::WronglyReported),
            "never_settled": wrong(Wrong::Stuck),
            "unexplained": wrong(Wrong::Unexplained),
            "unknown_reported": figures.unknown.values().sum::<usize>(),
            "unknown_by_call": figures.unknown,
            "unknown_because": figures.reasons,
            "unsettled_after_s": unsettled,
            "token_requests": cubu.requests("Token"),
            "seed": self.order.seed,
            "settling": !self.order.naive,
            "desks": DESKS,
            "kills": self.kills.load(Ordering::Relaxed),
            "requests": requests,
            "requests_touched": strikes.touched,
            "share_touched": share,
            "faults": strikes.calls,
            "faults_at_sign_in": strikes.sign_in,
            "ledger": entries.len(),
            "calls": figures.calls,
            "told": figures.told,
            "twins": figures.twins,
            "writes_at_the_products_pace": self.last_part(),
            "seconds": began.elapsed().as_secs(),
        });
        let in_time = unsettled.is_none_or(|seconds| seconds <= SOON);
        // A short campaign may be lucky.
        let is_bad_weather = stories.len() < LONG || share >= ENOUGH && strikes.all_kinds();
        let first = figures.wrong.iter().take(TOLD);
        Ok(Report {
            json,
            good: figures.are_good() && in_time && is_bad_weather,
            wrong: first
                .map(|(index, wrong)| tell(*index, *wrong, &stories, &ledger))
                .collect(),
        })
    }
}

/// All that was asked of Cubu so far, the token endpoint included.
fn requests(cubu: &Running) -> u64 {
    let routes = cubu_simulator::ROUTES.iter();
    let calls = routes.map(|route| cubu.requests(route.name));
    calls.sum::<u64>() + cubu.requests("Token")
}

#[expect(clippy::cast_precision_loss, reason = "a share of some thousands")]
fn share(part: u64, whole: u64) -> f64 {
    part as f64 / whole.max(1) as f64
}

/// A desk with its profile, secret and catalogue, which knows the customers' fields.
async fn furnish(line: Line, cubu: &Running, town: &Town) -> Outcome<Line> {
    let connection = &cubu.connection;
    let profile = json!({
        "name": "Town hall",
        "authority": connection.authority,
        "baseUrl": connection.base_url,
        "tenantId": connection.tenant_id,
        "clientId": connection.client_id,
        "applicationId": connection.application_id,
        "cubuWebUrl": "https://app.example.org/",
        "customerIdSpelling": "both",
        "addresses": [],
    });
    let profile = line
        .must("save_profile", json!({ "profile": profile }))
        .await?;
    let id = &profile["id"];
    let secret = json!({ "profileId": id, "clientSecret": connection.client_secret });
    line.must("set_client_secret", secret).await?;
    line.must("activate_profile", json!({ "profileId": id }))
        .await?;
    for unit in list(&town.world, "units") {
        line.must("put_unit", unit.clone()).await?;
    }
    for service in list(&town.world, "services") {
        line.must("put_service", service.clone()).await?;
    }
    // What can be taken back would wait some seconds first.
    let mut settings = line.must("get_settings", json!({})).await?;
    settings["undoSeconds"] = json!(0);
    line.must("save_settings", json!({ "settings": settings }))
        .await?;
    let customer = town.world["customers"][0]["recordId"].clone();
    line.must("get_customer", json!({ "customerRecordId": customer }))
        .await?;
    Ok(line)
}
