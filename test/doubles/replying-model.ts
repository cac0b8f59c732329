// A model that replies what the test wants, after as many turns of the event loop as the test wants; it writes down what it was asked.
import type { ModelFailure } from '#domain/model.ts';
import type { LanguageModel, ModelReply, ModelRequest } from '#ports/language-model.ts';

export interface ReplyingModel extends LanguageModel {
  readonly requests: readonly ModelRequest[];
  /** The most requests that were under way at once. */
  mostAtOnce(): number;
}

type Reply = Partial<Pick<ModelReply, 'usage' | 'latencyMs' | 'attempts'>> & {
  /** Of a failure: what came of the answer. */
  readonly text?: string;
  readonly failure?: ModelFailure;
};

/** `reply` may throw what a run is stopped with. `turns`: how long an answer takes. */
export function replyingModel(
  reply: (request: ModelRequest, nth: number) => Reply,
  { id = 'openai/replying', turns = () => 0 }: { id?: string; turns?: (nth: number) => number } = {},
): ReplyingModel {
  const requests: ModelRequest[] = [];
  let underWay = 0;
  let most = 0;
  const ask = async (request: ModelRequest): Promise<ModelReply> => {
    const nth = requests.push(request) - 1;
    underWay += 1;
    most = Math.max(most, underWay);
    for (let turn = 0; turn < turns(nth); turn += 1) await Promise.resolve();
    underWay -= 1;
    const { failure, text, ...said } = reply(request, nth);
    const exchanged = { usage: { input: 100, cached: 0, output: 10 }, latencyMs: 5, attempts: 1, ...said };
    if (failure !== undefined) return { kind: 'failed', failure, text: text ?? null, ...exchanged };
    return { kind: 'text', text: text ?? '', model: 'replying-2026', ...exchanged };
  };
  return { id, ask, stream: (request) => ask(request), requests, mostAtOnce: () => most };
}
