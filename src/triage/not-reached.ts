// What stands in place of a verdict when a run was interrupted before the finding's turn: a person has to look.
import type { Verdict } from '#domain/verdict.ts';
import type { Language } from './message-catalogue.ts';
import { messagesIn } from './messages.ts';

export function notReached(language: Language): Verdict {
  const text = messagesIn(language).interrupted();
  return {
    label: 'needs_review',
    confidence: 0,
    confidenceLowerBound: 0,
    by: 'builtin',
    reasons: [{ code: 'REV.error', text, citations: [] }],
  };
}
