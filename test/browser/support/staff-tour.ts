import { submit } from '../../support/rooms';
import type { Visitor } from './browser';
import { openRoom } from './duel';
import { Rivals } from './past';
import type { Stage } from './scene';
import type { Look } from './tour';

/** Goes through the pages of the staff, first with nothing in them and then with long names and much of everything. */
export async function staffTour(stage: Stage, look: Look): Promise<Visitor[]> {
  const admin = await stage.staff('admin', '/admin', 'Maximiliane-Friederike von Hohen');
  const see = async (name: string, path: string) => {
    await admin.page.goto(path);
    await admin.settled();
    await look(name, admin);
  };
  await see('staff-rooms-none', '/admin/rooms');
  await see('staff-dead-letters-none', '/admin/dead-letters');
  await see('staff-analytics-none', '/admin/analytics');
  await see('staff-not-found', '/admin/users/user_nothere');
  const rivals = await Rivals.meet(stage);
  const room = await rivals.start();
  const submissionId = await submit(rivals.ann, room.id, `WA ${'long '.repeat(60)}`);
  const lost = await submit(rivals.ben, room.id, 'BROKEN');
  const lobby = await openRoom(await stage.server.guest('Ben'));
  await see('staff-overview', '/admin');
  await see('staff-users', '/admin/users');
  await see('staff-user', `/admin/users/${rivals.ben.id}`);
  await admin.button('Ban').click();
  await admin.page.getByRole('dialog').waitFor();
  await look('staff-ban', admin);
  await see('staff-rooms', '/admin/rooms');
  await see('staff-room', `/admin/rooms/${lobby.id}`);
  await see('staff-submissions', '/admin/submissions');
  await see('staff-submission', `/admin/submissions/${submissionId}`);
  await judging(admin, see, look, room.id, lost);
  await see('staff-problems', '/admin/problems');
  await see('staff-problem', '/admin/problems/radio-mast');
  await admin.button('Add a test').click();
  await look('staff-test', admin);
  await see('staff-analytics', '/admin/analytics');
  await see('staff-audit', '/admin/audit');
  return [admin];
}

type See = (name: string, path: string) => Promise<void>;

async function judging(admin: Visitor, see: See, look: Look, roomId: string, lost: string): Promise<void> {
  const { page } = admin;
  await page.goto('/admin/dead-letters');
  await page.getByRole('link', { name: lost.slice(0, 12) }).waitFor();
  await look('staff-dead-letters', admin);
  await see('staff-dead-letter', `/admin/dead-letters/${lost}`);
  await page.goto(`/admin/rejudges?roomId=${roomId}`);
  await admin.settled();
  await admin.button('See what it would touch').click();
  await page.getByLabel('Reason').fill('One of the tests was wrong for those who read the statement as it stands');
  await look('staff-rejudge-begin', admin);
  await admin.button('Judge them beside their verdicts').click();
  await page.getByRole('heading', { name: 'What changes' }).waitFor();
  await admin.settled();
  await look('staff-rejudge', admin);
  await see('staff-rejudges', '/admin/rejudges');
}
