// Pages of a list, with the Link header that GitHub writes: absolute, and by the repository's number (platforms D20).
import type { HostAnswer } from '../emulated-host.ts';

export interface PageRequest {
  readonly query: URLSearchParams;
  /** The absolute address of the list by the repository's number, without a query. */
  readonly address: string;
}

/** 30 a page unless asked for, 100 at most. `wrap` puts the rows into an object. */
export function answerPage<Row>(
  rows: readonly Row[],
  { query, address }: PageRequest,
  wrap: (page: readonly Row[]) => unknown = (page) => page,
): HostAnswer {
  const size = Math.min(100, Math.max(1, Number(query.get('per_page') ?? 30) || 30));
  const page = Math.max(1, Number(query.get('page') ?? 1) || 1);
  const last = Math.max(1, Math.ceil(rows.length / size));
  const to = (number: number, relation: string): string => {
    const target = new URLSearchParams(query);
    target.set('page', String(number));
    return `<${address}?${target}>; rel="${relation}"`;
  };
  const links = [
    ...(page > 1 ? [to(page - 1, 'prev')] : []),
    ...(page < last ? [to(page + 1, 'next'), to(last, 'last')] : []),
    ...(page > 1 ? [to(1, 'first')] : []),
  ];
  const headers: Record<string, string> = links.length === 0 ? {} : { link: links.join(', ') };
  return { status: 200, headers, body: wrap(rows.slice((page - 1) * size, page * size)) };
}
