/* Runs in a page under measurement before anything of the page itself, and remembers when things were on the screen. */
(() => {
  const heard = [];
  const seenAt = {};

  /** The time at which what is in the page by now has been painted. */
  const painted = () =>
    new Promise((resolve) => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(performance.now());
        port2.postMessage(null);
      });
    });

  /** What `find` finds, as soon as it is a number. */
  const until = (find) =>
    new Promise((resolve) => {
      const look = () => (typeof find() === 'number' ? resolve(find()) : requestAnimationFrame(look));
      look();
    });

  const keys = [];
  let pressed = 0;
  const press = ({ timeStamp }) => {
    const number = pressed++;
    void painted().then((at) => (keys[number] = at - timeStamp));
  };
  document.addEventListener('keydown', press, { capture: true });

  /** When each of these is first there. */
  const SEEN = {
    editor: () => document.querySelector('.cm-content') && document.querySelector('.statement > h2'),
    lobby: () => document.querySelector('.seat.ready'),
  };
  const look = () => {
    for (const [name, isThere] of Object.entries(SEEN)) {
      if (name in seenAt || !isThere()) continue;
      seenAt[name] = null;
      void painted().then((at) => (seenAt[name] = at));
    }
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true, attributes: true });

  window.WebSocket = class extends WebSocket {
    constructor(...given) {
      super(...given);
      this.addEventListener('message', ({ data }) => heard.forEach((hear) => hear(String(data))));
    }
  };
  heard.push((text) => {
    if (text.includes('"room.opened"') || text.includes('"snapshot"')) seenAt.log ??= performance.now();
  });

  const NAMES = { WA: 'Wrong answer', RTE: 'Runtime error' };
  const verdicts = [];
  let judged = 0;
  heard.push((text) => {
    const said = /"submission\.judged".*?"verdict":"(\w+)"/.exec(text)?.[1];
    if (!(said in NAMES) || text.startsWith('43')) return;
    const number = judged++;
    const heardAt = performance.now();
    const isShown = () => document.querySelector('.last-verdict')?.textContent.includes(NAMES[said]);
    const look = () => {
      if (!isShown()) requestAnimationFrame(look);
      else void painted().then((at) => (verdicts[number] = at - heardAt));
    };
    look();
  });

  window.watched = {
    /** When something was first on the screen; waits until it is. */
    seen: (name) => until(() => seenAt[name]),

    /** From the verdict of this number at the socket, counted from 0, to the screen, in milliseconds; waits for it. */
    verdict: (number) => until(() => verdicts[number]),

    /** From the key of this number, counted from 0, to the screen, in milliseconds; waits for it. */
    keystroke: (number) => until(() => keys[number]),
  };
})();
