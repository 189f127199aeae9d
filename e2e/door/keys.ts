// Counting what a person has to press. A chord is one command key; text that is typed (a name, a number) is none, and the
// arrows that aim are counted on their own.
const AIMING = /^(Arrow(Up|Down|Left|Right)|Home|End|PageUp|PageDown)$/;

/** The most command keys that each of these may take. */
export const BUDGET = { book: 8, move: 4, cancel: 2, day: 1 };

export class Keys {
  commands: string[] = [];
  aims = 0;

  constructor(
    private readonly send: (chord: string) => Promise<void>,
    private readonly write: (text: string) => Promise<void>,
  ) {}

  /** Presses a key or a chord: "Enter", "Control+x", "ArrowDown". */
  async press(chord: string): Promise<void> {
    if (AIMING.test(chord)) this.aims++;
    else this.commands.push(chord);
    await this.send(chord);
  }

  /**
   * Goes on to what is wanted: down the column, across where this one has none below, and on the next day where this one has
   * none at all, as shortly before closing time.
   */
  async aim(arrived: () => Promise<boolean>, dayIsRead: () => Promise<void>): Promise<void> {
    const across = [...Array<string>(8).fill("ArrowRight"), ...Array<string>(16).fill("ArrowLeft")];
    for (const chord of ["ArrowDown", ...across, "Control+PageDown", "ArrowDown", ...across]) {
      await this.press(chord);
      if (chord.startsWith("Control")) await dayIsRead();
      if (await arrived()) return;
    }
  }

  async type(text: string): Promise<void> {
    await this.write(text);
  }
}
