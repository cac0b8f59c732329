// Why entries of dependency scanners' reports are no results, in the words that their readers share.
import { type Phrase, phrase } from '#domain/phrase.ts';
import { typeName } from '../json/shape.ts';
import { ReadFault } from '../read-fault.ts';

export const NAMES_NOTHING = phrase`it names no vulnerability or no package`;
export const LEFT_OUT = phrase`the scanner was told to leave it out`;
export const LICENCE_NOTICE = phrase`it is about a licence: those are judged by the policy, from a bill of materials`;

/** Why a value that is no object cannot be a result. */
export function noObject(value: unknown): Phrase {
  return phrase`the result is ${typeName(value)} where an object belongs`;
}

/** For a report without the list that it is about: a scan that failed must not look like one that found nothing. */
export function noList(tool: string): ReadFault {
  const hint = phrase`Write the report again with the scanner.`;
  return new ReadFault('structure', phrase`${tool} wrote no list of vulnerabilities`, 0, hint);
}
