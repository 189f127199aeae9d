// The client library on its own: its example, run as its documentation says.
import { expect, test } from "vitest";

import { finish } from "../door/programs.ts";
import { startSimulator } from "../door/simulator.ts";

test("the client's example books an appointment", async () => {
  const simulator = await startSimulator();
  try {
    const { baseUrl, authority } = simulator.connection;
    const example = await finish("examples/book_appointment", ["--base-url", baseUrl, "--authority", authority]);
    expect(example.said).toMatch(/^Booked: /);
    expect(example.code).toBe(0);
    expect((await simulator.ledger()).map((write) => write.endpoint)).toEqual(["BookAppointment"]);
  } finally {
    await simulator.stop();
  }
});
