// Findings about buffers in C and C++: do the sizes at the place prove it, disprove it, or what has to be known?
import { markOutside } from '#support/mark-outside.ts';
import type { CallExpression, Expression, FunctionDefinition } from '../code/ir.ts';
import { walkStatements } from '../code/walk-ir.ts';
import { arraysAt } from './buffer-array.ts';
import type { BufferSite, Outcome } from './buffer-site.ts';
import { judgeUses } from './buffer-uses.ts';
import { judgeWrite } from './buffer-write.ts';
import { cite, citeAll, citeLines } from './citing.ts';
import type { EvidenceDraft } from './draft.ts';
import type { Place } from './place.ts';

/** Writing too much: disproved by a write that fits. 20 and 676 stand beside these in what scanners say of such calls. */
const WRITES: ReadonlySet<number> = new Set([120, 121, 122, 123, 124, 193, 785, 787, 805, 806]);
/** Reading or writing too much: what is read has to be proved too. */
const ACCESSES: ReadonlySet<number> = new Set([119, 125, 126, 127, 131, 170, 786, 788]);
const BESIDE: ReadonlySet<number> = new Set([20, 676]);

/** A report of a tool that follows data may stand where the data comes in. */
const INPUTS = /scanf$|^(fgets|read|pread|recv|recvfrom|fread)$/;

/** How many lines a report may be off. */
const NEAR = 5;

interface JudgedCall {
  readonly call: CallExpression;
  readonly name: string;
  readonly outcome: Outcome;
}

/** Adds what is known and says true when the finding is about a buffer that the code here names. */
export function judgeBuffers(place: Place, draft: EvidenceDraft): boolean {
  const { unit, finding } = place;
  if (unit.language !== 'c' && unit.language !== 'cpp') return false;
  const isAboutSize = finding.cwe.some((cwe) => WRITES.has(cwe) || ACCESSES.has(cwe));
  const isAsked = finding.cwe.includes(676) || finding.cwe.every((cwe) => cwe === 807 || cwe === 20);
  if (!isAboutSize && !isAsked) return false;
  const calls = callsAt(place);
  for (const { call } of calls)
    draft.fact('sink_call', `Line ${call.span.line} holds ${shownCode(unit.textOf(call.span))}.`, [
      cite(unit, call.span),
    ]);
  if (calls.length === 0)
    return (
      isAboutSize && (judgeDeclarations(place, draft) || askParameter(place, draft) || askIndex(place, draft))
    );
  const wrong = calls.filter(({ outcome }) => outcome.kind === 'overflows');
  if (
    wrong.length > 0 &&
    finding.cwe.some((cwe) => WRITES.has(cwe) || cwe === 119 || cwe === 676 || cwe === 788)
  ) {
    for (const { call, outcome } of wrong) {
      if (outcome.kind === 'overflows')
        draft.fact('misuse', `Line ${call.span.line} ${outcome.text}.`, citeAll(unit, outcome.spans));
    }
    return true;
  }
  const questions = calls.flatMap(({ call, outcome }) => questionsOf(place, call, outcome));
  const doubt = questions[0] ?? doubtOfPlace(place, calls);
  if (doubt !== null && doubt !== undefined) {
    for (const one of questions.length > 0 ? questions : [doubt])
      draft.unknown('REV.unknown', one.text, citeAll(unit, one.spans));
    return true;
  }
  for (const { call, outcome } of calls) {
    if (outcome.kind === 'fits')
      draft.fact('safe_call', `Line ${call.span.line} ${outcome.text}.`, citeAll(unit, outcome.spans));
  }
  return true;
}

interface Question {
  readonly text: string;
  readonly spans: BufferSite['call']['span'][];
}

function questionsOf(place: Place, call: CallExpression, outcome: Outcome): readonly Question[] {
  if (outcome.kind === 'open') return [{ text: outcome.question, spans: [...outcome.spans] }];
  if (outcome.kind === 'overflows')
    return [
      { text: `Line ${call.span.line} ${outcome.text}: is that what is meant?`, spans: [...outcome.spans] },
    ];
  const { cwe } = place.finding;
  const isReadMeant = cwe.some((one) => ACCESSES.has(one)) || /terminat/i.test(place.finding.message);
  if (outcome.readQuestion !== null && isReadMeant)
    return [
      {
        text: `The write of line ${call.span.line} fits. ${outcome.readQuestion}`,
        spans: [...outcome.spans],
      },
    ];
  // A text may be cut off without a terminator: another weakness than the write.
  if (cwe.includes(170) && !outcome.terminates)
    return [{ text: `Is there a terminator after line ${call.span.line}?`, spans: [...outcome.spans] }];
  return [];
}

