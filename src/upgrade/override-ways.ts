// Where each tool lets a project say the version of what others bring in; tools that are missing have no such place.
import { type Phrase, phrase } from '#domain/phrase.ts';
import type { BuildTool } from './build-tool.ts';

/** Of pnpm, where the repository says which file its versions read (`overridesFile`). */
const PNPM_PACKAGE = phrase`by \`pnpm.overrides\` in \`package.json\``;
const PNPM_WORKSPACE = phrase`by \`overrides\` in \`pnpm-workspace.yaml\``;

const OVERRIDE_WAYS: ReadonlyMap<BuildTool, Phrase> = new Map([
  ['npm', phrase`by \`overrides\` in \`package.json\``],
  ['bun', phrase`by \`overrides\` in \`package.json\``],
  ['yarn-1', phrase`by \`resolutions\` in \`package.json\``],
  ['yarn', phrase`by \`resolutions\` in \`package.json\``],
  [
    'pnpm',
    phrase`by \`pnpm.overrides\` in \`package.json\`, or from pnpm 11 on by \`overrides\` in \`pnpm-workspace.yaml\``,
  ],
  ['uv', phrase`by \`constraint-dependencies\` of \`[tool.uv]\` in \`pyproject.toml\``],
  ['pip', phrase`by a line in a constraints file (\`-c\`)`],
  ['maven', phrase`by \`dependencyManagement\` in \`pom.xml\``],
  ['gradle', phrase`by \`constraints\` in the build's \`dependencies\``],
  ['go', phrase`by a \`require\` line in \`go.mod\``],
  [
    'nuget',
    phrase`by a central version in \`Directory.Packages.props\` with transitive pinning, or a reference of its own`,
  ],
]);

/** Ends the sentence "hold it to version 1.2.3 …". Undefined where the tool has no such place. */
export function overrideWay(tool: BuildTool, overridesFile: string | undefined): Phrase | undefined {
  if (tool !== 'pnpm' || overridesFile === undefined) return OVERRIDE_WAYS.get(tool);
  return overridesFile.endsWith('.yaml') ? PNPM_WORKSPACE : PNPM_PACKAGE;
}
