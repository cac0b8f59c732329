// A request's body as the value it stands for, for the log and for handlers: JSON, multipart forms and URL-encoded forms.
import { type DocumentNode, parse } from 'graphql';

/** JSON as its value, forms as a record of their fields, anything else as text; null for nothing. Never throws. */
export async function readBody(contentType: string | undefined, bytes: Buffer): Promise<unknown> {
  if (bytes.length === 0) return null;
  const text = bytes.toString('utf8');
  if (
    contentType !== undefined &&
    /^(multipart\/form-data|application\/x-www-form-urlencoded)/i.test(contentType)
  ) {
    try {
      const form = await new Response(new Uint8Array(bytes), {
        headers: { 'content-type': contentType },
      }).formData();
      return Object.fromEntries(
        [...form].map(([key, value]) => [key, typeof value === 'string' ? value : value.name]),
      );
    } catch {
      return text;
    }
  }
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Whether the host would change something: by the method, and for GraphQL by the operation that is asked for. */
export function isWrite(method: string, path: string, body: unknown): boolean {
  if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return false;
  if (!path.endsWith('/graphql')) return true;
  const { query, operationName } = (body ?? {}) as { query?: unknown; operationName?: unknown };
  let document: DocumentNode;
  try {
    document = parse(String(query));
  } catch {
    return false;
  }
  return document.definitions.some(
    (definition) =>
      definition.kind === 'OperationDefinition' &&
      definition.operation === 'mutation' &&
      (typeof operationName !== 'string' || definition.name?.value === operationName),
  );
}
