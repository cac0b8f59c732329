// What stands around the function in the repository: what it calls on the way to the place, who calls it, which constants it uses.
import { markOutside } from '#support/mark-outside.ts';
import type { Caller } from '../code/find-callers.ts';
import type { Definition } from '../code/find-definitions.ts';
import type { CallAt } from '../code/syntax-at.ts';
import { linesText, type Piece, slice } from './dossier-piece.ts';
import { type DossierScene, functionTitle } from './dossier-scene.ts';
import { rootOf } from './names-of-place.ts';
import { sliceBody } from './slice-body.ts';

const MOST_CALLEES = 5;
const MOST_CALLERS = 6;
const FIRST_CALLERS = 2;
const MOST_DEFINITIONS = 6;
/** More of them, for what guards compare with. */
const MOST_OF_GUARDS = 4;
const MOST_NAMES = 12;
const MOST_IMPORTS = 8;
const MOST_SETTINGS = 4;
/** A method's name that more classes than these define says nothing of which is meant. */
const MOST_MEANINGS = 2;

export async function sliceCallees(scene: DossierScene): Promise<readonly Piece[]> {
  const pieces: Piece[] = [];
  const seen = new Set<string>();
  let shown = 0;
  // Those nearest to the place first: their results get there most directly. Then those that decide whether it is reached.
  const nearest = [...scene.calls].sort(
    (a, b) =>
      Math.abs(a.span.line - scene.startLine) - Math.abs(b.span.line - scene.startLine) ||
      a.span.start - b.span.start,
  );
  const calls = [...nearest, ...scene.guardCalls];
  for (const call of calls) {
    if (shown >= MOST_CALLEES) break;
    if (seen.has(call.callee)) continue;
    seen.add(call.callee);
    for (const definition of await meanings(call, scene)) {
      if (isAround(definition, scene)) continue;
      const note = `definition of ${markOutside(call.callee, 60)}, called in ${linesText(call.span.line, call.span.endLine)}`;
      pieces.push(
        ...(await sliceBody(definition, 'callee', note, scene.code, {
          head: 'callees',
          body: 'callees’ bodies',
        })),
      );
      shown++;
    }
  }
  return pieces;
}

async function meanings(call: CallAt, { repository, path }: DossierScene): Promise<readonly Definition[]> {
  const asked =
    call.receiver !== null && /^[A-Z]\w*$/.test(call.receiver) ? `${call.receiver}.${call.name}` : call.name;
  const { hits, more } = await repository.definitions(asked, path);
  const callable = hits.filter(
    ({ kind }) => kind === 'function' || kind === 'method' || (call.isNew && kind === 'class'),
  );
  const owned = callable.filter(({ owner }) => owner !== null && owner === call.receiver);
  if (owned.length > 0) return owned.slice(0, 1);
  // A plain call means the nearest one; a method could be that of any class.
  const isPlain = call.receiver === null || /^(this|self|\$this|super)$/.test(call.receiver);
  if (isPlain) return callable.slice(0, 1);
  return callable.length + more <= MOST_MEANINGS ? callable : [];
}

/** The function itself calls itself: it is shown already. */
function isAround({ path, startLine, endLine }: Definition, scene: DossierScene): boolean {
  return path === scene.path && startLine <= scene.startLine && endLine >= scene.endLine;
}

export async function sliceCallers(
  scene: DossierScene,
): Promise<{ readonly pieces: readonly Piece[]; readonly left: string | null }> {
  const { around, repository, path } = scene;
  if (around === null || around.name === '') return { pieces: [], left: null };
  const { hits, more } = await repository.callers(around.name, path);
  const isOther = (hit: Caller): boolean =>
    !(hit.path === path && hit.startLine >= around.span.line && hit.endLine <= around.span.endLine);
  // Those that the reported flow comes through say most.
  const steps = new Set(scene.theCase.finding.flow.map(({ location }) => location.path));
  const others = [
    ...hits.filter((hit) => isOther(hit) && hit.path !== path && steps.has(hit.path)),
    ...hits.filter((hit) => isOther(hit) && !(hit.path !== path && steps.has(hit.path))),
  ];
  const pieces: Piece[] = [];
  for (const [index, hit] of others.slice(0, MOST_CALLERS).entries()) {
    const where = hit.function === null ? 'at the top of the file' : `in ${functionTitle(hit.function.name)}`;
    const note = `a call of ${markOutside(around.name, 60)}, ${where}`;
    const cut = index < FIRST_CALLERS ? 'callers' : 'further callers';
    const from = Math.max(1, hit.function?.startLine ?? 1, hit.startLine - 2);
    if (hit.function !== null && hit.function.startLine < from) {
      const head = { path: hit.path, startLine: hit.function.startLine, endLine: hit.function.startLine };
      pieces.push(slice('caller', head, note, cut));
    }
    const end = Math.min(hit.endLine, hit.startLine + 10);
    pieces.push(slice('caller', { path: hit.path, startLine: from, endLine: end }, note, cut));
  }
  const rest = Math.max(0, others.length - MOST_CALLERS) + more;
  return {
    pieces,
    left:
      rest > 0
        ? `${rest} more ${rest === 1 ? 'caller' : 'callers'} of ${markOutside(around.name, 60)}`
        : null,
  };
}

