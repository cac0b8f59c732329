// Cargo.toml: what a crate asks for, and what its workspace says for it (https://doc.rust-lang.org/cargo/reference/specifying-dependencies.html).
import type { DependencyScope } from '#domain/package.ts';
import type { Requirement } from '#domain/project.ts';
import type { ManifestFiles } from '../manifest-files.ts';
import { isRecord, memberOf, membersOf, textOf } from '../outside-value.ts';
import { readToml, type TomlFile } from '../read-toml.ts';
import { folderOf } from '../repository-path.ts';

export interface CargoManifest {
  readonly path: string;
  readonly folder: string;
  readonly name: string | null;
  readonly requirements: readonly Requirement[];
  readonly isWorkspace: boolean;
  readonly file: TomlFile;
}

/** Code of build scripts does not run in the program. */
const SECTIONS: readonly (readonly [section: string, scope: DependencyScope, group: string | null])[] = [
  ['dependencies', 'runtime', null],
  ['dev-dependencies', 'dev', null],
  ['build-dependencies', 'dev', 'build'],
];

/** Null when it cannot be read, which is noted. */
export async function readCargoToml(files: ManifestFiles, path: string): Promise<CargoManifest | null> {
  const file = await readToml(files, path);
  if (file === null) return null;
  const targets = membersOf(memberOf(file.value, 'target')).map(([target]) => ['target', target]);
  return {
    path,
    folder: folderOf(path),
    name: textOf(memberOf(file.value, 'package', 'name'), 128),
    requirements: [[], ...targets].flatMap((below) =>
      SECTIONS.flatMap(([section, scope, group]) => requirementsIn(file, [...below, section], scope, group)),
    ),
    isWorkspace: memberOf(file.value, 'workspace') !== undefined,
    file,
  };
}

function requirementsIn(
  file: TomlFile,
  path: readonly string[],
  scope: DependencyScope,
  group: string | null,
): Requirement[] {
  return membersOf(memberOf(file.value, ...path)).map(([installedAs, value]): Requirement => {
    const isOptional = memberOf(value, 'optional') === true;
    return {
      ...writtenAt(file, [...path, installedAs], installedAs, value),
      scope: isOptional && scope === 'runtime' ? 'optional' : scope,
      group,
    };
  });
}

function writtenAt(
  file: TomlFile,
  at: readonly string[],
  installedAs: string,
  value: unknown,
): Pick<Requirement, 'name' | 'constraint' | 'place' | 'versionPlace' | 'alias'> {
  const name = textOf(memberOf(value, 'package'), 128) ?? installedAs;
  const alias = name === installedAs ? {} : { alias: installedAs };
  const part = isRecord(value)
    ? ['version', 'git', 'path'].find((key) => textOf(memberOf(value, key)) !== null)
    : null;
  const constraint = isRecord(value) ? textOf(memberOf(value, part ?? '')) : textOf(value);
  const place = constraint === null ? file.places.line(at) : file.places.value(part ? [...at, part] : at);
  return { name, constraint, place, versionPlace: null, ...alias };
}

/** `name.workspace = true` means what the workspace's root says of it. */
export function inherit(manifest: CargoManifest, root: CargoManifest): CargoManifest {
  const shared = memberOf(root.file.value, 'workspace', 'dependencies');
  const requirements = manifest.requirements.map((requirement): Requirement => {
    const installedAs = requirement.alias ?? requirement.name;
    const value = memberOf(shared, installedAs);
    if (requirement.constraint !== null || value === undefined) return requirement;
    const said = writtenAt(root.file, ['workspace', 'dependencies', installedAs], installedAs, value);
    return {
      ...requirement,
      ...said,
      place: requirement.place,
      versionPlace: said.constraint === null ? null : said.place,
    };
  });
  return { ...manifest, requirements };
}
