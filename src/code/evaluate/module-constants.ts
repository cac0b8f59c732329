// Constants of other modules of the repository: what a Python module gives a name once, and nobody is seen to give it again.
import type { Evaluation } from './evaluation.ts';
import { mayBindAnyName } from './loose-names.ts';
import { isFixed, type Value } from './value.ts';
import { located } from './value-parts.ts';

/** A name that its module calls a constant (PEP 8): others leave it alone. */
const CONSTANT_NAME = /^_?[A-Z][A-Z0-9_]*$/;

/** What `a.b.NAME` holds; null when the module is not here, or more than one place may set it. */
export function constantOfModule(path: string, run: Evaluation): Value | null {
  const { unit } = run;
  const dot = path.lastIndexOf('.');
  const name = path.slice(dot + 1);
  if (unit.language !== 'python' || dot <= 0 || !CONSTANT_NAME.test(name)) return null;
  if (mayBindAnyName(unit, 'python', true) || setsMember(unit.text, name)) return null;
  const module = run.scene.moduleAt(path.slice(0, dot));
  if (module === null || setsMember(module.text, name)) return null;
  const { topLevel } = module;
  const asked = {
    ...topLevel,
    kind: 'initializer',
    body: [],
    span: { ...topLevel.span, start: -1, end: -1 },
  } as const;
  const value = run.scene.evaluatorOf(module).scene.outerNames(name, asked);
  if (value === null || !isFixed(value) || value.isContainer || value.objects.length > 0) return null;
  return located(value, module);
}

/** Whether a name stands for what was imported: no variable, parameter or loop of the file is called so. */
export function isOnlyImported(name: string, run: Evaluation): boolean {
  if (run.resolve(name) !== null || run.outerNames(name, run.definition) !== null) return false;
  const bound = String.raw`(?<![\w.])${name}\s*(:[^=\n]+|,[^=\n]*)?=(?!=)|\bfor\b[^\n]*\b${name}\b[^\n]*\bin\b|\b(global|nonlocal|del)\b[^\n]*\b${name}\b`;
  return !new RegExp(bound).test(run.unit.text);
}

/** `module.NAME = x`, `module.NAME += x`, `del module.NAME`, a loop or `with` over it. */
function setsMember(text: string, name: string): boolean {
  return new RegExp(
    String.raw`\.\s*${name}\s*(:[^=\n]+)?([-+*/%|&^]|\/\/|\*\*|<<|>>)?=(?!=)|\b(del|for|as)\b[^\n]*\.\s*${name}\b|\.\s*${name}\s*,[^\n]*=(?!=)|,[^\n]*\.\s*${name}\s*[)\]]?\s*=(?!=)`,
  ).test(text);
}
