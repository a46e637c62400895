import type { JSX } from 'preact';
import '../../styles/help.css';
import { VERDICTS, type Verdict as VerdictCode } from '../../../src/contract/terms';
import { KEYS, VERDICT_MEANS } from '../../words/help';
import { useTitle } from '../parts/use-title';
import { Verdict } from '../parts/verdict';

const SECTIONS = [
  ['duel', 'A duel'],
  ['scoring', 'Scoring'],
  ['verdicts', 'Verdicts'],
  ['keyboard', 'Keyboard'],
  ['trouble', 'When something goes wrong'],
] as const;

/** The rules, what the judge says, and the keys. */
export function HelpScreen(_: { params: Readonly<Record<string, string>> }): JSX.Element {
  useTitle('Help – Joust');
  return (
    <main id="main" class="page help" tabIndex={-1}>
      <h1>Help</h1>
      <nav aria-label="On this page">
        <ul class="contents">
          {SECTIONS.map(([id, title]) => (
            <li key={id}>
              <a href={`#${id}`}>{title}</a>
            </li>
          ))}
        </ul>
      </nav>
      <Duel />
      <Scoring />
      <VerdictTable />
      <Keyboard />
      <Trouble />
    </main>
  );
}

const Duel = (): JSX.Element => (
  <section aria-labelledby="duel">
    <h2 id="duel">A duel</h2>
    <ol class="numbered">
      <li>One of you creates a duel and sends the link. The other one opens it and enters a name.</li>
      <li>Both say that they are ready, and the host starts. A short countdown runs.</li>
      <li>Both get the same problems at the same instant. Write a program, run it on the samples, submit it.</li>
      <li>You see what the other one has tried and solved, never the code.</li>
      <li>When time is up, what was submitted in time is still judged. Then the result stands for good.</li>
    </ol>
    <p>
      You can end earlier: resign, or offer to end and let the other one agree. After the end either can offer a
      rematch, with the same settings and other problems.
    </p>
    <p>Problems that the host chose by name make a duel casual: it is played the same way, and changes no rating.</p>
  </section>
);

const Scoring = (): JSX.Element => (
  <section aria-labelledby="scoring">
    <h2 id="scoring">Scoring</h2>
    <p>The rules are those of the ICPC.</p>
    <ul class="bulleted">
      <li>More problems solved is better. A problem is solved once one of your programs passes all its tests.</li>
      <li>
        With equally many solved, less penalty is better: for each solved problem the time from the start, and some
        minutes more (five, unless the host settled otherwise) for each rejected try before.
      </li>
      <li>Tries on a problem you never solve cost nothing, and neither do compile errors.</li>
      <li>Equal in both, the earlier last accepted program wins. Equal in all, it is a draw.</li>
    </ul>
    <p>
      Your time is when the server received the program, not when it was judged: a slow judge costs nobody anything.
    </p>
  </section>
);

const VerdictTable = (): JSX.Element => (
  <section aria-labelledby="verdicts">
    <h2 id="verdicts">Verdicts</h2>
    <p>A program runs on one test after the other. The first one that fails decides.</p>
    <table class="meanings">
      <thead>
        <tr>
          <th scope="col">Verdict</th>
          <th scope="col">What it means</th>
          <th scope="col">Penalty</th>
        </tr>
      </thead>
      <tbody>
        {(Object.keys(VERDICTS) as VerdictCode[]).map((code) => (
          <tr key={code}>
            <th scope="row">
              <Verdict verdict={code} />
            </th>
            <td>{VERDICT_MEANS[code]}</td>
            <td>{VERDICTS[code].charged ? 'yes' : VERDICTS[code].solved ? '–' : 'no'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </section>
);

const Keyboard = (): JSX.Element => (
  <section aria-labelledby="keyboard">
    <h2 id="keyboard">Keyboard</h2>
    <p>All of these are buttons, too. On a Mac, Command does what Ctrl does.</p>
    <dl class="keys">
      {KEYS.map(([ways, does, between = 'or']) => (
        <div key={does}>
          <dt>
            {ways.map((keys, way) => (
              <span key={way}>
                {way > 0 && <span class="muted"> {between} </span>}
                {keys.map((key, index) => (
                  <span key={key}>
                    {index > 0 && '+'}
                    <kbd>{key}</kbd>
                  </span>
                ))}
              </span>
            ))}
          </dt>
          <dd>{does}</dd>
        </div>
      ))}
    </dl>
  </section>
);

const Trouble = (): JSX.Element => (
  <section aria-labelledby="trouble">
    <h2 id="trouble">When something goes wrong</h2>
    <p>
      What you type is kept on this device as you type it. If the connection breaks, go on writing: a submission goes
      out once, when the server is back, and the clock keeps running meanwhile. Reloading the page, or closing it and
      opening the link again, brings you back to where you were.
    </p>
    <p>
      A guest is known to one browser only. Whoever signs out as a guest, or clears the site’s data, cannot come back as
      the same player.
    </p>
  </section>
);
