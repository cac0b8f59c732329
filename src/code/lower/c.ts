import type { LoweringTables } from './lowerer.ts';
export const C: LoweringTables = { transparent: [], identifiers: [], expressions: {}, statements: {} };