/** Why calls that fit do not settle a report on their line. */
function doubtOfPlace(place: Place, calls: readonly JudgedCall[]): Question | null {
  const { unit, finding, startLine, endLine } = place;
  const spans = calls.map(({ call }) => call.span);
  const other = finding.cwe.find((cwe) => !WRITES.has(cwe) && !ACCESSES.has(cwe) && !BESIDE.has(cwe));
  if (other !== undefined)
    return { text: `What is written at line ${startLine} fits, but what of CWE-${other}?`, spans };
  const isNamed = calls.every(({ name }) => isNamedIn(place, name));
  const isAccessMeant = finding.cwe.some((cwe) => ACCESSES.has(cwe));
  if (isNamed && !isAccessMeant) return null;
  const indexed = expressionsAt(place).find(
    (node) => node.kind === 'index' || node.kind === 'dereference' || node.kind === 'slice',
  );
  if (indexed !== undefined)
    return {
      text: `The call fits; does ${shownCode(unit.textOf(indexed.span))} stay in bounds?`,
      spans: [indexed.span],
    };
  if (isNamed) return null;
  const input = calls.find(({ name }) => INPUTS.test(name));
  if (input !== undefined)
    return {
      text: `What \`${input.name}\` stores at line ${input.call.span.line} fits, but where does it go from there?`,
      spans: [input.call.span],
    };
  const unknown = unit
    .callsOn(startLine, endLine)
    .find(
      ({ call, callee }) =>
        !calls.some((known) => known.call === call) && !/^(printf|puts|sizeof)$/.test(callee),
    );
  if (unknown !== undefined)
    return {
      text: `The writes of line ${startLine} fit, but \`${unknown.callee}\` is called there too: is it the one that is meant?`,
      spans: [unknown.call.span],
    };
  const near = callsBetween(place, startLine - NEAR, endLine + NEAR).find(
    ({ outcome }) => outcome.kind !== 'fits',
  );
  if (near !== undefined)
    return {
      text: `The writes of line ${startLine} fit, but line ${near.call.span.line} is open: is the report a few lines off?`,
      spans: [near.call.span],
    };
  return finding.flow.length > 1
    ? {
        text: `The writes of line ${startLine} fit, but the scanner reports a flow: what did it follow?`,
        spans,
      }
    : null;
}

/** Calls at the place; only those that the report names when it names one, else those that its columns touch. */
function callsAt(place: Place): readonly JudgedCall[] {
  const all = callsBetween(place, place.startLine, place.endLine);
  const named = all.filter(({ name }) => isNamedIn(place, name));
  const { startColumn, endColumn } = place.finding.location;
  const pool = named.length > 0 ? named : all;
  if (startColumn === null || endColumn === null || place.startLine !== place.endLine) return pool;
  const touched = pool.filter(({ call }) => {
    const { span } = call;
    const startsBefore = span.line < place.startLine || span.column < endColumn;
    return startsBefore && (span.endLine > place.startLine || span.endColumn > startColumn);
  });
  return touched.length > 0 ? touched : pool;
}

function callsBetween(place: Place, startLine: number, endLine: number): readonly JudgedCall[] {
  const { unit, finding, within } = place;
  const from = Math.max(startLine, within.span.line);
  const to = Math.min(endLine, within.span.endLine);
  const weaknesses = new Set(finding.cwe);
  return unit.callsOn(from, to).flatMap(({ call }) => {
    const name = nameOf(call.callee);
    if (name === null) return [];
    const isKnown = place.catalog.sinks
      .find([name])
      .some((entry) => !entry.constantExcuses && entry.cwe.some((cwe) => weaknesses.has(cwe)));
    if (!isKnown) return [];
    return [{ call, name, outcome: judgeWrite(siteOf(place, call), name) }];
  });
}

function nameOf(callee: Expression): string | null {
  if (callee.kind === 'name') return callee.name;
  const isStandard =
    callee.kind === 'member' && callee.object.kind === 'name' && callee.object.name === 'std';
  return isStandard ? callee.name : null;
}

