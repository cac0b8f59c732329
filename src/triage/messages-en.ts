// The built-in judge in English.
import type { Fact, FactKind, UnknownCode } from '#domain/evidence.ts';
import { clipMarked, markOutside } from '../support/mark-outside.ts';
import type { ModelRemark, TriageMessages } from './message-catalogue.ts';
import type { RefusalKind } from './weigh-evidence.ts';

/** For a fact that came without words of its own. */
const FACTS: Record<FactKind, string> = {
  constant_arguments: 'Every argument of the call that the weakness is about is a constant.',
  sanitized_arguments:
    'Everything from outside passes through a sanitizer for the very place that it comes to.',
  dead_branch: 'The place cannot be reached: the condition that leads there is always false.',
  safe_call: 'The call is a form of the API that cannot have this weakness.',
  not_the_sink: 'This kind of weakness cannot exist at this place.',
  misuse: 'The value written here is itself the weakness.',
  direct_flow: 'Input from outside reaches the call with nothing in between that checks or changes it.',
  policy_path: 'The configuration lists this path as one whose findings do not count.',
  sink_call: 'The call at this place can have the weakness.',
  enclosing_function: 'The place stands inside a function.',
  reported_flow: 'The scanner reports a flow from a source to this place.',
  imports: 'The file imports the library in question.',
};

const QUESTIONS: Record<UnknownCode, string> = {
  'REV.language': 'Is this code vulnerable? Its language is not one that Assay reads.',
  'REV.unresolved': 'Which code is meant? The reported place is not in the repository.',
  'REV.parse': 'Is this code vulnerable? The file could not be parsed around this place.',
  'REV.no-sink': 'Which call is meant? No call that fits this weakness stands at the reported place.',
  'REV.unknown': 'Can someone from outside choose what reaches this place?',
  'REV.param': 'Can a caller pass on what someone from outside chose?',
  'REV.too-large': 'Is this code vulnerable? The file is too large to be analysed.',
  'REV.weakness': 'Is this code vulnerable? Assay has no checks for this kind of weakness yet.',
};

const REFUSALS: Record<RefusalKind, string> = {
  never_dismiss:
    'This would clear the finding, but the configuration keeps this weakness from being dismissed: a person decides.',
  misuse_weakness: 'That the value is constant clears nothing here: the constant itself may be the weakness.',
  unknown_weakness:
    'That the values are constant clears nothing here: the report does not say which weakness is meant.',
  text_weakness: 'That the code never runs clears nothing here: whoever reads the source reads the secret.',
  incomplete: 'The code around this place was not fully understood, so nothing found there clears it.',
};

const REMARKS: Record<ModelRemark, string> = {
  struck: 'A model was asked; nothing that it claims stands in the code, so its verdict does not count.',
  unproved: 'A model was asked; what could be confirmed of its claims does not decide.',
  mixed: 'A model was asked; its verdict, its reason and its confirmed claims do not fit together.',
  not_open:
    'A model would dismiss this, but no claim about the code can clear a finding of this kind or at this place.',
  never_dismiss:
    'A model would dismiss this, but the configuration keeps this weakness from being dismissed: a person decides.',
};
/** Characters of a model's question and of its prose. */
const LONGEST_QUESTION = 300;
const LONGEST_PROSE = 700;

export const ENGLISH: TriageMessages = {
  fact: sentence,
  question: ({ code, text }) => (text === '' ? QUESTIONS[code] : clipMarked(text, 300)),
  conflict: (dismissals, proofs) =>
    `The facts contradict each other: ${dismissals.map(sentence).join(' ')} But: ${proofs.map(sentence).join(' ')} Which holds?`,
  refusal: (kind, fact) => `${sentence(fact)} ${REFUSALS[kind]}`,
  unnamedWeakness: (rule) => `what ${rule} reports`,
  because: (functionName, reasons) => {
    const text = reasons.map(asSentence).join(' ');
    if (functionName === null) return text;
    return `In ${functionName}${/^Line \d/.test(text) ? `, l${text.slice(1)}` : `: ${text}`}`;
  },
  open: (functionName, weakness) =>
    `It is open whether ${functionName ?? 'this place'} has ${weakness ?? 'this weakness'}.`,
  known: (facts) => `Known: ${facts.map(sentence).join(' ')}`,
  meaning: (what) => `What that would mean: ${what}`,
  noChange: () => 'Nothing needs to change here.',
  modelRemark: (remark) => REMARKS[remark],
  modelAsks: (question) => `The model asks: ${markOutside(question, LONGEST_QUESTION)}`,
  modelConflict: (facts, claims) =>
    `The code clears it: ${facts.join(' ')} But a model's checked claims speak for it: ${claims.join(' ')} Which holds?`,
  inModelsWords: (prose) => `In the model's words: ${markOutside(prose, LONGEST_PROSE)}`,
  interrupted: () => 'The run was interrupted before this finding was looked at.',
};

function sentence(fact: Fact): string {
  const text = clipMarked(fact.text, 240);
  if (text === '') return FACTS[fact.kind];
  return asSentence(text);
}

function asSentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}
