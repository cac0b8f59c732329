// Where each tool lets a project say the version of what others bring in; tools that are missing have no such place.
import { type Phrase, phrase } from '#domain/phrase.ts';
import type { BuildTool } from './build-tool.ts';

/** Ends the sentence "hold it to version 1.2.3 …". */
export const OVERRIDE_WAYS: ReadonlyMap<BuildTool, Phrase> = new Map([
  ['npm', phrase`by \`overrides\` in \`package.json\``],
  ['bun', phrase`by \`overrides\` in \`package.json\``],
  ['yarn-1', phrase`by \`resolutions\` in \`package.json\``],
  ['yarn', phrase`by \`resolutions\` in \`package.json\``],
  ['pnpm', phrase`by \`pnpm.overrides\` in \`package.json\`, or \`overrides\` in \`pnpm-workspace.yaml\``],
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
