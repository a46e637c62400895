import { soak } from './soak';

/** A taste of `npm run soak:judge`, of programs that do not take long. */
it('hostile and ordinary programs by chance get their verdicts, and leave nothing', async () => {
  const { wrong, left, verdicts } = await soak({
    ...{ seed: 1, seconds: 8, withBait: false },
    groups: ['ac', 'wa', 're_exit', 're_signal', 'ole', 'mle', 'attack'],
  });
  expect({ wrong, left }).toEqual({ wrong: [], left: [] });
  expect(Object.keys(verdicts)).toEqual(expect.arrayContaining(['AC', 'WA', 'RTE']));
});
