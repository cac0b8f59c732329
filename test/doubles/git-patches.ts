// Many pairs of texts at once through real git: what it prints for each as a patch, and what the review diff says of it.
import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import type { ReviewFile } from '#domain/review-diff.ts';
import { diffArguments, parseReviewDiff } from '../../src/adapters/local/parse-git-diff.ts';
import { createGitRepository } from './git-repository.ts';

export interface ReadPatch {
  readonly before: string;
  readonly after: string;
  /** The hunks of the file without any header, as hosts hand them out. */
  readonly patch: string;
  readonly file: ReviewFile;
}

const line = fc.constantFrom(
  ...['a', 'b', 'c', 'd', 'e', '', '}', '-', '+x', '-- x', '@@ -1 +1 @@', '\\ No newline at end of file'],
  ...['\tf()', 'g  ', '```', '~~~', '````js', 'é😀', '/merge', '> q', '<!--'],
);

/** Short files of much the same lines: LF, CRLF or a mixture, with and without a last line end. */
export const fileTexts: fc.Arbitrary<string> = fc
  .record({
    lines: fc.array(line, { maxLength: 30 }),
    ends: fc.boolean(),
    style: fc.constantFrom('lf', 'lf', 'crlf', 'mixed'),
  })
  .map(({ lines, ends, style }) => {
    const text = lines
      .map(
        (text, index) => text + (style === 'crlf' || (style === 'mixed' && index % 3 === 0) ? '\r\n' : '\n'),
      )
      .join('');
    return ends ? text : text.replace(/\r?\n$/, '');
  });

/** Reads pairs of texts in one repository, which `dispose` takes away. */
export function createPatchReader() {
  const repository = createGitRepository();
  return {
    dispose: () => repository.dispose(),
    /** Pairs of equal texts, and files that come or go with no line, are left out. */
    read(pairs: readonly (readonly [string, string])[]): readonly ReadPatch[] {
      for (const side of [0, 1] as const) {
        repository.git('rm', '-rqf', '--ignore-unmatch', '.');
        for (const [index, pair] of pairs.entries()) repository.write(`${index}.txt`, pair[side]);
        repository.commit();
      }
      const output = `${repository.git('-c', 'core.quotePath=true', ...diffArguments(3), 'HEAD~1', 'HEAD')}\n`;
      const { files } = parseReviewDiff(Buffer.from(output));
      const patches = output
        .slice(output.indexOf('\ndiff --git '))
        .split(/\ndiff --git [^\n]*\n/)
        .slice(1);
      return files.map((file, index) => {
        const [before = '', after = ''] = pairs[Number.parseInt(file.newPath ?? '', 10)] ?? [];
        const body = patches[index] ?? '';
        return { before, after, patch: body.slice(body.indexOf('@@ ')).replace(/\n?$/, '\n'), file };
      });
    },
  };
}
