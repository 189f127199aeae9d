// What a page asked of its desk and what it showed, told when a test fails: a marker that never came says nothing by itself.
import type { Page, Request } from "playwright-core";

interface Question {
  command: string;
  asked: number;
  /** How it was answered and when, or nothing while it is on its way. */
  answer?: string;
}

const asked = new WeakMap<Page, Question[]>();
const TOLD = 12;

/** Keeps in mind what the page asks from here on. */
export function witness(page: Page): void {
  const questions: Question[] = [];
  asked.set(page, questions);
  page.on("request", (request) => {
    const command = request.url().split("/api/")[1];
    if (!command) return;
    const question: Question = { command, asked: Date.now() };
    questions.push(question);
    void answerOf(request).then(
      (answer) => (question.answer = `${answer} after ${Date.now() - question.asked} ms`),
      (problem: unknown) => (question.answer = String(problem)),
    );
  });
}

/** What it was answered, and why it was refused. */
async function answerOf(request: Request): Promise<string> {
  const response = await request.response();
  if (!response) return request.failure()?.errorText ?? "no answer";
  return response.status() === 422 ? await response.text() : String(response.status());
}

/** The page as it stands, and the last questions, newest first: where a log is cut, the beginning is what stays. */
export async function testimony(page: Page): Promise<string> {
  const now = Date.now();
  const questions = (asked.get(page) ?? [])
    .slice(-TOLD)
    .reverse()
    .map(({ command, asked, answer }) => `${command}, ${now - asked} ms ago: ${answer ?? "not answered"}`);
  const shown = await page.evaluate(() => {
    const here = document.activeElement;
    const visible = (element: Element) => (element as HTMLElement).checkVisibility();
    const states = [...document.querySelectorAll("[data-state]")].filter(visible);
    const text = (document.querySelector("dialog[open]") ?? document.querySelector("main") ?? document.body) as HTMLElement;
    return [
      `keyboard: ${here?.tagName.toLowerCase()} ${here?.getAttribute("aria-label") ?? here?.textContent?.slice(0, 80) ?? ""}`,
      ...states.map((state) => `state: ${state.getAttribute("data-state")}, ${state.getAttribute("aria-label") ?? ""}`),
      text.innerText.replace(/\s+/g, " ").slice(0, 4000),
    ];
  });
  return [...shown, ...questions].join("\n  ");
}
