import { Installation, onServices } from '../support/shared-services';
import type { Tried } from './case';
import { CASES } from './cases';
import { Suite } from './suite';

/** What two processes could tell differently, or do twice: their players come to one and the other in turn. */
const WHERE_IT_MATTERS = [
  ...['AUTHN-01', 'AUTHN-17', 'AUTHN-18', 'SESSION-02', 'SESSION-04', 'SESSION-05'],
  ...['WSFR-15', 'WSFR-17', 'WSFR-20', 'WSFR-22', 'ROOM-04', 'ROOM-05', 'ROOM-06', 'ROOM-08', 'ROOM-09', 'ROOM-11'],
  ...['ROOM-12', 'ROOM-18', 'ROOM-19', 'ROOM-21', 'SUBM-01', 'SUBM-04', 'SUBM-08', 'SUBM-09', 'SUBM-10', 'SUBM-17'],
  ...['SUBM-22', 'INJ-01', 'INJ-05', 'HTTP-09'],
];

onServices((services) => {
  describe('two processes for players and one that judges', () => {
    let installation: Installation;
    let suite: Suite;
    beforeAll(async () => {
      installation = await Installation.on(services);
      suite = await Suite.on(await installation.start('api', 'api', 'judge'), installation.env);
    });
    afterAll(async () => {
      await suite.close();
      await installation.end();
    });

    const cases = Object.assign({}, ...Object.values(CASES)) as Readonly<Record<string, Tried>>;
    it.each(WHERE_IT_MATTERS)('%s', (id) => suite.try(cases[id]!));
    it('leave others to play, and their secrets secret', () => suite.expectUnharmed());
  });
});

it('what matters most matters everywhere', () => {
  expect(WHERE_IT_MATTERS.filter((id) => typeof CASES[id.split('-')[0]!]![id] !== 'function')).toEqual([]);
});
