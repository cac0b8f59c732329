// The line by which a project says the version of what others bring in, each tool's own.
import { addJsonMember } from './add-json-member.ts';
import { addCentralVersion, addManagedDependency } from './add-managed-version.ts';
import { addConstraintLine, addUvConstraint } from './add-python-constraint.ts';
import { addWorkspaceOverride } from './add-workspace-override.ts';
import type { BuildTool } from './build-tool.ts';

const WORKSPACE = /(^|\/)pnpm-workspace\.yaml$/;

/** The text with the line added; null where the tool has none, or the text no place for it. Without a byte order mark. */
export function addOverride(
  { tool, path }: { readonly tool: BuildTool; readonly path: string },
  text: string,
  name: string,
  to: string,
): string | null {
  switch (tool) {
    case 'npm':
    case 'bun':
      return addJsonMember(text, ['overrides', name], `^${to}`);
    case 'yarn':
    case 'yarn-1':
      return addJsonMember(text, ['resolutions', name], `^${to}`);
    case 'pnpm':
      return WORKSPACE.test(path)
        ? addWorkspaceOverride(text, name, `^${to}`)
        : addJsonMember(text, ['pnpm', 'overrides', name], `^${to}`);
    case 'maven':
      return addManagedDependency(text, name, to);
    case 'nuget':
      return addCentralVersion(text, name, to);
    case 'uv':
      return addUvConstraint(text, name, to);
    case 'pip':
      return addConstraintLine(text, name, to);
    default:
      return null;
  }
}

const BY_FILE: readonly (readonly [file: RegExp, tools: readonly BuildTool[]])[] = [
  [/(^|\/)package\.json$/, ['npm', 'yarn', 'pnpm']],
  [WORKSPACE, ['pnpm']],
  [/(^|\/)pom\.xml$/, ['maven']],
  [/(^|\/)Directory\.Packages\.props$/, ['nuget']],
  [/(^|\/)pyproject\.toml$/, ['uv']],
  [/(^|\/)constraints[^/]*\.txt$/, ['pip']],
];

/** What the file would be with the line of each tool that it could be of. */
export function overridesThatCouldBe(
  path: string,
  text: string,
  name: string,
  to: string,
): readonly (string | null)[] {
  const tools = BY_FILE.find(([file]) => file.test(path))?.[1] ?? [];
  return tools.map((tool) => addOverride({ tool, path }, text, name, to));
}
