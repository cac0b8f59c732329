// What the ledger says when posting broke off half way: nobody knows how far it went, and the next run finds out.
import { AssayError } from '#domain/errors.ts';
import type { DeskProblem, Host } from '#domain/publication.ts';
import type { ResultDocument } from '#domain/result-document.ts';
import type { World } from '../world.ts';
import { silentRecord } from './ledger.ts';
import type { Published, Publishing } from './publishing.ts';

/** Whom the run was talking to; null when it had not begun. */
export interface Interlocutor {
  readonly host: Host;
  readonly change: string;
  readonly requests: Publishing['requests'];
}

/** Whatever broke, what was found stands in the files, and the gate's answer stays. */
export function brokenOff(
  document: ResultDocument,
  error: unknown,
  { signal, redact }: Pick<World, 'signal' | 'redact'>,
  interlocutor: Interlocutor | null,
): Published {
  const said = error instanceof Error ? error.message : String(error);
  const hint = error instanceof AssayError ? error.hint : null;
  const again = 'Run it again: nothing is posted twice.';
  const problem: DeskProblem = signal.aborted
    ? { code: 'unreachable', text: 'The run was interrupted while it was posting.', hint: again }
    : {
        code: 'unreachable',
        text: `Posting broke off: ${redact(said)}`,
        hint: hint === null ? again : redact(hint),
      };
  const requests = interlocutor?.requests() ?? null;
  const record = silentRecord(document, {
    host: interlocutor?.host ?? null,
    change: interlocutor?.change ?? null,
    // After the first write something may stand there.
    mode: requests !== null && requests.writes > 0 ? 'partly' : 'failed',
    why: problem.text,
    problems: [problem],
    ...(requests === null ? {} : { requests }),
  });
  return { record, files: [] };
}
