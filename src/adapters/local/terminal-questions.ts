// Asks the person at the terminal; without one nobody can be asked.
import { AssayError } from '#domain/errors.ts';

/** True when the person says yes. Throws AssayError `usage` when there is no terminal, `interrupted` when they leave. */
export async function confirm(question: string): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) {
    throw new AssayError('usage', 'There is no terminal to ask at.', {
      hint: 'Add --yes to write without asking.',
    });
  }
  const prompts = await import('@clack/prompts');
  const answer = await prompts.confirm({ message: question });
  if (prompts.isCancel(answer)) throw new AssayError('interrupted', 'Nothing was written.');
  return answer;
}
