/**
 * A list that stays the same object while its entries do, so that nothing that hangs on it is worked out or drawn again.
 * For lists that are derived from something that changes more often than they do.
 */
export function steady<T>(): (next: T[]) => T[] {
  let kept: T[] = [];
  return (next) => {
    if (next.length !== kept.length || next.some((entry, index) => !Object.is(entry, kept[index]))) kept = next;
    return kept;
  };
}
