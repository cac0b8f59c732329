// What to say of a report that lacks the list that it is about: without it a scan that failed would look like one that found nothing.
import { phrase } from '#domain/phrase.ts';
import { ReadFault } from '../read-fault.ts';

/** `tool`: as a person calls it. */
export function missingList(tool: string): ReadFault {
  return new ReadFault(
    'structure',
    phrase`${tool} wrote no list of results`,
    0,
    phrase`Mend what the scanner says in its own log and run it again.`,
  );
}
