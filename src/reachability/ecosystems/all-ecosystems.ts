// The ecosystems whose sources are searched.
import { CSHARP } from './csharp.ts';
import type { EcosystemRules } from './ecosystem.ts';
import { GO } from './go.ts';
import { JAVA } from './java.ts';
import { NPM } from './npm.ts';
import { PHP } from './php.ts';
import { PYTHON } from './python.ts';
import { RUBY } from './ruby.ts';
import { RUST } from './rust.ts';

const ALL: readonly EcosystemRules[] = [NPM, PYTHON, JAVA, GO, RUST, RUBY, PHP, CSHARP];

/** Null for ecosystems that are not searched, such as those of operating systems. */
export function ecosystemRules(ecosystem: string): EcosystemRules | null {
  return ALL.find((one) => one.ecosystem === ecosystem) ?? null;
}
