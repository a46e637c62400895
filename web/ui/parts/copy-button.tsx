import { useSignal } from '@preact/signals';
import type { ComponentChildren, JSX } from 'preact';
import { announcer } from '../joust';
import { Button } from './button';

interface CopyButtonProps {
  readonly text: string;
  readonly children: ComponentChildren;
  readonly kind?: 'main' | 'plain' | 'quiet';
}

const SAYS_SO_MS = 3_000;

/** Copies a text, and says so for a while. */
export function CopyButton({ text, children, kind = 'plain' }: CopyButtonProps): JSX.Element {
  const copied = useSignal(false);
  const copy = async () => {
    await toClipboard(text);
    copied.value = true;
    announcer.say('Copied');
    setTimeout(() => (copied.value = false), SAYS_SO_MS);
  };
  return (
    <Button kind={kind} onClick={copy}>
      {copied.value ? 'Copied' : children}
    </Button>
  );
}

/** The clipboard proper is there only over TLS and on this machine itself; elsewhere the old way has to do. */
async function toClipboard(text: string): Promise<void> {
  if (window.isSecureContext) return navigator.clipboard.writeText(text);
  const area = document.createElement('textarea');
  area.value = text;
  document.body.append(area);
  area.select();
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  document.execCommand('copy');
  area.remove();
}
