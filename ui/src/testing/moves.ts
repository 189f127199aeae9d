/** A move as the core would tell it, for tests. */
import type { AppointmentMove, HeldTime } from "../bindings";

const time = (startTime: number, more: Partial<HeldTime> = {}): HeldTime => ({
  serviceId: "s1",
  date: "2026-11-24",
  cuIndex: 0,
  serviceTypeId: "t1",
  startTime,
  caseId: null,
  ticket: null,
  held: "no",
  ...more,
});

export const appointmentMove = (more: Partial<AppointmentMove> = {}): AppointmentMove => ({
  moveId: "m1",
  askedAt: "2026-11-24T09:20:00Z",
  state: "moved",
  message: { id: "move-done", args: {} },
  trouble: null,
  hint: null,
  old: time(540, { caseId: "case-0-540" }),
  new: time(560, { caseId: "case-new", held: "yes" }),
  newCaseId: "case-new",
  customerRecordId: null,
  customerName: "Dana Levi",
  canResume: false,
  canChoose: false,
  canClose: true,
  ...more,
});

export const twoHeld = (more: Partial<AppointmentMove> = {}): AppointmentMove =>
  appointmentMove({
    state: "twoHeld",
    message: { id: "move-two-held", args: {} },
    trouble: { id: "did-not-happen", args: {} },
    hint: { id: "hint-move-two-held", args: {} },
    old: time(540, { caseId: "case-0-540", held: "yes", ticket: { prefix: "C", suffix: null, number: "12" } }),
    new: time(560, { caseId: "case-new", held: "yes", ticket: { prefix: "C", suffix: null, number: "13" } }),
    newCaseId: null,
    canResume: true,
    canChoose: true,
    canClose: false,
    ...more,
  });
