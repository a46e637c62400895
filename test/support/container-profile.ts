import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Builds what runs a command as Docker does: what to call before the command, and what removes it. */
export function containerProfile(): { readonly wrapper: readonly string[]; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'joust-container-'));
  chmodSync(folder, 0o755); // an ordinary user calls it
  const program = join(folder, 'profile');
  execFileSync('cc', ['-O1', '-o', program, join(__dirname, 'container-profile.c')]);
  return { wrapper: [program], remove: () => rmSync(folder, { recursive: true, force: true }) };
}
