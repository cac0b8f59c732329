// Lists in GraphQL: pages by cursor, and the words of what is refused.
import { GraphQLError } from 'graphql';

type Json = Record<string, unknown>;

interface PageArguments {
  readonly first?: number | null;
  readonly last?: number | null;
  readonly after?: string | null;
  readonly before?: string | null;
}

const MOST_NODES = 100;

/** An error of the given kind, as GitHub puts them beside `data`. */
export function fail(type: string, message: string): never {
  throw new GraphQLError(message, { extensions: { type } });
}

/** Cursors are places in the list. A connection without `first` or `last`, or above 100, is refused. */
export function connection<Row>(field: string, rows: () => readonly Row[], present: (row: Row) => Json) {
  return ({ first, last, after, before }: PageArguments): Json => {
    if (first == null && last == null) {
      return fail(
        'MISSING_PAGINATION_BOUNDARIES',
        `You must provide a \`first\` or \`last\` value to properly paginate the \`${field}\` connection.`,
      );
    }
    const asked = (first ?? last) as number;
    const argument = first == null ? 'last' : 'first';
    if (asked > MOST_NODES) {
      return fail(
        'EXCESSIVE_PAGINATION',
        `Requesting ${asked} records on the \`${field}\` connection exceeds the \`${argument}\` limit of ${MOST_NODES} records.`,
      );
    }
    const all = rows();
    const from = after == null ? 0 : fromCursor(after);
    const to = before == null ? all.length : fromCursor(before) - 1;
    const start = first == null ? Math.max(from, to - asked) : from;
    const end = first == null ? to : Math.min(to, from + asked);
    return {
      totalCount: all.length,
      nodes: all.slice(start, end).map(present),
      pageInfo: {
        hasNextPage: end < all.length,
        hasPreviousPage: start > 0,
        startCursor: end > start ? toCursor(start + 1) : null,
        endCursor: end > start ? toCursor(end) : null,
      },
    };
  };
}

const toCursor = (place: number): string => Buffer.from(`cursor:${place}`).toString('base64');

function fromCursor(cursor: string): number {
  const place = Number(
    Buffer.from(cursor, 'base64')
      .toString()
      .replace(/^cursor:/, ''),
  );
  return Number.isInteger(place)
    ? place
    : fail('INVALID_CURSOR_ARGUMENTS', `\`${cursor}\` does not appear to be a valid cursor.`);
}
