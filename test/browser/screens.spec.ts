import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { startServer, type TestServer } from '../support/server';
import { launch, type Visitor } from './support/browser';
import { gallery } from './support/gallery';
import { Stage } from './support/scene';
import { staffTour } from './support/staff-tour';
import { tour, type Look } from './support/tour';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** A small phone, and a laptop's screen at a zoom of 200 %. */
const SIZES = [
  { width: 320, height: 640 },
  { width: 640, height: 400 },
];
const DESK = { width: 1280, height: 800 };

let server: TestServer;
let browser: Browser;
beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), launch()]);
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

describe('every screen', () => {
  it('is looked at by an eye that finds what is planted', async () => {
    const page = await browser.newPage({ baseURL: server.url });
    await page.goto('/help');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.evaluate(() => document.querySelector('main')!.append(document.createElement('img')));
    expect(await barriers(page)).toEqual([expect.stringContaining('image-alt')]);
    await page.close();
  });

  it('can be read by everybody in light and dark, fits 320 px and 200 %, moves nothing unasked, and keeps to the content policy', async () => {
    const inspector = new Inspector();
    inspector.conclude(await tour(server, browser, inspector.look));
    expect(inspector.faults).toEqual([]);
    expect(inspector.seen.length).toBeGreaterThan(18);
  }, 180_000);

  it('around the room does so too: long names, ten problems, forty submissions, nothing at all, and what is wrong', async () => {
    const stage = new Stage();
    await stage.open();
    const inspector = new Inspector();
    inspector.conclude(await gallery(stage, inspector.look));
    await stage.close();
    expect(inspector.faults).toEqual([]);
    expect(inspector.seen.length).toBeGreaterThan(12);
  }, 180_000);

  it('of the staff does so too', async () => {
    const stage = new Stage();
    await stage.open();
    const inspector = new Inspector();
    inspector.conclude(await staffTour(stage, inspector.look));
    await stage.close();
    expect(inspector.faults).toEqual([]);
    expect(inspector.seen.length).toBeGreaterThan(16);
  }, 180_000);
});

/** Looks at screens, and remembers what is wrong with them. */
class Inspector {
  readonly faults: string[] = [];
  readonly seen: string[] = [];

  readonly look: Look = async (name, { page }) => {
    this.seen.push(name);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      this.faults.push(...(await barriers(page)).map((one) => `${name}, ${colorScheme}: ${one}`));
    }
    const moving = await page.evaluate(() => document.getAnimations().length);
    if (moving > 0) this.faults.push(`${name}: ${moving} animations run`);
    for (const size of SIZES) {
      await page.setViewportSize(size);
      const wide = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      if (wide > 0) this.faults.push(`${name}: ${wide} px too wide at ${size.width}`);
    }
    await page.setViewportSize(DESK);
  };

  conclude(visitors: readonly Visitor[]): void {
    for (const { complaints } of visitors) this.faults.push(...complaints.found);
  }
}

/** What axe finds against the WCAG 2.2 AA, as lines to look at. */
async function barriers(page: Visitor['page']): Promise<string[]> {
  await page.evaluate(AXE);
  return page.evaluate(async (rules) => {
    const { axe } = window as unknown as { axe: { run: (context: Document, options: object) => Promise<Found> } };
    interface Found {
      readonly violations: readonly { id: string; nodes: readonly { html: string; failureSummary: string }[] }[];
    }
    const { violations } = await axe.run(document, { runOnly: rules, resultTypes: ['violations'] });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary.slice(0, 300)}`),
    );
  }, RULES);
}
