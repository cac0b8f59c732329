// Exceptions: they may come before or after any assignment of a body.
import type { Span, Statement } from '../ir.ts';
import type { Evaluation } from './evaluation.ts';
import { join, runScoped } from './flow.ts';
import { joinObjects } from './heap.ts';
import type { Collector } from './scene.ts';
import type { State } from './state.ts';
import { doubtful, joinValues } from './value.ts';

export function runTry(statement: Statement & { kind: 'try' }, run: Evaluation): void {
  const returned = run.returns.length;
  const before = run.state?.fork() ?? null;
  const collector: Collector = { values: new Map(), objects: new Map() };
  run.collectors.push(collector);
  run.executeAll(statement.resources);
  run.execute(statement.body);
  run.collectors.pop();
  if (statement.orElse !== null && run.state !== null) run.execute(statement.orElse);
  const ends: (State | null)[] = [run.state];
  const thrown = stateWhenThrown(before, collector, run);
  run.collectors.push(collector);
  for (const clause of statement.catches) {
    run.state = thrown?.fork() ?? null;
    if (run.state === null) continue;
    runScoped(() => {
      if (clause.name !== null) bindException(clause.name, clause.span, run);
      run.executeAll(clause.body);
    }, run);
    ends.push(run.state);
  }
  run.collectors.pop();
  run.state = join(ends, run);
  if (statement.finalizer === null) return;
  const falls = run.state !== null;
  // It is run before the function gives anything back, too.
  const left = run.returns.splice(returned);
  for (const { value, state } of left) {
    run.state = state.fork();
    run.execute(statement.finalizer);
    if (run.state !== null) run.returns.push({ value, state: run.state });
  }
  run.state = falls ? (ends.length === 0 ? null : join(ends, run)) : null;
  run.state = join([run.state, stateWhenThrown(before, collector, run)], run);
  run.execute(statement.finalizer);
  if (!falls) run.state = null;
}

/** An exception may come before or after any assignment of the body. */
function stateWhenThrown(before: State | null, collected: Collector, run: Evaluation): State | null {
  if (before === null) return null;
  const thrown = before.fork();
  if (run.rewritten !== null) thrown.rewriteAll(run.rewritten);
  for (const [id, value] of collected.values) {
    const old = before.get(id);
    thrown.set(id, old === undefined ? value : joinValues(old, value));
  }
  for (const [id, object] of collected.objects) {
    const old = before.heap.get(id);
    thrown.heap.set(id, old === undefined ? object : joinObjects(old, object));
  }
  return thrown;
}

function bindException(name: string, span: Span, run: Evaluation): void {
  const doubt = { kind: 'name' as const, text: `the exception \`${name}\``, span };
  run.store(run.declare(name, 'block', span, []), doubtful(doubt));
}