function siteOf(place: Place, call: CallExpression): BufferSite {
  const { unit, evaluator } = place;
  const within = innermost(place, call);
  const run = evaluator.evaluate(within);
  const observed = run.incomplete === null ? run.observations.get(call) : undefined;
  return { unit, within, call, values: observed?.values ?? null };
}

function innermost(place: Place, call: CallExpression): FunctionDefinition {
  const around = place.unit.functions.filter(
    ({ span }) => span.start <= call.span.start && span.end >= call.span.end,
  );
  return around.reduce<FunctionDefinition>(
    (found, one) => (one.span.end - one.span.start <= found.span.end - found.span.start ? one : found),
    place.unit.topLevel,
  );
}

/** The report speaks of the function by name: `buffer/strcpy`, "Call to function 'strcpy'", "strcpy()". */
function isNamedIn(place: Place, name: string): boolean {
  const { ruleId, message } = place.finding;
  return new RegExp(`[/'"\`]${name}\\b|\\b${name}\\(`).test(` ${ruleId} ${message}`);
}

/** A report on `char buf[64]`: harmless when every use of it is proved. */
function judgeDeclarations(place: Place, draft: EvidenceDraft): boolean {
  const { unit, within, finding } = place;
  const arrays = arraysAt(unit, within, place.startLine, place.endLine);
  if (arrays.length === 0) return false;
  const judged = arrays.map((array) => ({
    array,
    use: judgeUses(unit, within, array, (call, name) =>
      place.catalog.sinks.find([name]).some((entry) => !entry.constantExcuses)
        ? judgeWrite(siteOf(place, call), name)
        : null,
    ),
  }));
  for (const { use } of judged) {
    if (use.kind === 'open') draft.unknown('REV.unknown', use.question, citeAll(unit, use.spans));
    if (use.kind === 'overflows')
      draft.fact(
        'misuse',
        `Line ${use.outcome.spans[0]?.line ?? place.startLine} ${use.outcome.text}.`,
        citeAll(unit, use.outcome.spans),
      );
  }
  const isMeant = finding.cwe.every((cwe) => WRITES.has(cwe) || cwe === 119 || BESIDE.has(cwe));
  if (!judged.every(({ use }) => use.kind === 'proved')) return true;
  if (!isMeant || finding.flow.length > 1) {
    draft.unknown(
      'REV.unknown',
      `Line ${place.startLine} declares an array and every use of it fits: what is meant?`,
    );
    return true;
  }
  for (const { array, use } of judged) {
    if (use.kind !== 'proved') continue;
    draft.fact(
      'safe_call',
      `Everything that \`${within.name}\` does with \`${array.name}\` (line ${array.span.line}) stays inside of it.`,
      citeAll(unit, use.spans),
    );
  }
  return true;
}

/** `char out[33]` among the parameters is a pointer: the caller decides how much is behind it (C17 6.7.6.3). */
function askParameter(place: Place, draft: EvidenceDraft): boolean {
  const { unit, within, startLine } = place;
  const line = unit.lines[startLine - 1] ?? '';
  const name = within.parameters
    .map((parameter) => parameter.name)
    .find((one) => /^\w+$/.test(one) && new RegExp(`\\b${one}\\s*\\[`).test(line));
  if (name === undefined || startLine > (within.body[0]?.span.line ?? within.span.endLine)) return false;
  draft.unknown(
    'REV.param',
    `\`${name}\` (parameter of \`${within.name}\`) is a pointer: how many bytes do its callers give it?`,
    [citeLines(unit, startLine, startLine)],
  );
  return true;
}

function askIndex(place: Place, draft: EvidenceDraft): boolean {
  const { unit } = place;
  const indexed = expressionsAt(place).find((node) => node.kind === 'index');
  if (indexed?.kind !== 'index') return false;
  const shown = shownCode(unit.textOf(indexed.index.span));
  draft.unknown(
    'REV.unknown',
    `Does ${shown} (line ${indexed.span.line}) always stay below the length of ${shownCode(unit.textOf(indexed.object.span))}?`,
    [cite(unit, indexed.span)],
  );
  return true;
}

function expressionsAt(place: Place): readonly Expression[] {
  const found: Expression[] = [];
  const visitor = {
    expression(node: Expression) {
      if (node.span.line <= place.endLine && node.span.endLine >= place.startLine) found.push(node);
    },
    function: () => false,
  };
  walkStatements(place.within.body, visitor);
  return found.sort((a, b) => a.span.start - b.span.start);
}

function shownCode(text: string): string {
  return markOutside(text, 70);
}
