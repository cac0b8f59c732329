// Switches: which case is surely taken, and what flows from case to case.
import type { Expression, Statement, SwitchCase } from '../ir.ts';
import { evaluateCondition, markGuards, matchLabels } from './conditions.ts';
import { truthOfValue } from './constants.ts';
import type { Evaluation } from './evaluation.ts';
import { join, prune, runScoped } from './flow.ts';
import type { Frame } from './scene.ts';
import { evaluateShared } from './sharing.ts';
import type { State } from './state.ts';
import { constantValue, type Value, withDoubt } from './value.ts';
import { derived } from './value-parts.ts';

export function runSwitch(statement: Statement & { kind: 'switch' }, run: Evaluation): void {
  const subject = statement.subject === null ? null : evaluateCondition(statement.subject, run).value;
  if (statement.subject !== null) markGuards(statement.subject, `${statement.span.start}:switch`, run);
  const frame: Frame = { label: null, breaks: [], continues: null };
  // A pattern gives the subject, or parts of it, another name.
  if (statement.subject !== null && subject?.isContainer === true) evaluateShared(statement.subject, run);
  const breaksEndIt = run.traits.catalog !== 'python' && run.traits.catalog !== 'ruby';
  if (breaksEndIt) run.frames.push(frame);
  const hits = statement.cases.map((entry) => hitCase(entry, subject, run));
  const decided = decideCase(statement.cases, hits);
  const entry = run.state;
  let flowing: State | null = null;
  let isExhaustive = false;
  const ends: (State | null)[] = [];
  for (const [index, branch] of statement.cases.entries()) {
    const enters = decided === null ? hits[index] !== false : decided === index;
    isExhaustive ||= branch.labels === null || decided !== null;
    run.state = join([enters ? (entry?.fork() ?? null) : null, flowing], run);
    if (run.state === null) pruneCase(branch, statement, subject, run);
    else runScoped(() => run.executeAll(branch.body), run);
    if (statement.fallsThrough) flowing = run.state;
    else ends.push(run.state);
  }
  if (breaksEndIt) run.frames.pop();
  run.state = join([...ends, flowing, ...frame.breaks, isExhaustive ? null : entry], run);
}

/** Whether a case is surely taken when it is asked, surely not, or maybe; the default case is maybe. */
function hitCase(entry: SwitchCase, subject: Value | null, run: Evaluation): boolean | null {
  if (entry.labels === null) return null;
  for (const label of entry.labels) bindPattern(label, subject, run);
  const labels = entry.labels.map((label) => run.evaluate(label));
  const hit =
    subject === null
      ? labels.map((label) => truthOfValue(label, run)).reduce(either, false)
      : matchLabels(subject, labels, run);
  return entry.guard === null || hit === false ? hit : null;
}

function either(a: boolean | null, b: boolean | null): boolean | null {
  return a === true || b === true ? true : a === null || b === null ? null : false;
}

/** A pattern may bind names to parts of the subject. */
function bindPattern(label: Expression, subject: Value | null, run: Evaluation): void {
  if (label.kind !== 'unknown') return;
  const doubt = { kind: 'syntax', text: 'a pattern', span: label.span } as const;
  if (subject !== null) run.escape(subject, doubt);
  const value = withDoubt(subject === null ? constantValue() : derived(subject), doubt);
  for (const name of label.names) {
    const id = run.resolve(name);
    if (id !== null) run.store(id, value);
  }
}

/** The case that is surely taken, or null: the first sure hit with none before it that may be taken; the default when none can. */
function decideCase(cases: readonly SwitchCase[], hits: readonly (boolean | null)[]): number | null {
  for (const [index, entry] of cases.entries()) {
    if (entry.labels === null) continue;
    if (hits[index] === true) return index;
    if (hits[index] !== false) return null;
  }
  const byDefault = cases.findIndex((entry) => entry.labels === null);
  return byDefault < 0 ? null : byDefault;
}

function pruneCase(
  entry: SwitchCase,
  statement: Statement & { kind: 'switch' },
  subject: Value | null,
  run: Evaluation,
): void {
  const because = statement.subject?.span ?? entry.span;
  prune(entry.span, 'condition', because, false, subject?.steps ?? [], run);
}
