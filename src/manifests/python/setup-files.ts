// setup.cfg, and of setup.py what is written out: a program is never run (https://setuptools.pypa.io/en/latest/userguide/declarative_config.html).
import type { DependencyScope } from '#domain/package.ts';
import { phrase } from '#domain/phrase.ts';
import type { Requirement } from '#domain/project.ts';
import { markOutside } from '#support/mark-outside.ts';
import { LineIndex } from '../line-index.ts';
import type { ManifestFiles } from '../manifest-files.ts';
import { folderOf } from '../repository-path.ts';
import { scopeOfGroup } from './group-scope.ts';
import type { PythonManifest } from './pyproject.ts';
import { extraOfMarker, normalisePythonName, readPythonRequirement } from './requirement-text.ts';

const MOST = 1024 * 1024;

function requirementAt(
  text: string,
  start: number,
  lines: LineIndex,
  scope: DependencyScope,
  group: string | null,
): Requirement[] {
  const read = readPythonRequirement(text);
  if (read === null) return [];
  return [
    {
      name: read.name,
      constraint: read.constraint,
      scope,
      group: group ?? extraOfMarker(read.marker),
      place:
        read.constraint === null ? lines.wholeLine(start) : lines.span(start + read.start, start + read.end),
      versionPlace: null,
    },
  ];
}

/** Null when it cannot be read, which is noted. */
export async function readSetupCfg(files: ManifestFiles, path: string): Promise<PythonManifest | null> {
  const text = await files.text(path, MOST);
  if (text === null) return null;
  const lines = new LineIndex(path, text);
  const requirements: Requirement[] = [];
  let name: string | null = null;
  let section = '';
  let key = '';
  let offset = 0;
  for (const raw of text.split('\n')) {
    const start = offset;
    offset += raw.length + 1;
    const content = raw.trim();
    if (content === '' || /^[#;]/.test(content)) continue;
    let value = content;
    let valueStart = start + raw.indexOf(content);
    if (/^\s/.test(raw) === false) {
      const header = /^\[([^\]]+)\]/.exec(content)?.[1];
      const equals = content.search(/[=:]/);
      key = header === undefined && equals > 0 ? content.slice(0, equals).trim() : '';
      if (header !== undefined) section = header.trim();
      if (header !== undefined || equals < 0) continue;
      value = content.slice(equals + 1).trim();
      valueStart = start + raw.length - raw.slice(equals + 1).trimStart().length;
      if (section === 'metadata' && key === 'name' && value !== '') name = normalisePythonName(value);
    }
    const asked = scopeOfKey(section, key);
    if (asked !== null && value !== '')
      requirements.push(...requirementAt(value, valueStart, lines, asked.scope, asked.group));
  }
  return { path, folder: folderOf(path), name, requirements, overrides: [], workspace: null };
}

function scopeOfKey(
  section: string,
  key: string,
): { readonly scope: DependencyScope; readonly group: string | null } | null {
  if (section === 'options' && key === 'install_requires') return { scope: 'runtime', group: null };
  if (section === 'options' && key === 'tests_require') return { scope: 'test', group: null };
  if (section === 'options.extras_require') return { scope: scopeOfGroup(key, 'optional'), group: key };
  return null;
}

const LIST = /\b(install_requires|tests_require)\s*=\s*(?:\[([^\]]{0,65536})\]|(\S))/g;
const STRING = /#[^\n]*|"([^"\\\n]*)"|'([^'\\\n]*)'/g;

/** Lists of texts that stand right behind `install_requires=`; anything else is for Python to say. Null as above. */
export async function readSetupPy(files: ManifestFiles, path: string): Promise<PythonManifest | null> {
  const text = await files.text(path, MOST);
  if (text === null) return null;
  const lines = new LineIndex(path, text);
  const requirements: Requirement[] = [];
  let isComputed = false;
  for (const match of text.matchAll(LIST).take(20)) {
    const [whole, keyword, list, other] = match;
    if (other !== undefined || list === undefined) {
      isComputed = true;
      continue;
    }
    const listStart = match.index + whole.length - list.length - 1;
    for (const string of list.matchAll(STRING)) {
      const written = string[1] ?? string[2];
      if (written !== undefined)
        requirements.push(
          ...requirementAt(
            written,
            listStart + string.index + 1,
            lines,
            keyword === 'tests_require' ? 'test' : 'runtime',
            null,
          ),
        );
    }
  }
  if (isComputed || /\bextras_require\s*=/.test(text))
    files.note(
      path,
      phrase`${markOutside(path)} is a program: only the dependencies that it lists word for word are known.`,
    );
  const name = /\bname\s*=\s*["']([A-Za-z0-9._-]{1,214})["']/.exec(text)?.[1];
  return {
    path,
    folder: folderOf(path),
    name: name === undefined ? null : normalisePythonName(name),
    requirements,
    overrides: [],
    workspace: null,
  };
}
