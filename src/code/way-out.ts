// Whether code can run to its end, or always leaves: by return, throw, a jump out of a loop, or a call that never comes back.
import type { Expression, Statement } from './ir.ts';
import { TRAITS } from './languages.ts';
import type { SourceUnit } from './source-unit.ts';

/** `exit`: the program, or the request, ends in a call. */
export type Exit = 'return' | 'throw' | 'break' | 'continue' | 'exit';

/** By catalogue: calls that never come back, as their callee is written. Frameworks' calls that throw to end a request are among them. */
const NEVER_RETURN: ReadonlyMap<string, RegExp> = new Map([
  ['java', /^(System\.exit|Runtime\.getRuntime\(\)\.(exit|halt)|Assertions?\.fail)$/],
  ['javascript', /^process\.(exit|abort)$/],
  ['python', /^(sys\.exit|os\._exit|os\.abort|exit|quit|abort|flask\.abort)$/],
  ['go', /^(os\.Exit|panic|log\.(Fatal|Fatalf|Fatalln|Panic|Panicf|Panicln)|runtime\.Goexit)$/],
  ['c', /^(std::)?(exit|_exit|_Exit|abort|quick_exit|terminate|longjmp)$/],
  ['php', /^(exit|die)$/i],
  ['ruby', /^(raise|fail|exit!?|abort|throw|Kernel\.(raise|exit!?|abort))$/],
  ['csharp', /^(System\.)?Environment\.(Exit|FailFast)$/],
]);

const THROWS = /^(raise|fail|throw|panic|abort|flask\.abort)$/;

/** How a call ends the code around it; null when it comes back, or when the expression is no such call. */
export function exitOfCall(unit: SourceUnit, node: Expression): 'throw' | 'exit' | null {
  if (node.kind === 'unknown' && node.what === 'throw') return 'throw';
  if (node.kind !== 'call') return null;
  const { catalog } = TRAITS[unit.language];
  const callee = unit.textOf(node.callee.span).replace(/\s+/g, '');
  if (NEVER_RETURN.get(catalog)?.test(callee) !== true || isDefinedHere(unit, callee)) return null;
  return THROWS.test(callee) && catalog !== 'c' ? 'throw' : 'exit';
}

/** The file's own function of that name may come back. */
function isDefinedHere(unit: SourceUnit, callee: string): boolean {
  return unit.functions.some(({ name }) => name === callee);
}

/** How a run of statements always ends; null when it may run to its end, or when that is not sure. */
export function exitOf(unit: SourceUnit, statements: readonly Statement[]): Exit | null {
  for (const statement of statements) {
    const exit = exitOfStatement(unit, statement);
    if (exit !== null) return exit;
  }
  return null;
}

function exitOfStatement(unit: SourceUnit, node: Statement): Exit | null {
  switch (node.kind) {
    case 'return':
    case 'throw':
    case 'break':
    case 'continue':
      return node.kind;
    case 'expression':
      return exitOfCall(unit, node.expression);
    case 'block':
      return exitOf(unit, node.body);
    case 'if': {
      const held = exitOfStatement(unit, node.consequence);
      const failed = node.otherwise === null ? null : exitOfStatement(unit, node.otherwise);
      return held === null || failed === null ? null : weaker(held, failed);
    }
    case 'try': {
      const last = node.finalizer === null ? null : exitOfStatement(unit, node.finalizer);
      if (last !== null) return last;
      const ways = [
        exitOf(unit, [node.body, ...(node.orElse === null ? [] : [node.orElse])]),
        ...node.catches.map(({ body }) => exitOf(unit, body)),
      ];
      return ways.reduce((a, b) => (a === null || b === null ? null : weaker(a, b)));
    }
    default:
      return null;
  }
}

/** Of two ways out, the one that promises less. */
function weaker(a: Exit, b: Exit): Exit {
  const order: readonly Exit[] = ['break', 'continue', 'return', 'throw', 'exit'];
  return order.indexOf(a) <= order.indexOf(b) ? a : b;
}
