// All behaviours of both hosts that the emulators must reproduce: platforms D, 1 to 51, one sentence each.
import { GITHUB_BEHAVIOURS } from './github-behaviours.ts';
import { GITLAB_BEHAVIOURS } from './gitlab-behaviours.ts';

export const BEHAVIOURS: Readonly<Record<number, string>> = { ...GITHUB_BEHAVIOURS, ...GITLAB_BEHAVIOURS };
