// Writes the table of inputs in README.md, made of action.yml, between its two markers.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';

const START = '<!-- inputs:start -->\n';
const END = '<!-- inputs:end -->';

/** The inputs of an `action.yml` (its text) as a Markdown table, ending with a line break. */
export function inputsTable(action: string): string {
  const {
    inputs,
  }: { inputs: Record<string, { description: string; default?: string; required?: boolean }> } =
    parse(action);
  const rows = Object.entries(inputs).map(([name, input]) => {
    const fallback = input.required ? 'required' : input.default === undefined ? '' : `\`${input.default}\``;
    return `| \`${name}\` | ${fallback} | ${input.description.replaceAll('|', '\\|')} |\n`;
  });
  return `| input | default | what it says |\n|---|---|---|\n${rows.join('')}`;
}

/** What stands between the markers. Throws when they are not there. */
export function readTable(readme: string): string {
  const [start, end] = markers(readme);
  return readme.slice(start, end);
}

/** The README with the table put between its markers. */
export function replaceTable(readme: string, table: string): string {
  const [start, end] = markers(readme);
  return readme.slice(0, start) + table + readme.slice(end);
}

function markers(readme: string): readonly [start: number, end: number] {
  const start = readme.indexOf(START) + START.length;
  const end = readme.indexOf(END);
  if (start < START.length || end < start)
    throw new Error(`README.md needs the lines ${START.trim()} and ${END}`);
  return [start, end];
}

if (import.meta.main) {
  const root = path.resolve(import.meta.dirname, '..');
  const readme = path.join(root, 'README.md');
  const table = inputsTable(readFileSync(path.join(root, 'action.yml'), 'utf8'));
  writeFileSync(readme, replaceTable(readFileSync(readme, 'utf8'), table));
}
