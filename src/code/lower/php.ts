import type { LoweringTables } from './lowerer.ts';
export const PHP: LoweringTables = { transparent: [], identifiers: [], expressions: {}, statements: {} };
