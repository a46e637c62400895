import { ask, refresh, Refused, signIn, signOut, unfollow } from './server.js';
import { byId, complain, element, show, whenSubmitted } from './page.js';
import { enter } from './room.js';

let me = null;

async function start() {
  try {
    if (localStorage.getItem('joust:signed-in')) me = await refresh();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
  }
  await next();
}

const codeInPath = () => /^\/r\/([^/]+)$/.exec(location.pathname)?.[1] ?? null;
/** A link may carry the password behind its #, which browsers keep to themselves. */
const passwordInLink = () => decodeURIComponent(location.hash.slice(1)) || undefined;

/** Where one is follows from who one is and from the address. */
async function next() {
  byId('me').hidden = me === null;
  if (me === null) return show('sign-in');
  byId('me-name').textContent = me.name;
  const code = codeInPath();
  if (code === null) return home();
  try {
    await join(code, passwordInLink());
  } catch (error) {
    complain(error);
    byId('code').value = code;
    await home();
    byId('password').focus();
  }
}

async function home() {
  show('home');
  const slugs = byId('slugs');
  if (slugs.children.length > 1) return;
  const { items } = await ask('GET', '/problems');
  for (const { slug, title, difficulty } of items) {
    const box = element('input', { type: 'checkbox', value: slug, onchange: () => chosen(slug, box.checked) });
    slugs.append(element('label', {}, box, ` ${title} (${difficulty})`));
  }
}
const choice = new Set();
const chosen = (slug, on) => (on ? choice.add(slug) : choice.delete(slug));

async function join(code, password) {
  const body = { code, ...(password !== undefined && { password }) };
  const { room, seq } = await ask('POST', '/rooms/join', body);
  history.replaceState(null, '', `/r/${room.code}${password === undefined ? '' : `#${encodeURIComponent(password)}`}`);
  await enter(me, room, seq);
}

whenSubmitted('sign-in-form', async () => {
  me = await signIn(byId('name').value);
  localStorage.setItem('joust:signed-in', 'yes');
  await next();
});
whenSubmitted('create-form', async () => {
  const problems = choice.size > 0 ? [...choice] : { count: Number(byId('count').value) };
  const settings = { minutes: Number(byId('minutes').value), problems };
  const { room, password, seq } = await ask('POST', '/rooms', { settings });
  history.pushState(null, '', `/r/${room.code}#${password}`);
  await enter(me, room, seq);
});
whenSubmitted('join-form', async () => {
  const typed = byId('code').value.trim();
  const link = URL.canParse(typed) ? new URL(typed) : null;
  const code = link ? link.pathname.split('/').at(-1) : typed;
  const password = byId('password').value || (link && decodeURIComponent(link.hash.slice(1))) || undefined;
  await join(code, password);
});
byId('sign-out').onclick = async () => {
  await signOut().catch(complain);
  localStorage.removeItem('joust:signed-in');
  location.assign('/');
};
window.onpopstate = () => {
  unfollow();
  void next();
};
start().catch(complain);
