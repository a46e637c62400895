import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import type { Seat } from '../../../src/contract/terms';
import { roomPath } from '../../core/invitation';
import { SCAN_WORDS } from '../../words/invitation';
import { lobbyTitle, rulesText } from '../../words/room';
import { Button } from '../parts/button';
import { CopyButton } from '../parts/copy-button';
import { confirmed } from '../parts/confirm';
import { Dialog } from '../parts/dialog';
import { lazily } from '../parts/lazily';
import { go, hash } from '../router';
import { useVisit } from './visit-context';

const ScanCode = lazily(
  () => import('./scan-code').then(({ ScanCode }) => ScanCode),
  <p class="muted">{SCAN_WORDS.drawing}</p>,
);

/** Before the duel: who is invited, who is there, who is ready. */
export function Lobby(): JSX.Element {
  const { store } = useVisit();
  const { room, part } = store;
  const { players } = room.value;
  return (
    <main id="main" class="page narrow lobby" tabIndex={-1}>
      <h1>{lobbyTitle(part.value, players.length)}</h1>
      {players.length < 2 && part.value !== 'spectator' && <Invitation />}
      <section aria-label="Players" class="seats">
        <SeatCard seat={1} />
        <SeatCard seat={2} />
      </section>
      <LobbyActions />
      <section aria-labelledby="rules-title" class="rules">
        <h2 id="rules-title">The rules</h2>
        <p class="muted">{rulesText(room.value)}</p>
      </section>
    </main>
  );
}

function Invitation(): JSX.Element {
  const { store } = useVisit();
  const { code, locked } = store.room.value;
  const link = location.origin + roomPath({ code, password: hash.value || null });
  const share = async () => {
    try {
      await navigator.share({ title: 'A duel on Joust', url: link });
    } catch (error) {
      if (!(error instanceof DOMException)) throw error; // who closes the sheet has changed his mind
    }
  };
  return (
    <section class="card invitation" aria-label="Invitation">
      <p class="big-code" aria-label={`Code ${code.split('').join(' ')}`}>
        {code}
      </p>
      <p class="link">{link}</p>
      <div class="actions">
        <CopyButton kind="main" text={link}>
          Copy the link
        </CopyButton>
        {'share' in navigator && <Button onClick={share}>Share …</Button>}
        <Scanning link={link} />
      </div>
      {locked && (
        <p class="small muted">
          {hash.value === ''
            ? 'The room has a password. Whoever joins by the code or this link has to know it.'
            : `The link lets people in. Who types the code needs the password as well: ${hash.value}`}
        </p>
      )}
    </section>
  );
}

/** For whoever sits beside: a phone's camera reads the link off the screen. */
function Scanning({ link }: { link: string }): JSX.Element {
  const isShown = useSignal(false);
  return (
    <>
      <Button onClick={() => (isShown.value = true)}>{SCAN_WORDS.show}</Button>
      {isShown.value && (
        <Dialog title={SCAN_WORDS.title} onClose={() => (isShown.value = false)}>
          <ScanCode link={link} />
          <p class="link">{link}</p>
          <div class="actions">
            <Button onClick={() => (isShown.value = false)}>{SCAN_WORDS.close}</Button>
          </div>
        </Dialog>
      )}
    </>
  );
}

function SeatCard({ seat }: { seat: Seat }): JSX.Element {
  const visit = useVisit();
  const { room, presence, userId, isHost, part } = visit.store;
  const player = room.value.players.find((one) => one.seat === seat);
  if (!player)
    return (
      <div class="seat empty">
        <span class="muted">Waiting for {seat === 1 || part.value !== 'player' ? 'a player' : 'the opponent'} …</span>
      </div>
    );
  const state = presence.value.get(player.userId)?.state ?? 'online';
  const kick = async () => {
    const says = `${player.name} cannot come back to this room.`;
    if (await confirmed({ title: `Remove ${player.name}?`, says, yes: 'Remove', danger: true }))
      await visit.move('POST /api/rooms/:roomId/kick', { userId: player.userId });
  };
  const marks = [
    player.userId === userId && 'you',
    player.guest && 'guest',
    player.userId === room.value.hostId && 'host',
  ];
  return (
    <div class={`seat ${player.ready ? 'ready' : ''}`}>
      <span class={`presence ${state}`} title={state}>
        <span class="unseen">{state}</span>
      </span>
      <span class="name">{player.name}</span>
      <span class="small muted">{marks.filter((mark) => mark !== false).join(', ')}</span>
      <span class="state">{player.ready ? '✓ Ready' : 'Not ready'}</span>
      {isHost.value && player.userId !== userId && (
        <Button kind="quiet" onClick={kick} label={`Remove ${player.name}`}>
          Remove
        </Button>
      )}
    </div>
  );
}

function LobbyActions(): JSX.Element {
  const visit = useVisit();
  const { room, me, isHost, part } = visit.store;
  const { players } = room.value;
  const locked =
    players.length < 2
      ? `A duel needs two players.${part.value === 'spectator' ? '' : ' Send the link to somebody.'}`
      : players.every(({ ready }) => ready)
        ? null
        : `Waiting for ${players
            .filter(({ ready }) => !ready)
            .map(({ userId, name }) => (userId === me.value?.userId ? 'you' : name))
            .join(' and ')} to be ready.`;
  const leave = async () => {
    const question = isHost.value
      ? { title: 'Close the room?', says: 'Nobody can play in it any more.', yes: 'Close it', danger: true }
      : { title: 'Leave the room?', says: 'Your seat is free for somebody else then.', yes: 'Leave' };
    if (!(await confirmed(question))) return;
    await visit.move('POST /api/rooms/:roomId/leave');
    if (!isHost.value) go('/');
  };
  return (
    <div class="lobby-actions">
      <div class="actions">
        {me.value && (
          <Button
            kind={me.value.ready ? 'plain' : 'main'}
            pressed={me.value.ready}
            onClick={() => visit.move('POST /api/rooms/:roomId/ready', { ready: !me.value!.ready })}
          >
            {me.value.ready ? 'I am not ready' : 'I am ready'}
          </Button>
        )}
        {isHost.value && (
          <Button
            kind={me.value && !me.value.ready ? 'plain' : 'main'}
            locked={locked}
            busy="Starting …"
            onClick={() => visit.move('POST /api/rooms/:roomId/start')}
          >
            Start the duel
          </Button>
        )}
        {(me.value ?? isHost.value) && (
          <Button kind="quiet" onClick={leave}>
            {isHost.value ? 'Close the room' : 'Leave'}
          </Button>
        )}
      </div>
      <p class="muted" role="status">
        {isHost.value ? locked : (locked ?? `Waiting for the host to start.`)}
      </p>
    </div>
  );
}
