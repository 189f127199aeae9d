/** Narrowing a list by what was typed: every word must occur, whatever its case and accents. */
export type Choosable = { value: string; label: string; detail?: string };

const MOST_SHOWN = 100;

export const fold = (text: string): string => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

export function narrow<T extends Choosable>(items: T[], typed: string): T[] {
  const words = fold(typed).split(/\s+/).filter(Boolean);
  const fits = (item: T) => {
    const text = fold(`${item.label} ${item.detail ?? ""}`);
    return words.every((word) => text.includes(word));
  };
  return (words.length ? items.filter(fits) : items).slice(0, MOST_SHOWN);
}
