import Phone from "@lucide/svelte/icons/phone";
import Video from "@lucide/svelte/icons/video";
import { render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { createRawSnippet } from "svelte";
import { describe, expect, it, vi } from "vitest";
import { Resource } from "../state/resource.svelte";
import { refusal } from "../testing/fake-host";
import Button from "./Button.svelte";
import Choice from "./Choice.svelte";
import Combobox from "./Combobox.svelte";
import ErrorBanner from "./ErrorBanner.svelte";
import Field from "./Field.svelte";
import { iconRow } from "./icon-row";
import { headline } from "./headline";
import ListState from "./ListState.svelte";
import { narrow } from "./narrow";
import Tabs from "./Tabs.svelte";

const text = (words: string) => createRawSnippet(() => ({ render: () => `<span>${words}</span>` }));

describe("Button", () => {
  it("does nothing while busy", async () => {
    const onclick = vi.fn();
    const { rerender } = render(Button, { onclick, busy: true, children: text("Book") });
    await userEvent.click(screen.getByRole("button", { name: "Book" }));
    expect(onclick).not.toHaveBeenCalled();
    await rerender({ busy: false });
    await userEvent.click(screen.getByRole("button", { name: "Book" }));
    expect(onclick).toHaveBeenCalledOnce();
  });
});

describe("a row of icons", () => {
  it("is one picture of all of them side by side, and the same one again", () => {
    const row = iconRow([Video, Phone]);
    expect(row.count).toBe(2);
    const source = decodeURIComponent(row.picture.replace(/^url\("data:image\/svg\+xml,|"\)$/g, ""));
    const picture = new DOMParser().parseFromString(source, "image/svg+xml");
    expect([...picture.querySelectorAll("svg > svg")].map((icon) => icon.getAttribute("x"))).toEqual([
      "0",
      String((24 * 8) / 7),
    ]);
    expect(iconRow([Video, Phone])).toBe(row);
    expect(iconRow([Phone, Video])).not.toBe(row);
  });
});

describe("Field", () => {
  it("ties label, hint and error to the input", () => {
    render(Field, { label: "Phone", value: "12", hint: "Ten digits", error: "Too short", required: true });
    const input = screen.getByRole("textbox", { name: /Phone/ });
    expect(input.getAttribute("aria-invalid")).toBe("true");
    const described = input.getAttribute("aria-describedby")?.split(" ") ?? [];
    expect(described.map((id) => document.getElementById(id)?.textContent)).toEqual(["Too short", "Ten digits"]);
  });
});

describe("Choice", () => {
  it("says which was chosen", async () => {
    const onchange = vi.fn();
    render(Choice, {
      label: "Theme",
      value: "light",
      options: [
        { value: "light", label: "Light" },
        { value: "dark", label: "Dark" },
      ],
      onchange,
    });
    await userEvent.click(screen.getByRole("radio", { name: "Dark" }));
    expect(onchange).toHaveBeenCalledWith("dark");
  });
});

describe("Tabs", () => {
  it("moves with the arrows in reading order and wraps round", async () => {
    render(Tabs, {
      label: "Parts",
      tabs: [
        { id: "a", label: "One" },
        { id: "b", label: "Two" },
      ],
      selected: "a",
      children: text("body"),
    });
    screen.getByRole("tab", { name: "One" }).focus();
    await userEvent.keyboard("{ArrowRight}");
    expect(screen.getByRole("tab", { name: "Two" }).getAttribute("aria-selected")).toBe("true");
    await userEvent.keyboard("{ArrowRight}");
    expect(screen.getByRole("tab", { name: "One" }).getAttribute("aria-selected")).toBe("true");
    await userEvent.keyboard("{End}{Home}");
    expect(document.activeElement?.textContent).toContain("One");
  });
});

describe("Combobox", () => {
  it("narrows by every word, whatever case and accents", () => {
    const items = [
      { value: "1", label: "Zoë Vale", detail: "zoe@example.org" },
      { value: "2", label: "Robin Frost" },
    ];
    expect(narrow(items, "vale zoe").map((item) => item.value)).toEqual(["1"]);
    expect(narrow(items, "")).toHaveLength(2);
    expect(narrow(items, "nobody")).toEqual([]);
  });

  it("shows what is chosen under its label", () => {
    render(Combobox, { label: "Agent", value: "1", items: [{ value: "1", label: "Dana Frost" }] });
    expect(screen.getByRole<HTMLInputElement>("combobox", { name: "Agent" }).value).toBe("Dana Frost");
  });
});

describe("ListState", () => {
  const region = () => screen.getByRole("region", { name: "People" });
  const shown = { label: "People", children: text("Dana") };

  it("goes through its states, each marked for tests to wait on", async () => {
    let answer: () => string[] = () => [];
    const resource = new Resource<string[]>(async () => answer());
    render(ListState, { resource, ...shown });
    expect(region().dataset.state).toBe("idle");
    await resource.load();
    await vi.waitFor(() => expect(region().dataset.state).toBe("empty"));
    answer = () => ["Dana"];
    await resource.load();
    await vi.waitFor(() => expect(region().dataset.state).toBe("loaded"));
    expect(region().textContent).toContain("Dana");
    answer = () => {
      throw refusal("list_users", "offline");
    };
    await resource.load();
    await vi.waitFor(() => expect(region().dataset.state).toBe("stale"));
    expect(region().textContent).toContain("Dana");
    expect(screen.getByRole("button", { name: "Read again" })).toBeTruthy();
  });

  it("offers another try when there is nothing to show", async () => {
    let fails = true;
    const resource = new Resource<string[]>(async () => {
      if (fails) throw refusal("list_users", "offline");
      return ["Dana"];
    });
    render(ListState, { resource, ...shown });
    await resource.load();
    await vi.waitFor(() => expect(region().dataset.state).toBe("failed"));
    fails = false;
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    await vi.waitFor(() => expect(region().dataset.state).toBe("loaded"));
  });
});

describe("ErrorBanner", () => {
  it("offers no second try for a change that may have gone through", () => {
    render(ErrorBanner, {
      error: refusal("queue_up", "outcome_unknown", { outcomeUnknown: true, requestId: "r-1" }),
      onretry: vi.fn(),
    });
    expect(screen.queryByRole("button", { name: "Try again" })).toBeNull();
    expect(screen.getByRole("alert").textContent).toContain("r-1");
  });

  it("leads to the connection where that is the matter", () => {
    render(ErrorBanner, { error: refusal("list_users", "role_missing") });
    expect(screen.getByRole("button", { name: "Open Connection" })).toBeTruthy();
  });

  it("is headed by the command's own words where there are some", () => {
    const say = (id: string) => id;
    expect(headline(refusal("book_appointment", "offline"), () => true, say)).toBe("failed-book-appointment");
    expect(headline(refusal("book_appointment", "offline"), () => false, say)).toBe("error-headline");
  });
});
