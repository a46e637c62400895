import { OAuth2Server, type MutableRedirectUri, type MutableResponse, type MutableToken } from 'oauth2-mock-server';
import type { Plan } from './identity-provider';

/* An OpenID provider in a process of its own: its library is of a kind that tests cannot load, and it is to be frozen and killed. */

async function main(): Promise<void> {
  let plan: Plan = {};
  /** Whatever nobody but provider and server may see. */
  const secrets: string[] = [];
  const server = new OAuth2Server();
  await server.issuer.keys.generate('RS256');
  await server.start(0, '127.0.0.1');

  server.service.on('beforeAuthorizeRedirect', ({ url }: MutableRedirectUri) => {
    const { error } = plan;
    if (error === undefined) return;
    url.searchParams.delete('code');
    url.searchParams.set('error', error);
  });
  server.service.on('beforeTokenSigning', ({ payload }: MutableToken) => {
    Object.assign(payload, { sub: plan.subject ?? 'a-subject' }, plan.idToken);
  });
  server.service.on('beforeResponse', (response: MutableResponse) => {
    const { access_token, id_token, refresh_token } = response.body as Record<string, string>;
    secrets.push(...[access_token, id_token, refresh_token].filter((one) => one !== undefined));
    Object.assign(response, plan.tokens);
  });
  server.service.on('beforeUserinfo', (response: MutableResponse) => {
    const person = { sub: plan.subject ?? 'a-subject', email: 'ann@mail.test', email_verified: true, name: 'Ann' };
    response.body = { ...person, ...plan.userinfo };
  });

  process.on('message', (next: Plan) => {
    plan = next;
    process.send!({ secrets });
  });
  process.send!({ issuer: server.issuer.url });
}

void main();
