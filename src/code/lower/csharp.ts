import type { LoweringTables } from './lowerer.ts';
export const CSHARP: LoweringTables = { transparent: [], identifiers: [], expressions: {}, statements: {} };
