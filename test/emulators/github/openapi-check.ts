// Requests and answers held against GitHub's own description of its API, when a copy of it is at hand (platforms C1).
import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';

type Json = Record<string, unknown>;

/** `operation` is the path as GitHub writes it: `/repos/{owner}/{repo}/pulls/{pull_number}`. Each fault is a sentence. */
export interface OpenApiCheck {
  request(
    method: string,
    operation: string,
    asked: { readonly query: URLSearchParams; readonly body: unknown },
  ): readonly string[];
  answer(
    method: string,
    operation: string,
    answer: { readonly status: number; readonly body: unknown },
  ): readonly string[];
}

/** Of review comments: not nullable in the description, null on the host once outdated or on a whole file. */
const NULL_ALL_THE_SAME = ['line', 'original_line', 'position'];

export function readOpenApi(file: string): OpenApiCheck {
  const document = JSON.parse(readFileSync(file, 'utf8')) as Json;
  const components = document.components as Record<string, Record<string, Json>>;
  for (const name of ['pull-request-review-comment', 'review-comment']) {
    const properties = components.schemas?.[name]?.properties as Record<string, Json>;
    for (const key of NULL_ALL_THE_SAME) if (properties[key]) properties[key].nullable = true;
  }
  for (const name of ['pull-request', 'pull-request-simple']) allowGoneFork(components.schemas?.[name]);
  const ajv = new Ajv({ strict: false, allErrors: false, validateFormats: false, coerceTypes: false });
  ajv.addSchema(allowNulls({ $id: 'github', components }) as Json);
  const validators = new Map<string, ValidateFunction>();
  const operationAt = (method: string, path: string): Json | undefined =>
    (document.paths as Record<string, Record<string, Json>>)[path]?.[method.toLowerCase()];
  const check = (key: string, schema: unknown, value: unknown): string[] => {
    const validate = validators.get(key) ?? ajv.compile(allowNulls(pointHome(schema)) as Json);
    validators.set(key, validate);
    if (validate(value)) return [];
    return [`${key}: ${ajv.errorsText(validate.errors)}`];
  };
  const resolve = (value: Json): Json => {
    const pointer = typeof value.$ref === 'string' ? value.$ref.split('/') : null;
    return pointer ? (components[pointer[2] as string]?.[pointer[3] as string] as Json) : value;
  };
  return {
    request: (method, path, { query, body }) => {
      const operation = operationAt(method, path);
      if (!operation) return [];
      const parameters = ((operation.parameters ?? []) as Json[])
        .map(resolve)
        .filter(({ in: where }) => where === 'query');
      const schema =
        (operation.requestBody as Json | undefined) && schemaOf(resolve(operation.requestBody as Json));
      const key = `${method} ${path}`;
      return [
        ...[...query].flatMap(([name, value]) => {
          const parameter = parameters.find((candidate) => candidate.name === name);
          if (!parameter) return [`${key}: ?${name} is not known`];
          return check(`${key} ?${name}`, parameter.schema, readParameter(parameter.schema as Json, value));
        }),
        ...(body === null ? [] : schema ? check(key, schema, body) : [`${key}: takes no body`]),
      ];
    },
    answer: (method, path, { status, body }) => {
      const answer = (operationAt(method, path)?.responses as Record<string, Json> | undefined)?.[
        String(status)
      ];
      const schema = answer && schemaOf(resolve(answer));
      return schema && typeof body === 'object' ? check(`${method} ${path} → ${status}`, schema, body) : [];
    },
  };
}

function schemaOf(content: Json): unknown {
  return ((content.content as Json | undefined)?.['application/json'] as Json | undefined)?.schema;
}

function readParameter(schema: Json, value: string): unknown {
  if (schema.type === 'integer' || schema.type === 'number')
    return Number.isNaN(Number(value)) ? value : Number(value);
  if (schema.type === 'boolean') return value === 'true' ? true : value === 'false' ? false : value;
  return value;
}

/** References of a piece of the document lead into the whole one. */
function pointHome(schema: unknown): unknown {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"github#/components/'));
}

/** `head.repo` is null once the fork is deleted, `head.user` once the account is (docs.github.com/webhooks), though the description makes it an object. */
function allowGoneFork(schema: Json | undefined): void {
  const head = (schema?.properties as Record<string, Json> | undefined)?.head;
  const properties = head?.properties as Record<string, Json> | undefined;
  for (const key of ['repo', 'user'] as const) {
    if (properties?.[key]) properties[key] = { anyOf: [properties[key], { type: 'null' }] };
  }
}

/** OpenAPI's `nullable` in the words of JSON Schema. */
function allowNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(allowNulls);
  if (value === null || typeof value !== 'object') return value;
  const { nullable, ...rest } = Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, allowNulls(inner)]),
  );
  if (nullable !== true) return rest;
  if (Array.isArray(rest.enum)) rest.enum = [...rest.enum, null];
  if (typeof rest.type === 'string') return { ...rest, type: [rest.type, 'null'] };
  return { anyOf: [rest, { type: 'null' }] };
}
