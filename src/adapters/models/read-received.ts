// What the wire said beyond what a vendor's client passes on: which model answered, that it refused, that it failed half-way (security row 48).

export interface Received {
  /** '' when it is not said. */
  readonly model: string;
  readonly refused: boolean;
  /** An error inside an answer that began as a success: its status where one is told, and the whole of it as JSON. */
  readonly error: { readonly status: number; readonly body: string } | null;
}

type Fields = Readonly<Record<string, unknown>>;

/** `text` is one JSON value, or server-sent events. Anything else says nothing. */
export function readReceived(text: string): Received {
  let model = '';
  let refused = false;
  let error: Received['error'] = null;
  for (const record of recordsOf(text)) {
    const message = fieldsOf(record.message);
    model = firstText(model, record.model, message?.model, record.modelVersion);
    refused ||= refuses(record);
    if (isError(record.error)) error ??= errorOf(record);
  }
  return { model: model.slice(0, 200), refused, error };
}

function recordsOf(text: string): readonly Fields[] {
  const whole = parsed(text);
  if (whole !== null) return [whole];
  return text.split(/\r?\n/).flatMap((line) => {
    const record = line.startsWith('data:') ? parsed(line.slice('data:'.length)) : null;
    return record === null ? [] : [record];
  });
}

/** OpenAI: `refusal` beside the content; Anthropic: a stop reason. */
function refuses(record: Fields): boolean {
  const { choices } = record;
  const [choice] = Array.isArray(choices) ? choices.map(fieldsOf) : [];
  const said = fieldsOf(choice?.message) ?? fieldsOf(choice?.delta);
  if (typeof said?.refusal === 'string' && said.refusal !== '') return true;
  return record.stop_reason === 'refusal' || fieldsOf(record.delta)?.stop_reason === 'refusal';
}

/** Some servers send the field with nothing in it. */
function isError(error: unknown): boolean {
  if (typeof error === 'string') return error !== '';
  return typeof error === 'object' && error !== null && Object.keys(error).length > 0;
}

const STATUS_OF_TYPE: readonly (readonly [RegExp, number])[] = [
  [/overloaded|server_error|api_error|internal|unavailable|timeout/i, 503],
  [/rate_?limit|too_many|resource_exhausted/i, 429],
  [/authentication|permission|unauthori/i, 401],
  [/not_found/i, 404],
];

function errorOf(record: Fields): { status: number; body: string } {
  const error = fieldsOf(record.error);
  const words = [error?.type, error?.code, error?.status, record.type].map(String).join(' ');
  const code = Number(error?.code);
  const told = Number.isInteger(code) && code >= 400 && code < 600 ? code : null;
  const typed = STATUS_OF_TYPE.find(([pattern]) => pattern.test(words))?.[1];
  return { status: told ?? typed ?? 400, body: JSON.stringify({ error: record.error }) };
}

function firstText(...values: readonly unknown[]): string {
  return values.find((value): value is string => typeof value === 'string' && value !== '') ?? '';
}

function fieldsOf(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;
}

function parsed(text: string): Fields | null {
  try {
    return fieldsOf(JSON.parse(text));
  } catch {
    return null;
  }
}