/** Constants and fields that the place uses and the function does not make itself; then those that guards before it use. */
export async function sliceDefinitions(scene: DossierScene): Promise<readonly Piece[]> {
  const { around, syntax, names, guardNames } = scene;
  const local = new Set([
    ...(around?.definition.parameters ?? []).map(({ name }) => name),
    ...(syntax?.constants ?? [])
      .filter(({ name, isField }) => !isField && around !== null && !/[.@]/.test(name))
      .map(({ name }) => name),
  ]);
  const isForeign = (name: string): boolean => !local.has(rootOf(name)) && !local.has(name);
  return [
    ...(await define([...names].filter(isForeign), MOST_DEFINITIONS, scene)),
    ...(await define([...guardNames].filter(isForeign), MOST_OF_GUARDS, scene)),
  ];
}

async function define(
  names: readonly string[],
  most: number,
  { repository, path }: DossierScene,
): Promise<readonly Piece[]> {
  const pieces: Piece[] = [];
  for (const name of names.slice(0, MOST_NAMES)) {
    if (pieces.length >= most) break;
    const { hits, more } = await repository.definitions(name, path);
    const constants = hits.filter(({ kind }) => kind === 'constant');
    const here = constants.filter((hit) => hit.path === path);
    const meant = here.length > 0 ? here.slice(0, 2) : constants.length + more === 1 ? constants : [];
    for (const { path: at, startLine, endLine } of meant) {
      const lines = { path: at, startLine, endLine: Math.min(endLine, startLine + 15) };
      pieces.push(slice('definition', lines, `definition of ${markOutside(name, 60)}`, 'definitions'));
    }
  }
  return pieces;
}

/** Imports of names that the place uses. */
export async function sliceImports({
  repository,
  path,
  names,
  calls,
  guardNames,
  guardCalls,
}: DossierScene): Promise<readonly Piece[]> {
  const used = new Set([
    ...[...names, ...guardNames].map(rootOf),
    ...[...calls, ...guardCalls].flatMap(({ callee }) => callee.match(/[\w$]+/g) ?? []),
  ]);
  const { hits } = await repository.imports(path);
  return hits
    .filter(({ words }) => words.some((word) => word.length > 1 && used.has(word)))
    .slice(0, MOST_IMPORTS)
    .map((hit) => slice('import', hit, 'imports of the file that the place uses', 'imports'));
}

const READS_SETTING =
  /^(getProperty|getRequiredProperty|getenv|get_env|env|config|getConfig|getString|getValue|GetValue|GetConnectionString|fetch|get)$/;

/** Settings that a call on the way to the place reads by name. */
export async function sliceSettings({ calls, repository }: DossierScene): Promise<readonly Piece[]> {
  const keys = calls
    .filter(
      ({ name, receiver }) =>
        READS_SETTING.test(name) && (name !== 'get' || /conf|env|prop|setting/i.test(receiver ?? '')),
    )
    .flatMap((call) => {
      const first = call.node.arguments[0]?.value;
      return first?.kind === 'constant' && first.constant.kind === 'string' ? [first.constant.value] : [];
    });
  const pieces: Piece[] = [];
  for (const key of new Set(keys)) {
    for (const hit of (await repository.configuration(key)).hits.slice(0, 2)) {
      if (pieces.length < MOST_SETTINGS)
        pieces.push(slice('configuration', hit, `setting ${markOutside(key, 60)}`, 'configuration'));
    }
  }
  return pieces;
}
