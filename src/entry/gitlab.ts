#!/usr/bin/env node
// The GitLab job's door: the job's process → the job → the exit code.
import { runGitLabJob } from '../app/ci/gitlab-job.ts';
import { openJob } from './job-environment.ts';

process.exitCode = await runGitLabJob(openJob('CI_PROJECT_DIR'));
