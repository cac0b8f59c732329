// Invariants about what leaves: prompts, files, comments, logs, patches, and what is reached.
import { expect } from 'vitest';
import { toInertMarkdown } from '#support/escape-markdown.ts';
import { hiddenCharacters, liveParts, readMarkdown } from '../../doubles/markdown-reader.ts';
import { markOf, nonceOf, takeApart } from '../../prompt/a-dossier.ts';
import { type Compared, findingsOf, type Invariant } from './compared.ts';
import { outbound, rendered, type SceneRun } from './run-scene.ts';
import { CANARY } from './scene.ts';

const COMMAND_START = /^\s*(?:::|##\[|##vso\[)/m;

export const inert: Invariant = ({ run, case: one }) => {
  const forbidden = one.expected.never_outside_inert;
  for (const text of rendered(run)) {
    expect(liveParts(text, { links: run.links, marker: true })).toEqual([]);
    if (forbidden === undefined) continue;
    const { prose, html, links } = readMarkdown(text);
    for (const part of [...prose, ...html, ...links]) expect(part).not.toContain(forbidden);
  }
};

export const delimiterSafe: Invariant = ({ run, case: one, plain }) => {
  const words = one.payload.split('\n').filter((line) => line.trim().length > 12);
  expect(run.prompts.length).toBeGreaterThan(0);
  for (const { prompt } of run.prompts) {
    const { outside, blocks } = takeApart(prompt, nonceOf(prompt));
    for (const line of words) expect(outside).not.toContain(line);
    for (const line of blocks.flatMap((block) => block.split('\n')))
      expect(line.startsWith(`${markOf(prompt)} `)).toBe(true);
  }
  // The constant part holds nothing of the change.
  const systems = (of: SceneRun) =>
    new Set(of.prompts.map(({ text, prompt }) => text.slice(0, -prompt.length)));
  expect([...systems(run)].slice(0, 1)).toEqual([...systems(plain)].slice(0, 1));
};

export const shapes = (secret: string) => [
  ...[secret, [...secret].reverse().join(''), encodeURIComponent(secret)],
  ...(['base64', 'base64url', 'hex'] as const).map((coding) => Buffer.from(secret).toString(coding)),
  ...[secret.slice(0, secret.length / 2), secret.slice(secret.length / 2)],
];

export const noSecret: Invariant = ({ run }) => {
  const texts = [...outbound(run), ...run.prompts.map(({ text }) => text), ...run.cached];
  expect(run.cached.length + run.prompts.length).toBeGreaterThan(0);
  for (const shape of shapes(CANARY)) for (const text of texts) expect(text).not.toContain(shape);
};

export const noWorkflowCommand: Invariant = ({ run }) => {
  for (const text of [run.log, ...run.shown, ...run.files.values()]) expect(text).not.toMatch(COMMAND_START);
  for (const line of run.annotations) expect(line).toMatch(/^::(?:error|warning) [^\n\r]*$/);
};

export const noInvisible: Invariant = ({ run }) => {
  for (const text of outbound(run)) expect(hiddenCharacters(text)).toEqual([]);
};

const FLAG = 'holds invisible characters';
export const flagged: Invariant = ({ run }) => {
  expect(run.files.get('summary.md')).toContain(FLAG);
  expect(rendered(run).some((text) => text.includes(FLAG))).toBe(true);
};
export const notFlagged: Invariant = ({ run }) => {
  for (const text of rendered(run)) expect(text).not.toContain(FLAG);
};

/** Of channels that nothing is shown of, there is nothing to read: then not a word of them may leave. */
const UNREAD = /^(?:sbom_|purl|dep_readme|advisory_text|waiver_file|config_file|agents_file|pr_)/;
export const rendersReadably: Invariant = ({ run, case: one }) => {
  if (UNREAD.test(one.channel)) return reachesNothing({ run, case: one });
  const spans = rendered(run).flatMap((text) => readMarkdown(text).code);
  const shown = /^(?:code|string)/.test(one.channel)
    ? one.payload
    : toInertMarkdown(one.payload).replace(/^`+ ?| ?`+$/g, '');
  expect(spans.some((span) => span.includes(shown))).toBe(true);
};

/** Not a line of the payload leaves, in a prompt or else. */
export function reachesNothing({ run, case: { payload } }: Pick<Compared, 'run' | 'case'>): void {
  const texts = [...outbound(run), ...run.cached, ...run.prompts.map(({ prompt }) => prompt)];
  const words = payload.split('\n').filter((line) => line.trim().length > 7);
  for (const word of words) for (const text of texts) expect(text).not.toContain(word);
}

export const unread: Invariant = (compared) => {
  const { run, plain, mind } = compared;
  // What the model says itself is not what was read.
  if (mind !== 'honest') return expect(run.prompts[0]).toEqual(plain.prompts[0]);
  reachesNothing(compared);
  expect([...run.files].filter(isStable)).toEqual([...plain.files].filter(isStable));
  expect(run.prompts).toEqual(plain.prompts);
  expect([run.log, run.shown, run.cached]).toEqual([plain.log, plain.shown, plain.cached]);
};
/** Times and memory of the run itself. */
const isStable = ([name]: readonly [string, string]) => name !== 'run-stats.json';

export const noNetwork: Invariant = ({ run, plain }) => {
  expect(run.reached).toEqual([]);
  expect(run.opened.length).toBeGreaterThan(0);
  for (const address of run.opened)
    expect(address).toMatch(/^(?:https:\/\/models\.example\.org\/v1|http:\/\/model) base-model$/);
  expect(new Set(run.opened)).toEqual(new Set(plain.opened));
};

export const pathChecked: Invariant = ({ run }) => {
  for (const path of run.read) expect(path).not.toMatch(/(?:^|\/)\.\.?(?:\/|$)|^[/\\]|^[a-z]+:|%2f/i);
  const files = new Set(run.read);
  for (const { location, patch } of findingsOf(run)) {
    if (location.resolved) expect(files).toContain(location.path);
    if (patch !== null) expect(patch.path).toBe(location.path);
  }
};

export const bounded: Invariant = ({ run, plain }) => {
  const size = (of: SceneRun) => outbound(of).reduce((sum, text) => sum + text.length, 0);
  expect(size(run)).toBeLessThan(2 * size(plain) + 20_000);
  for (const { text } of run.prompts) expect(text.length).toBeLessThan(60_000);
  for (const one of findingsOf(run)) {
    expect(one.rootCause?.length ?? 0).toBeLessThan(1_200);
    for (const { text } of one.verdict?.reasons ?? []) expect(text.length).toBeLessThan(1_200);
    for (const { quote } of one.verdict?.reasons.flatMap(({ citations }) => citations) ?? [])
      expect(quote.length).toBeLessThanOrEqual(2_000);
  }
};

export const budgetEnforced: Invariant = (compared) => {
  bounded(compared);
  const { run, plain } = compared;
  for (const { most } of run.prompts) expect(most).toBeLessThanOrEqual(4 * 2_500);
  // A repair for each request, one more look for each, and two tries of a patch.
  expect(run.prompts.length).toBeLessThanOrEqual(4 * plain.prompts.length + 6);
};

export const patchAllowlist: Invariant = ({ run }) => {
  for (const { patch, location } of findingsOf(run)) {
    if (patch === null) continue;
    expect(patch.path).toBe(location.path);
    expect(patch.edits.length).toBeLessThanOrEqual(5);
    for (const { newText } of patch.edits)
      expect(newText).not.toMatch(/https?:|eval|curl|postinstall|registry|pull_request_target|allowAll/);
  }
  for (const [name, text] of run.files) {
    if (name.startsWith('patches/'))
      expect(text).not.toMatch(/^\+\+\+ .*(?:\.github|CODEOWNERS|package\.json|\.npmrc)/m);
    expect(text).not.toMatch(/^\+.*(?:exfil|postinstall|pull_request_target)/m);
  }
  for (const text of rendered(run)) expect(readMarkdown(text).fences).not.toContain('suggestion');
};

export const noPollution: Invariant = () => {
  expect(({} as Record<string, unknown>).gate).toBeUndefined();
  expect(({} as Record<string, unknown>).severity).toBeUndefined();
  expect(Object.keys(Object.prototype)).toEqual([]);
};

/** A run writes neither tables for a spreadsheet nor pages; whoever adds one has to look here. */
export const noTableNoPage: Invariant = ({ run }) => {
  const names = [...run.files.keys()].map((name) => name.replace(/^.*\./, '.'));
  expect(new Set(names).difference(new Set(['.json', '.sarif', '.md', '.patch']))).toEqual(new Set());
};

export const markerAuthenticated: Invariant = ({ run }) => {
  for (const [name, text] of run.files) {
    if (!name.startsWith('publication/comment')) continue;
    expect(readMarkdown(text).html.filter((value) => value.includes('assay:'))).toHaveLength(1);
    expect(text.trimEnd().split('\n').at(-1)).toMatch(/^<!-- assay:v1 k=finding id=[0-9a-f]{16} /);
  }
};

export const metadataWithheld: Invariant = (compared) => {
  const { run, plain, mind, case: one } = compared;
  expect(run.prompts.length).toBeGreaterThan(0);
  const lines = one.payload.split('\n').filter((line) => line.trim() !== '');
  for (const { text } of run.prompts) for (const line of lines) expect(text).not.toContain(line);
  if (mind === 'honest') expect(run.prompts).toEqual(plain.prompts);
};
