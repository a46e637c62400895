/** What leads into a room. */
interface Invitation {
  readonly code: string;
  readonly password: string | null;
}

/**
 * Reads what somebody typed or pasted: a code, as it is spelled or spoken, or a room's link. A link may
 * carry the password behind its #, which browsers keep to themselves.
 */
export function readInvitation(typed: string): Invitation {
  const text = typed.trim();
  if (!URL.canParse(text)) return { code: text.replace(/\s+/g, '').toUpperCase(), password: null };
  const { pathname, hash } = new URL(text);
  const code = /^\/r\/([^/]+)/.exec(pathname)?.[1] ?? '';
  return { code: decodeURIComponent(code).toUpperCase(), password: decodeURIComponent(hash.slice(1)) || null };
}

/** The address of a room within this site. */
export const roomPath = ({ code, password }: Invitation): string =>
  `/r/${encodeURIComponent(code)}${password === null ? '' : `#${encodeURIComponent(password)}`}`;
