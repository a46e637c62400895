import { ask, askUntilAnswered } from './server.js';
import { byId, calm, doing, element, verdictElement } from './page.js';

/** What is being worked on: the room, its problems, the one that is shown. */
let at = null;
let trialShown = null;
const place = () => `joust:${at.me.id}:${at.roomId}:${at.label}`;
const draftKey = () => `${place()}:${byId('language').value}`;

/** Opens the statements and the editor of a contest that has started. */
export async function openEditor(me, roomId, allowed) {
  if (at?.roomId === roomId) return;
  const opened = { me, roomId, label: 'A', problems: [], languages: [] };
  at = opened;
  const [{ problems }, languages] = await Promise.all([
    ask('GET', `/rooms/${roomId}/problems`),
    ask('GET', '/languages'),
  ]).catch((error) => {
    if (at === opened) at = null; // whoever looks next asks again
    throw error;
  });
  if (at !== opened) return;
  at.problems = problems;
  at.languages = languages.filter(({ id }) => allowed === null || allowed.includes(id));
  const options = at.languages.map(({ id, name, version }) => element('option', { value: id }, `${name} ${version}`));
  byId('language').replaceChildren(...options);
  byId('tabs').replaceChildren(
    ...problems.map(({ label, title }) =>
      element('button', { type: 'button', onclick: () => choose(label) }, `${label} ${title}`),
    ),
  );
  choose(problems[0].label);
}

/** What the server has made of Markdown, and cleaned. */
function rendered(html) {
  const block = element('div', {}, '');
  block.innerHTML = html;
  return block;
}

function choose(label) {
  at.label = label;
  const { title, statementHtml, samples, limits } = at.problems.find((problem) => problem.label === label);
  [...byId('tabs').children].forEach((tab, i) => tab.setAttribute('aria-pressed', at.problems[i].label === label));
  byId('statement-title').textContent = `${label}. ${title}`;
  byId('limits').textContent = `${limits.cpuMs / 1000} s, ${limits.memoryKiB / 1024} MiB`;
  byId('statement').replaceChildren(rendered(statementHtml));
  byId('samples').replaceChildren(
    ...samples.flatMap(({ input, output, noteHtml }, i) => [
      ...titled(`Sample ${i + 1}: input`, input),
      ...titled('Output', output),
      ...(noteHtml ? [rendered(noteHtml)] : []),
    ]),
  );
  byId('source-of').textContent = label;
  const remembered = localStorage.getItem(`${place()}:language`) ?? localStorage.getItem('joust:language');
  if (at.languages.some(({ id }) => id === remembered)) byId('language').value = remembered;
  byId('output').replaceChildren();
  restore();
}

const restore = () => (byId('source').value = localStorage.getItem(draftKey()) ?? '');
const titled = (title, text) => [element('p', { className: 'faint' }, title), element('pre', { tabIndex: 0 }, text)];

byId('source').oninput = () => localStorage.setItem(draftKey(), byId('source').value);
byId('language').onchange = () => {
  localStorage.setItem(`${place()}:language`, byId('language').value);
  localStorage.setItem('joust:language', byId('language').value);
  restore();
};

let leaving = false;
byId('source').onkeydown = (event) => {
  const { key, target } = event;
  if (key === 'Enter' && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    byId('run').click();
  } else if (key === 'Tab' && !event.shiftKey && !leaving) {
    event.preventDefault();
    target.setRangeText('    ', target.selectionStart, target.selectionEnd, 'end');
    target.oninput();
  }
  leaving = key === 'Escape';
};

const program = () => ({ problem: at.label, language: byId('language').value, source: byId('source').value });

async function run(input) {
  const asked = { ...program(), ...(input !== undefined && { input }) };
  byId('output').replaceChildren('Running …');
  const { trialId } = await ask('POST', `/rooms/${at.roomId}/trials`, asked);
  trialShown = null;
  // The result is announced; announcements may get lost.
  while (trialShown !== trialId) {
    const trial = await ask('GET', `/trials/${trialId}`);
    if (trial.verdict !== null) showTrial(trial);
    else await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

export function showTrial({ trialId, verdict, compileOutput, tests }) {
  trialShown = trialId;
  const parts = tests.flatMap(({ index, verdict: one, input, expected, output, stderr, cpuMs }) => [
    element('p', {}, `Test ${index + 1}: `, expected === null ? `ran ${cpuMs} ms` : verdictElement(one)),
    ...titled('Input', input),
    ...(expected === null ? [] : titled('Expected', expected)),
    ...titled('Yours', output),
    ...(stderr ? titled('Standard error', stderr) : []),
  ]);
  const own = tests.length > 0 && tests[0].expected === null && verdict === 'AC';
  const head = element('p', {}, 'Trial, not scored', ...(own ? [] : [': ', verdictElement(verdict)]));
  byId('output').replaceChildren(head, ...(compileOutput ? titled('Compiler', compileOutput) : []), ...parts);
}

/** Shows what the compiler said of a submission, to its author. */
export async function showCompilerOutput(submissionId) {
  const { compileOutput, problem } = await ask('GET', `/submissions/${submissionId}`);
  byId('output').replaceChildren(...titled(`The compiler on your submission to ${problem}`, compileOutput ?? ''));
}

const newKey = () =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** Under one key it counts once, however often it has to be sent. */
async function submit() {
  const path = `/rooms/${at.roomId}/submissions`;
  const away = () => byId('output').replaceChildren('The server is away. Your submission is sent when it is back …');
  byId('output').replaceChildren('Sending …');
  await askUntilAnswered('POST', path, { ...program(), key: newKey() }, away).finally(() =>
    byId('output').replaceChildren(),
  );
  calm();
}

byId('run').onclick = ({ target }) => doing(target, () => run());
byId('run-own').onclick = ({ target }) => doing(target, () => run(byId('own-input').value));
byId('submit').onclick = ({ target }) => doing(target, submit);
