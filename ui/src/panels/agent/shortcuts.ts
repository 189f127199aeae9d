/** The agent's chords. They work from every panel, so that nobody has to leave a booking to call the next customer. */
import { app } from "../../state/app.svelte";
import { shortcuts } from "../../state/shortcuts.svelte";
import { agentWork } from "./work.svelte";

export const CHORDS = { walkIn: "F7", next: "F8", again: "F9", resolve: "Ctrl+F8", queueUp: "Ctrl+Enter" } as const;

const group = "panel-agent";
const somebodyWorks = () => app.connected && app.agent.userId !== null;

/** What the walk-in form does to take the cursor once it is on the screen. */
let takeCursor: (() => void) | undefined;
let wanted = false;

export function offerCursor(take: () => void): () => void {
  takeCursor = take;
  if (wanted) take();
  wanted = false;
  return () => {
    if (takeCursor === take) takeCursor = undefined;
  };
}

/** Registers them; returns how to take them back. */
export function registerAgentShortcuts(): () => void {
  return shortcuts.register(
    {
      chord: CHORDS.walkIn,
      label: "agent-walkin-open",
      group,
      when: () => app.connected,
      run: () => {
        app.go("agent");
        if (takeCursor) requestAnimationFrame(() => takeCursor?.());
        else wanted = true;
      },
    },
    {
      chord: CHORDS.next,
      label: "agent-next-call",
      group,
      when: somebodyWorks,
      run: () => {
        app.go("agent");
        void agentWork.enter().serving.callNext();
      },
    },
    {
      chord: CHORDS.again,
      label: "agent-call-again",
      group,
      when: () => somebodyWorks() && agentWork.current?.serving.front !== undefined,
      run: () => void agentWork.current?.serving.repeatCall(),
    },
    {
      chord: CHORDS.resolve,
      label: "agent-resolve-front",
      group,
      when: () => somebodyWorks() && agentWork.current?.serving.front !== undefined,
      run: () => {
        app.go("agent");
        void agentWork.current?.serving.finish();
      },
    },
    {
      chord: CHORDS.queueUp,
      label: "agent-walkin-send",
      group,
      when: () => app.connected && app.panel === "agent" && document.activeElement?.closest("[data-walk-in]") !== null,
      run: () => void agentWork.current?.walkIn.submit(),
    },
  );
}
