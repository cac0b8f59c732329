// Whether a command that a result file tells is one that Assay would write: the file may be anybody's, and people paste commands.
import { type BuildTool, installCommand, refreshCommand } from './build-tool.ts';

/** Every tool, by the compiler. */
const TOOLS: Readonly<Record<BuildTool, true>> = {
  ...{ npm: true, 'yarn-1': true, yarn: true, pnpm: true, bun: true, poetry: true, uv: true, pdm: true },
  ...{ pipenv: true, 'pip-tools': true, pip: true, maven: true, gradle: true, go: true, cargo: true },
  ...{ bundler: true, composer: true, nuget: true },
};

/** @param about the package that the finding is of, and the versions of its upgrade */
export function isOwnCommand(
  command: string,
  about: { readonly name: string; readonly from: string | null; readonly to: string },
): boolean {
  return (Object.keys(TOOLS) as BuildTool[]).some((tool) => {
    const question = { ...about, tool, hasLock: true };
    return command === refreshCommand(question) || command === installCommand(question);
  });
}
