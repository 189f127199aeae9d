/** The slip of a walk-in: its ticket, and a code to scan where Cubu gave an address. */
import { call } from "../../host";
import { printing } from "../../paper/printing.svelte";
import type { Taken } from "./walkIn.svelte";

export function printTicket({ case: taken, serviceId, serviceTypeId, customer }: Taken): void {
  printing.slip((language) =>
    call("get_ticket_papers", {
      serviceId,
      serviceTypeId,
      case: taken,
      ...(customer !== null && { customerName: customer }),
      ...(language !== undefined && { language }),
    }),
  );
}
