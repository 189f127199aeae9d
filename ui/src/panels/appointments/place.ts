/** Where a button stands on the board, as lengths. In the agenda it stands where the list puts it. */
export type Place = { top: string; start: string; width: string; height: string };
