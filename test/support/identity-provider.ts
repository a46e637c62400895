import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { GoogleClient } from '../../src/auth/auth.settings';

/** What an identity provider says that it would not say by itself. */
export interface Plan {
  readonly subject?: string;
  /** Claims in place of those it would make. */
  readonly idToken?: object;
  readonly userinfo?: object;
  /** In place of the answer that holds the tokens. */
  readonly tokens?: { readonly statusCode: number; readonly body: unknown };
  /** With which it sends people back, in place of a code. */
  readonly error?: string;
}

/** An OpenID provider of one's own, over real HTTP. */
export class IdentityProvider {
  private constructor(
    private readonly child: ChildProcess,
    readonly issuer: string,
  ) {
    process.once('exit', this.kill);
  }

  static async start(): Promise<IdentityProvider> {
    const script = join(__dirname, 'identity-provider.child.ts');
    const execArgv = ['--no-warnings', '-r', join(__dirname, 'compile-on-load.cjs')];
    const child = fork(script, [], { execArgv, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    const [{ issuer }] = (await once(child, 'message')) as [{ issuer: string }];
    return new IdentityProvider(child, issuer.replace('localhost', '127.0.0.1'));
  }

  /** How a server at `publicUrl` is known to it. */
  clientOf(publicUrl: string): GoogleClient {
    const { issuer } = this;
    return {
      ...{
        id: 'joust-test',
        secret: 'a secret between two servers',
        callbackUrl: `${publicUrl}/api/auth/google/callback`,
      },
      provider: {
        issuer: issuer.replace('127.0.0.1', 'localhost'),
        authorizationUrl: `${issuer}/authorize`,
        tokenUrl: `${issuer}/token`,
        userinfoUrl: `${issuer}/userinfo`,
      },
    };
  }

  /** From now on. Says every token it has ever given out. */
  async plan(plan: Plan): Promise<readonly string[]> {
    this.child.send(plan);
    const [{ secrets }] = (await once(this.child, 'message')) as [{ secrets: string[] }];
    return secrets;
  }

  freeze(): void {
    this.child.kill('SIGSTOP');
  }
  thaw(): void {
    this.child.kill('SIGCONT');
  }
  readonly kill = (): void => void this.child.kill('SIGKILL');

  async stop(): Promise<void> {
    process.off('exit', this.kill);
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, 'exit');
    this.kill();
    await ended;
  }
}
