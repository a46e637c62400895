import { generate } from 'lean-qr/nano';
import { toSvgPath } from 'lean-qr/extras/svg';
import type { JSX } from 'preact';
import { SCAN_WORDS } from '../../words/invitation';

/** How much stays white around a code, in modules, for a camera to find it (ISO/IEC 18004). */
const QUIET = 4;

/** A link as a picture for the camera of a phone: dark on white in every theme, for not every camera reads the reverse. */
export function ScanCode({ link }: { link: string }): JSX.Element {
  const code = generate(link);
  const side = code.size + 2 * QUIET;
  return (
    <svg
      class="scan-code"
      role="img"
      aria-label={SCAN_WORDS.picture}
      viewBox={`${-QUIET} ${-QUIET} ${side} ${side}`}
      shape-rendering="crispEdges"
    >
      <rect x={-QUIET} y={-QUIET} width={side} height={side} fill="#fff" />
      <path d={toSvgPath(code)} fill="#000" />
    </svg>
  );
}
