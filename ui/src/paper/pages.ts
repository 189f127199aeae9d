/** Where a table breaks into pages: by what each row really takes, so that no engine has to repeat a head by itself. */

/** What fits on A4 and on US Letter alike, inside the margins. */
export const PAGE_MILLIMETRES = 250;
const PIXELS_PER_MILLIMETRE = 96 / 25.4;
/** A printer's fonts may round a line up. */
const SAFE_SHARE = 0.98;

export const PAGE_PIXELS = PAGE_MILLIMETRES * PIXELS_PER_MILLIMETRE * SAFE_SHARE;

/** How many rows stand on each page when each has so much room; there is always a page, and on each at least one row. */
export function rowsOfPages(heights: number[], room: number): number[] {
  const pages = [0];
  let left = room;
  for (const height of heights) {
    const page = pages.length - 1;
    if (height > left && pages[page]! > 0) {
      pages.push(1);
      left = room - height;
    } else {
      pages[page]! += 1;
      left -= height;
    }
  }
  return pages;
}

/** The rows, page by page. */
export function inPages<T>(rows: T[], heights: number[], room: number): T[][] {
  let next = 0;
  return rowsOfPages(heights, room).map((count) => rows.slice(next, (next += count)));
}
