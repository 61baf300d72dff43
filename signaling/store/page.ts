/**
 * A page of rows ordered by time, newest first. The next page is asked for by time alone, so rows sharing the last
 * row's millisecond come along even if the page grows past its limit: none may fall between two pages.
 */
export async function pageOf<Row extends { id: string }>(
  page: { before?: number | undefined; limit: number },
  timeOf: (row: Row) => number,
  fetch: {
    first: (before: number | undefined, limit: number) => Promise<Row[]>;
    at: (time: number) => Promise<Row[]>;
  },
): Promise<Row[]> {
  const rows = await fetch.first(page.before, page.limit);
  const last = rows.at(-1);
  if (!last || rows.length < page.limit) return rows;
  const seen = new Set(rows.map((row) => row.id));
  const rest = await fetch.at(timeOf(last));
  return [...rows, ...rest.filter((row) => !seen.has(row.id))];
}
