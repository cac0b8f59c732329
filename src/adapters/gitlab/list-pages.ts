// Every entry of a list that comes in pages. Headers say whether there are more: a page may be short, or empty, in the middle (platforms D48).
import type { GitLabClient } from './gitlab-client.ts';
import { GitLabFault } from './gitlab-fault.ts';

/** Against a host that never ends: 5,000 comments are 50 pages, and a tree of 200,000 files is 2,000. */
const PAGE_CAP = 2000;

export interface PageQuery {
  readonly [name: string]: string | number | boolean;
}

/**
 * @param endpoint below `/api/v4/`, percent-encoded
 * @throws GitLabFault also when the list never ends, or is none
 */
export async function listPages(
  client: GitLabClient,
  endpoint: string,
  query: PageQuery = {},
): Promise<readonly unknown[]> {
  const entries: unknown[] = [];
  let next: Readonly<Record<string, unknown>> | null = { ...query, per_page: 100 };
  for (let page = 0; next !== null; page += 1) {
    if (page >= PAGE_CAP) throw new GitLabFault('lost', null, `a list of more than ${PAGE_CAP} pages`);
    const { body, headers } = await client.api.requester.get(endpoint, { searchParams: next });
    if (!Array.isArray(body)) throw new GitLabFault('lost', 200, 'an answer that is no list');
    for (const entry of body) entries.push(entry);
    next = nextQuery(headers, next);
  }
  return entries;
}

/** Of the next page's address only the query is taken: where requests go is never the host's to say (security row 28). */
function nextQuery(
  headers: Readonly<Record<string, string>>,
  current: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> | null {
  const [, address] = /<([^<>]*)>\s*;\s*rel="next"/.exec(headers.link ?? '') ?? [];
  if (address !== undefined) {
    return Object.fromEntries(new URLSearchParams(address.slice(address.indexOf('?') + 1)));
  }
  const page = headers['x-next-page'] ?? '';
  return /^\d{1,9}$/.test(page) ? { ...current, page } : null;
}
