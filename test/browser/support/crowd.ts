import type { Browser } from 'playwright-core';
import { startServer } from '../../support/server';
import { ToldJudge } from '../../support/told-judge';
import { Visitor } from './browser';
import type { Look } from './tour';

const VERDICTS = ['WA', 'CE', 'WA', 'AC'] as const;

/** A duel with as much in it as there can be: ten problems and forty submissions. The judge says what it is told. */
export async function crowdedDuel(browser: Browser, look: Look): Promise<void> {
  const server = await startServer({ change: (world) => ({ ...world, judge: new ToldJudge() }) });
  try {
    const ann = await Visitor.open(browser, server.url);
    await ann.page.goto('/');
    await ann.signIn('Annabelle-Charlotte Featherstone');
    const settings = { problems: { count: 10 }, countdownSeconds: 0, password: null };
    const { room } = (await ann.post('/rooms', { settings })) as { room: { id: string; code: string } };
    const ben = await server.guest('Bartholomäus von Überlingen-Hoch');
    await ben.post('/rooms/join', { code: room.code });
    await ann.page.goto(`/r/${room.code}`);
    await ben.post(`/rooms/${room.id}/ready`, { ready: true });
    await ann.button('I am ready').click();
    await ann.button('Start the duel').click();
    await ann.page.locator('.statement > h2').waitFor();
    for (let count = 0; count < 40; count += 1) {
      const problem = 'ABCDEFGHIJ'[count % 10]!;
      const source = `${VERDICTS[Math.floor(count / 10)]!} ${count}`;
      const submission = { problem, language: 'python', source, key: `key-${count}` };
      await ann.post(`/rooms/${room.id}/submissions`, submission);
      if (count % 3 === 0) await ben.post(`/rooms/${room.id}/submissions`, submission);
    }
    await ann.page.getByRole('tab', { name: 'Submissions (40)' }).click();
    await ann.page.locator('.problem-tab .mark.solved').nth(9).waitFor();
    await look('crowded-submissions', ann);
    await ann.page.getByRole('tab', { name: 'Leaderboard' }).click();
    await look('crowded-board', ann);
    await ann.context.close();
  } finally {
    await server.close();
  }
}
