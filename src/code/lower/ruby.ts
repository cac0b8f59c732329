import type { LoweringTables } from './lowerer.ts';
export const RUBY: LoweringTables = { transparent: [], identifiers: [], expressions: {}, statements: {} };
