// Writes the JSON Schemas that editors and other tools read, from the zod schemas that the code itself uses.
// `node scripts/generate-schemas.ts` writes them; a test compares what it would write with what is there.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { policyJsonSchema } from '../src/app/config/policy-schema.ts';
import { evaluationJsonSchema } from '../src/measure/evaluation-schema.ts';
import { promptJsonSchema } from '../src/prompt/prompt-schema.ts';
import { gitLabSastJsonSchema } from '../src/publish/gitlab-sast-schema.ts';
import { publicationJsonSchema } from '../src/publish/publication-schema.ts';
import { resultJsonSchema } from '../src/publish/result-schema.ts';

export interface PublishedSchema {
  /** Relative to the repository. */
  readonly path: string;
  build(): Record<string, unknown>;
}

export const PUBLISHED_SCHEMAS: readonly PublishedSchema[] = [
  { path: 'docs/schema/assay-config.schema.json', build: policyJsonSchema },
  { path: 'docs/schema/assay-prompt.schema.json', build: promptJsonSchema },
  { path: 'docs/schema/assay-result.schema.json', build: resultJsonSchema },
  { path: 'docs/schema/assay-eval.schema.json', build: evaluationJsonSchema },
  { path: 'docs/schema/publication.schema.json', build: publicationJsonSchema },
  { path: 'docs/schema/gitlab-sast-15.0.7.schema.json', build: gitLabSastJsonSchema },
];

export function renderSchema(schema: PublishedSchema): string {
  return `${JSON.stringify(schema.build(), null, 2)}\n`;
}

if (import.meta.main) {
  for (const schema of PUBLISHED_SCHEMAS) {
    const path = join(import.meta.dirname, '..', schema.path);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, renderSchema(schema));
    process.stdout.write(`${schema.path}\n`);
  }
}
