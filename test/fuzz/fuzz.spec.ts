import { fuzz } from './fuzz';

jest.setTimeout(180_000);

/** A taste of `npm run fuzz`, the same each time. */
it.each(['http', 'frames'] as const)('%s holds against what nobody foresaw', async (kind) => {
  expect(await fuzz({ seed: 1, kinds: [kind], seconds: 5 })).toBe(true);
});
