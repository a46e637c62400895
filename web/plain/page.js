export const byId = (id) => document.getElementById(id);

export function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/** Shows one of the page's three views, and takes the reader there. */
export function show(view) {
  for (const id of ['sign-in', 'home', 'room']) byId(id).hidden = id !== view;
  byId('main').focus({ preventScroll: true });
}

export function complain(error) {
  if (!(error instanceof Error)) throw error;
  byId('alert').textContent = error.message;
}
export const calm = () => (byId('alert').textContent = '');

/** Does the work of a form or button, once at a time, and says what went wrong. */
export async function doing(button, work) {
  if (button.disabled || button.ariaBusy === 'true') return;
  button.ariaBusy = 'true';
  calm();
  try {
    await work();
  } catch (error) {
    complain(error);
  } finally {
    button.ariaBusy = 'false';
  }
}

export function whenSubmitted(id, work) {
  byId(id).onsubmit = (event) => {
    event.preventDefault();
    void doing(byId(id).querySelector('button.main'), work);
  };
}

export const inMinutes = (seconds) =>
  `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;

export const VERDICTS = {
  ...{ AC: 'Accepted', WA: 'Wrong Answer', TLE: 'Time Limit', MLE: 'Memory Limit', OLE: 'Output Limit' },
  ...{ RTE: 'Runtime Error', CE: 'Compile Error, no penalty', JE: 'Judge Error, no penalty: it will be judged again' },
  PENDING: 'waiting for its verdict',
};
/** A verdict is a sign, a word and a colour; never a colour alone. */
export function verdictElement(verdict) {
  const [sign, tone] =
    verdict === 'AC' ? ['✓ ', 'good'] : ['PENDING', 'JE'].includes(verdict) ? ['… ', ''] : ['✗ ', 'bad'];
  return element('span', { className: tone }, sign, VERDICTS[verdict]);
}
