// `assay fix --open` on GitHub: the cases of both hosts.
import { describe } from 'vitest';
import { fixRequestCases } from './fix-request-cases.ts';

describe('on GitHub', () => fixRequestCases('github'));
