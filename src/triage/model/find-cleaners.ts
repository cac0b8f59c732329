// Functions of the repository that surely clean what they are given: proved by claims about the calls inside them.
import { collectSyntax } from '../../code/syntax-of-file.ts';
import type { Cleaner, Quoted } from './claim-scene.ts';
import { type Cover, coverValues } from './cover-values.ts';
import { isKnownSanitizer } from './known-sanitizers.ts';

/**
 * A function counts when everything that it gives back is a literal or the result of a known sanitizer, and a claim quotes that call in
 * its body: so its definition was shown to the model and cited by it. What the function is called, and what it says of itself, counts
 * for nothing.
 */
export function findCleaners(
  quoted: readonly Quoted[],
  cwe: readonly number[],
  placePath: string | null,
): readonly Cleaner[] {
  const found = new Map<string, Cleaner>();
  const sanitizers = quoted.filter(({ claim }) => claim.kind === 'sanitizer');
  for (const { unit, syntax, symbol } of sanitizers) {
    for (const { within, node, name } of syntax.calls) {
      if (name !== symbol || within.name === '' || within.kind === 'module') continue;
      if (unit.hasErrorBetween(within.span.line, within.span.endLine)) continue;
      if (!isKnownSanitizer(unit, node, cwe)) continue;
      const cover: Cover = {
        id: 0,
        call: (call) => call.span.start === node.span.start && call.span.end === node.span.end,
        name: () => false,
      };
      const returned = collectSyntax(unit).exits.flatMap((exit) =>
        exit.within === within && exit.node.kind === 'return' && exit.node.value !== null
          ? [exit.node.value]
          : [],
      );
      const result = coverValues(unit, returned, [cover]);
      if (returned.length > 0 && result.isWhole && result.used.has(0))
        found.set(`${unit.path} ${within.name}`, {
          name: within.name,
          path: unit.path,
          isOnlyOne: unit.path !== placePath,
        });
    }
  }
  const cleaners = [...found.values()];
  return cleaners.map((cleaner) => ({
    ...cleaner,
    isOnlyOne: cleaner.isOnlyOne && cleaners.filter(({ name }) => name === cleaner.name).length === 1,
  }));
}
