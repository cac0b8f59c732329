// Whether a JSON schema is of the kind that OpenAI holds answers to exactly (platform.openai.com/docs/guides/structured-outputs#supported-schemas).

/** Every object closed, and all its properties required. Other schemas are sent without `strict`, or the server refuses them. */
export function isStrictSchema(schema: unknown): boolean {
  if (typeof schema !== 'object' || schema === null) return true;
  if (Array.isArray(schema)) return schema.every(isStrictSchema);
  const { type, properties, required, additionalProperties, ...rest } = schema as Record<string, unknown>;
  if (!Object.values(rest).every(isStrictSchema)) return false;
  if (type !== 'object') return properties === undefined || isStrictSchema(properties);
  if (additionalProperties !== false || typeof properties !== 'object' || properties === null) return false;
  const demanded = new Set(Array.isArray(required) ? required : []);
  return Object.entries(properties).every(([name, inner]) => demanded.has(name) && isStrictSchema(inner));
}
