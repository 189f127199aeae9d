// Case fields and tags: put into the catalogue by hand, asked for by the forms of a booking and a walk-in, and sent as given.
import { expect, test } from "vitest";

import { openFreeTime } from "../door/board.ts";
import { expectAccessible } from "../door/browser.ts";
import { until } from "../door/programs.ts";
import { Session } from "../door/session.ts";

const session = Session.forFile(async ({ desk, world }) => {
  const user = world.users[0]!;
  await desk.call("choose_agent", { userId: user.userId, displayName: user.displayName });
  await desk.call("select_current_unit", { userId: user.userId, unitId: world.units[0]!.unitId });
});

const names = () => {
  const [field, tag] = [session.world.caseFields[0]!, session.world.tags[0]!];
  return { field, tag };
};

test("a field and a tag are added to the catalogue by their ids, and a wrong id is named beside it", async () => {
  const { field, tag } = names();
  const { desk, page } = session;
  const panel = await session.go("Connection");
  await panel.getByRole("tab", { name: "Catalogue" }).click();
  await session.button(`Remove ${field.name}`).click();
  await session.button(`Remove ${tag.name}`).click();
  await until("both to be gone", async () => {
    const { caseFields, caseTags } = await desk.call("get_catalogue", {});
    return !JSON.stringify([caseFields, caseTags]).match(new RegExp(`${field.name}|${tag.name}`));
  });

  await session.button("Add case field").click();
  await session.field(/^Name/).fill(field.name);
  await session.field(/^Field type id/).fill("reason");
  await expectAccessible(page);
  await session.button("Save").click();
  await page.getByText(/^This is not an id/).waitFor();
  await session.field(/^Field type id/).fill(field.fieldTypeId);
  await page.getByRole("group", { name: "Asked in" }).getByRole("checkbox", { name: "Licences by appointment" }).check();
  await session.button("Save").click();
  await session.button(`Edit ${field.name}`).waitFor();
  await session.button("Add case tag").click();
  await session.field(/^Name/).fill(tag.name);
  await session.field(/^Tag id/).fill(tag.tagId);
  await session.button("Save").click();
  await session.button(`Edit ${tag.name}`).waitFor();

  const { serviceId } = session.world.services.find(({ name }) => name === "Licences by appointment")!;
  const { caseFields, caseTags } = await desk.call("get_catalogue", {});
  expect(caseFields).toContainEqual({ ...field, serviceIds: [serviceId] });
  expect(caseTags).toContainEqual(tag);
});

test("a booking asks for them without being in the way, keeps them over a reload, and sends just these", async () => {
  const { field, tag } = names();
  const { page } = session;
  await openFreeTime(page);
  const summary = page.locator("aside summary", { hasText: "Case fields and tags" });
  const text = page.getByRole("textbox", { name: field.name, exact: true });
  await summary.waitFor();
  expect(await text.isVisible()).toBe(false);
  await summary.click();
  await text.fill(" Lost the old one ");
  await page.getByRole("checkbox", { name: tag.name, exact: true }).check();
  await page.getByText("2 filled in").waitFor();
  await expectAccessible(page);
  await page.getByRole("textbox", { name: "Phone number" }).fill("0555000321");
  await page.getByRole("textbox", { name: "Email address" }).fill("robin@vale.example");
  await until("the draft to be kept", async () =>
    JSON.stringify(await session.desk.call("list_drafts", {})).includes("robin@vale.example"),
  );

  await page.reload();
  await page.getByText(/^Restored what you were typing at/).waitFor();
  expect(await text.inputValue()).toBe(" Lost the old one ");
  await page.keyboard.press("Control+Enter");
  await page.getByText(/^Booked .*\d\d:\d\d/).first().waitFor();
  expect(await session.written()).toMatchObject([
    { endpoint: "BookAppointment", fields: { [field.fieldTypeId]: "Lost the old one" }, tagIds: [tag.tagId] },
  ]);
});

test("a walk-in carries a tag, and no field that is asked in another service", async () => {
  const { field, tag } = names();
  const panel = await session.go("Agent");
  await session.choose("Service", /^Licences, walk-in/);
  await session.choose("Type", /min/);
  await panel.locator("summary", { hasText: "Case fields and tags" }).click();
  expect(await panel.getByRole("textbox", { name: field.name, exact: true }).count()).toBe(0);
  await panel.getByRole("checkbox", { name: tag.name, exact: true }).check();
  await expectAccessible(session.page);
  await session.button(/^Queue up/).click();
  await panel.getByText("Walk-in taken").waitFor();
  expect(await session.written()).toMatchObject([{ endpoint: "QueueUp", fields: {}, tagIds: [tag.tagId] }]);
  expect(await panel.locator("summary", { hasText: "filled in" }).count()).toBe(0);
});
