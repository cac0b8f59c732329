// secretlint behind one function: its recommended rules over a text, loaded only when a prompt is made, touching neither files nor network.
import type { Span } from '#support/known-secrets.ts';

/** Name given to every text: rules that go by a file's kind have nothing to go by. */
const FILE_NAME = 'prompt.txt';
const PRESET = '@secretlint/secretlint-rule-preset-recommend';

type SecretLint = (text: string) => Promise<readonly (Span & { readonly kind: string })[]>;

/** Loads the library and its rules. The function says where a text holds secrets, and of which kind. */
export async function loadSecretLint(): Promise<SecretLint> {
  const [{ lintSource }, { creator }, { secretLintProfiler }] = await Promise.all([
    import('@secretlint/core'),
    import('@secretlint/secretlint-rule-preset-recommend'),
    import('@secretlint/profiler'),
  ]);
  // It keeps several entries of every text that is looked at for as long as the process lives: gigabytes in a run with thousands of findings.
  secretLintProfiler.setEnabled(false);
  const options = { config: { rules: [{ id: PRESET, rule: creator, options: {} }] }, noPhysicFilePath: true };
  return async (text) => {
    const source = { filePath: FILE_NAME, content: text, ext: '.txt', contentType: 'text' as const };
    const { messages } = await lintSource({ source, options });
    return messages.map(({ range: [start, end], ruleId }) => ({ start, end, kind: kindOf(ruleId) }));
  };
}

/** `@secretlint/secretlint-rule-slack` → `slack secret`. */
function kindOf(ruleId: string): string {
  return `${ruleId.replace(/^.*secretlint-rule-/, '').replace(/[^a-z0-9 -]/gi, '')} secret`;
}
