// The reasons of a plan in words, for the ledger.
import type { WhyHere } from './plan.ts';

const WORDS: Readonly<Record<WhyHere | 'refused' | 'not_confirmed', string>> = {
  comment: 'It stands at its line.',
  file_comment: 'Its line is not part of the diff that the host shows, so it stands at its file.',
  limit: 'As many comments as the policy allows stand already on what is more severe.',
  no_place: 'Its file is not part of the change, or the place is not known.',
  deleted_by_person: 'A person deleted the comment about it.',
  resolved_by_person: 'A person resolved its thread.',
  edited_by_person: 'A person changed the text of its comment.',
  answered: 'Somebody answered its comment, whose text therefore stays.',
  unchanged: 'Its comment says all there is to say.',
  fixed: 'It is not reported any more.',
  dismissed: 'It was dismissed as a false positive.',
  accepted: 'The policy accepts it for now.',
  out_of_scope: 'It is outside of the asked scope.',
  needs_review_listed: 'The policy lists findings that need review, without a comment each.',
  refused: 'The host refused a comment about it.',
  not_confirmed: 'The host said that it took the comment, and did not show it afterwards.',
};

export function wordsFor(why: keyof typeof WORDS): string {
  return WORDS[why];
}
