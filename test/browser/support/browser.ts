import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core';
import { eventually } from '../../support/eventually';

const CHROMIUM = '/usr/bin/chromium';
const FLAGS = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  ...['--disable-component-update', '--disable-sync', '--mute-audio'],
];

export const launch = (...more: readonly string[]): Promise<Browser> =>
  chromium.launch({ executablePath: CHROMIUM, headless: true, args: [...FLAGS, ...more] });

/** What went wrong in a page that nobody may see there: errors, warnings of the console, breaches of the content policy. */
export class Complaints {
  readonly found: string[] = [];

  async listenTo(context: BrowserContext): Promise<void> {
    await context.exposeFunction('reportBreach', (breach: string) => this.found.push(breach));
    await context.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile }) => {
        const { reportBreach } = window as unknown as { reportBreach: (breach: string) => void };
        reportBreach(`content policy: ${violatedDirective} ${blockedURI} ${sourceFile}`);
      });
    });
    context.on('weberror', (error) => this.found.push(`error: ${error.error().stack ?? error.error().message}`));
    context.on('console', (message) => {
      if (!['error', 'warning'].includes(message.type())) return;
      if (EXPECTED.some((one) => one.test(message.text()))) return;
      this.found.push(`console: ${message.text()}`);
    });
  }
}

/** A refused request, and one that finds no server, is what some tests are about; the browser tells of each. */
const EXPECTED = [/^Failed to load resource/, /^WebSocket connection to/];

/** Somebody at a browser of his own. */
export class Visitor {
  private accessToken: string | null = null;

  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
    readonly complaints: Complaints,
  ) {}

  static async open(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Visitor> {
    const context = await browser.newContext({ baseURL: url, viewport: { width: 1280, height: 800 }, ...options });
    context.setDefaultTimeout(60_000);
    const complaints = new Complaints();
    await complaints.listenTo(context);
    return new Visitor(context, await context.newPage(), complaints);
  }

  /** Signs in as a guest, on whatever page asks for it. */
  async signIn(name: string): Promise<void> {
    await this.page.getByLabel('Your name').fill(name);
    await this.page.getByRole('form', { name: 'Sign in' }).getByRole('button').click();
    await this.page.getByRole('form', { name: 'Sign in' }).waitFor({ state: 'detached' });
  }

  /** Asks the server in this visitor's name, beside the page. */
  async post(path: string, body: object = {}): Promise<unknown> {
    const { request } = this.context;
    this.accessToken ??= await this.renew();
    const { accessToken } = this;
    const answer = await request.post(`/api${path}`, {
      data: body,
      headers: { authorization: `Bearer ${accessToken}` },
    });
    if (!answer.ok()) throw new Error(`${path} answered ${answer.status()}: ${await answer.text()}`);
    return answer.status() === 204 ? null : answer.json();
  }

  private async renew(): Promise<string> {
    const answer = await this.context.request.post('/api/auth/refresh', { data: {} });
    return ((await answer.json()) as { accessToken: string }).accessToken;
  }

  /** When the screen is there with all it has to say. */
  async settled(): Promise<void> {
    await this.page.getByRole('heading', { level: 1 }).waitFor();
    await this.page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null);
  }

  button(name: string | RegExp) {
    return this.page.getByRole('button', { name });
  }

  heading(name: string | RegExp) {
    return this.page.getByRole('heading', { name });
  }

  /** Puts a program into the editor, as a keyboard would, in place of what is there. */
  async write(source: string): Promise<void> {
    const code = this.page.locator('.cm-content');
    await code.click();
    await this.page.keyboard.press('ControlOrMeta+A');
    await this.page.keyboard.insertText(source);
  }

  /** By Escape, then Tab: the editor lets go where both come within two seconds, which a busy machine may miss. */
  async leaveEditor(): Promise<void> {
    const hasLeft = () => this.page.evaluate(() => !document.activeElement?.closest('.cm-content'));
    const again = async () => {
      await this.page.keyboard.press('Escape');
      await this.page.keyboard.press('Tab');
    };
    await eventually('the editor is left', hasLeft, { again });
  }

  /** The program as it stands in the editor. */
  async written(): Promise<string> {
    return (await this.page.locator('.cm-line').allTextContents()).join('\n');
  }

  async chooseLanguage(id: string): Promise<void> {
    await this.page.getByLabel('Language').selectOption(id);
  }
}
