// Who wrote a comment: the bot itself, or somebody else who may have copied its marker (security row 14).

/** The bot as GraphQL's `viewer` names it; GITHUB_TOKEN cannot read `/user`. */
export interface BotIdentity {
  readonly login: string;
  /** Null where the host does not say. */
  readonly id: number | null;
}

/** As REST names a writer; null when the account is gone. */
export interface Author {
  readonly id: number;
  readonly login: string;
  readonly type?: string | undefined;
}

const SUFFIX = '[bot]';

/**
 * Whether `author` is the bot: by account number, which nobody else can have, or as an app by its login, which no other app can have.
 * GraphQL says `github-actions` where REST says `github-actions[bot]`, and anybody can own the plain name: the two are one only when REST
 * says that the author is a bot. A person is known by number alone, where there is one: logins are given anew.
 */
export function isOwn(bot: BotIdentity, author: Author | null | undefined): boolean {
  if (author === null || author === undefined) return false;
  if (bot.id !== null && author.id === bot.id) return true;
  if (bot.id === null && author.login === bot.login && !bot.login.endsWith(SUFFIX)) return true;
  return author.type === 'Bot' && plainLogin(author.login) === plainLogin(bot.login);
}

/** Logins as GraphQL gives them have no account number beside them. */
export function isOwnLogin(bot: BotIdentity, login: string): boolean {
  return plainLogin(login) === plainLogin(bot.login);
}

function plainLogin(login: string): string {
  return login.endsWith(SUFFIX) ? login.slice(0, -SUFFIX.length) : login;
}
