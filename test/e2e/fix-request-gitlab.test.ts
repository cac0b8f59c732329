// `assay fix --open` on GitLab: the cases of both hosts.
import { describe } from 'vitest';
import { fixRequestCases } from './fix-request-cases.ts';

describe('on GitLab', () => fixRequestCases('gitlab'));
