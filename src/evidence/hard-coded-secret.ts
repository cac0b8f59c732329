// Secrets written into the code: a text that is no placeholder, stored under a name that says it is secret.
import { allConstants, type Value } from '../code/evaluate/value.ts';
import type { Expression } from '../code/ir.ts';
import { citeLines } from './citing.ts';
import { isSecretText } from './condition.ts';
import type { EvidenceDraft } from './draft.ts';
import { type Place, type Seen, seenAt } from './place.ts';

const SECRET_WEAKNESSES: ReadonlySet<number> = new Set([259, 321, 547, 798]);
/** The scanner claims a secret; the name only says which of the line's texts it means. */
const SECRET_NAME =
  /pass(word|wd|phrase)?$|^pass|pwd|secret|token|api_?key|access_?key|private_?key|encryption_?key|credential/i;

/** Adds the fact and says true when a secret of that kind stands at the place. */
export function findHardCodedSecret(place: Place, draft: EvidenceDraft): boolean {
  if (!place.finding.cwe.some((cwe) => SECRET_WEAKNESSES.has(cwe))) return false;
  const named = [...storedAt(place), ...seenAt(place).flatMap(namedValues)];
  const found = named.find(([name, value]) => SECRET_NAME.test(name) && isSecret(value));
  if (found === undefined) return false;
  const { startLine, endLine } = place;
  draft.fact('misuse', `Line ${startLine}: \`${found[0]}\` is given a text that is written into the code.`, [
    citeLines(place.unit, startLine, endLine),
  ]);
  return true;
}

type Named = readonly [name: string, value: Value];

function isSecret(value: Value): boolean {
  const constants = allConstants(value);
  return (
    constants?.length === 1 &&
    constants.every(({ kind, value: text }) => kind === 'string' && isSecretText(String(text)))
  );
}

/** Variables that the lines of the place declare or assign. */
function storedAt({ unit, evaluator, within, startLine, endLine }: Place): readonly Named[] {
  return [...evaluator.evaluate(within).stored].flatMap(([key, value]): Named[] => {
    const at = key.lastIndexOf('@');
    const line = unit.text.slice(0, Number(key.slice(at + 1))).split('\n').length;
    return line >= startLine && line <= endLine ? [[key.slice(0, at).replace(/^\$/, ''), value]] : [];
  });
}

/** Named arguments, and what is stored in a member or under a constant key. */
function namedValues({ observation: { node, values } }: Seen): readonly Named[] {
  if (node.kind === 'call') {
    return node.arguments.flatMap(({ name }, at): Named[] => {
      const value = values[at];
      return name === null || value === undefined ? [] : [[name, value]];
    });
  }
  const [value] = values;
  const name = node.kind === 'assign' ? nameOfTarget(node.target) : null;
  return name === null || value === undefined ? [] : [[name, value]];
}

function nameOfTarget(target: Expression): string | null {
  if (target.kind === 'member') return target.name;
  if (target.kind !== 'index' || target.index.kind !== 'constant') return null;
  return String(target.index.constant.value);
}
