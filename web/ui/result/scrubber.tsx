import { useSignal, type Signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { RoomEvent } from '../../../src/contract/events';
import type { SubmissionId, UserId } from '../../../src/contract/terms';
import type { Room } from '../../../src/core/room';
import { pauseBefore, type ReplayStep } from '../../core/past-contest';
import { durationText } from '../../core/server-clock';
import { sayEvent } from '../../words/events';
import { Button } from '../parts/button';

interface ScrubberProps {
  readonly steps: readonly ReplayStep[];
  /** The step shown. */
  readonly at: Signal<number>;
  readonly room: Room;
  readonly me: UserId;
  readonly onShowCode: (submissionId: SubmissionId) => void;
}

/** Goes through the duel step by step, or lets it run. */
export function Scrubber({ steps, at, room, me, onShowCode }: ScrubberProps): JSX.Element {
  const isPlaying = useSignal(false);
  const last = steps.length - 1;
  const step = steps[at.value]!;
  const names = (userId: UserId) => room.players.find((player) => player.userId === userId)?.name ?? 'The host';
  const submissionId = submissionOf(step.event);
  const said = `${durationText(step.seconds)} ${sayEvent(step.event, me, names)}`;

  useEffect(() => {
    if (!isPlaying.value) return;
    if (at.value >= last) {
      isPlaying.value = false;
      return;
    }
    const timer = setTimeout(() => (at.value += 1), pauseBefore(steps, at.value + 1));
    return () => clearTimeout(timer);
  }, [isPlaying.value, at.value]);

  const turnTo = (index: number) => {
    isPlaying.value = false;
    at.value = Math.min(last, Math.max(0, index));
  };
  const play = () => {
    if (!isPlaying.value && at.value >= last) at.value = 0;
    isPlaying.value = !isPlaying.value;
  };
  return (
    <div class="scrubber" role="group" aria-label="Replay">
      <Button class="play" onClick={play}>
        {isPlaying.value ? 'Pause' : 'Replay'}
      </Button>
      <Button label="One step back" onClick={() => turnTo(at.value - 1)}>
        ‹
      </Button>
      <Button label="One step on" onClick={() => turnTo(at.value + 1)}>
        ›
      </Button>
      <input
        type="range"
        aria-label="Moment of the duel"
        aria-valuetext={said}
        min={0}
        max={last}
        value={at.value}
        onInput={(event) => turnTo(Number(event.currentTarget.value))}
      />
      <div class="said">
        <p>{said}</p>
        {submissionId !== null && (
          <Button kind="quiet" onClick={() => onShowCode(submissionId)}>
            See the code
          </Button>
        )}
      </div>
    </div>
  );
}

const submissionOf = ({ data }: RoomEvent): SubmissionId | null => ('submissionId' in data ? data.submissionId : null);
