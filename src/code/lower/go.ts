import type { LoweringTables } from './lowerer.ts';
export const GO: LoweringTables = { transparent: [], identifiers: [], expressions: {}, statements: {} };
