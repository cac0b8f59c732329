// The corpus in groups, one test file each so that they run side by side; together they are all of it.
import { type InjectionCase, injectionCases } from '../../doubles/injection-cases.ts';
import { SCENE_CHANNELS } from './scene.ts';

const isPlain = ({ encoding }: InjectionCase) => encoding === 'plain';
const isReport = ({ channel }: InjectionCase) => /^(?:sarif_|ci_log)/.test(channel);
const isComment = ({ channel }: InjectionCase) => channel === 'code_comment';
const isOfHost = ({ channel }: InjectionCase) => !SCENE_CHANNELS.has(channel);
const all = injectionCases();

export const GROUPS = {
  comments: all.filter((one) => isComment(one) && isPlain(one)),
  disguised: all.filter((one) => isComment(one) && !isPlain(one)),
  reports: all.filter(isReport),
  repository: all.filter((one) => !isComment(one) && !isReport(one) && !isOfHost(one)),
  host: all.filter(isOfHost),
} as const;
