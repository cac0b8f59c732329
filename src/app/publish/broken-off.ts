// What the ledger says when posting broke off half way: nobody knows how far it went, and the next run finds out.
import { AssayError } from '#domain/errors.ts';
import { phrase, say } from '#domain/phrase.ts';
import type { DeskProblem, Host } from '#domain/publication.ts';
import type { ResultDocument } from '#domain/result-document.ts';
import { phraseBookOf } from '../phrase-book.ts';
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
  const book = phraseBookOf(document.run.language);
  const again = say(phrase`Run it again: nothing is posted twice.`, book);
  const problem: DeskProblem = signal.aborted
    ? {
        code: 'unreachable',
        text: say(phrase`The run was interrupted while it was posting.`, book),
        hint: again,
      }
    : {
        code: 'unreachable',
        text: say(phrase`Posting broke off: ${redact(said)}`, book),
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
