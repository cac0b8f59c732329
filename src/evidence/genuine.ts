// Whether a call that looks like a known API really is that API: names that the file itself gives away are not believed.
import { rootName } from '../code/evaluate/variables.ts';
import type { SourceUnit } from '../code/source-unit.ts';
import type { Seen } from './place.ts';

/** False when the file defines, imports twice, or assigns to what the call's name starts with; safe forms then prove nothing. */
export function isGenuine({ observation }: Seen, unit: SourceUnit): boolean {
  const { node, paths } = observation;
  if (node.kind !== 'call') return true;
  const root = rootName(node.callee);
  const heads = paths.filter((path) => !path.startsWith('?')).map((path) => path.split(/[.(]/, 1)[0] ?? '');
  const names = [...new Set([...(root === null ? [] : [root]), ...heads])];
  return names.every((name) => !isGivenAway(name, unit));
}

function isGivenAway(name: string, unit: SourceUnit): boolean {
  if (name === '' || unit.classes.some((known) => known.name === name)) return true;
  if (unit.functions.some((known) => known.kind === 'function' && known.name === name)) return true;
  const sources = unit.imports.filter(({ local }) => local === name);
  if (
    sources.some(
      ({ path, span }) => path !== sources[0]?.path || /^\W*from\s+\./.test(lineAt(unit, span.line)),
    )
  )
    return true;
  if (unit.language === 'python' && unit.module.stars.length > 0) return true;
  return isAssigned(name, unit);
}

/** `yaml.safe_load = …`, `json = …`: a member of it, or an imported name itself, is given another value. */
function isAssigned(name: string, unit: SourceUnit): boolean {
  const plain = name.replace(/[^\w]/g, '\\$&');
  if (unit.importOf(name) === null) return false;
  const pattern = String.raw`(?<![\w.])${plain}(\s*\.\s*\w+){1,4}\s*=(?![=>])|^\s*${plain}\s*=(?![=>])`;
  return new RegExp(pattern, 'm').test(unit.text);
}

function lineAt(unit: SourceUnit, line: number): string {
  return unit.lines[line - 1] ?? '';
}
