// Which environment variables hold secrets: their values may stand in nothing that leaves (security R7).

const SECRET_NAME =
  /TOKEN|SECRET|PASSW|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY|MARKER_?KEY|CREDENTIAL|_AUTH$|_PAT$|_DSN$|COOKIE|SESSION/i;
const PLACE_NAME = /(_PATH|_FILE|_DIR|_URL|_SOCK|_ID|_NAME|_TTL|_EXPIR\w*)$/i;
const USERINFO = /\/\/([^/@\s]*:)?([^/@\s:]+)@/g;
const SHORTEST = 8;

/** Values of variables that are named like secrets, and the passwords inside URLs of all of them. */
export function secretValues(variables: Readonly<Record<string, string | undefined>>): string[] {
  return Object.entries(variables).flatMap(([name, value = '']) => {
    const passwords = [...value.matchAll(USERINFO)].map((match) => match[2] ?? '');
    const isSecret = SECRET_NAME.test(name) && !PLACE_NAME.test(name);
    return [...(isSecret ? [value] : []), ...passwords].filter((secret) => secret.length >= SHORTEST);
  });
}
