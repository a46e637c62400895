import { useSignal, useSignalEffect } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Visit } from '../../core/visit';
import { drafts, prefer, preferences } from '../joust';
import { Button } from '../parts/button';
import type { CodeEditor } from './editor/editor';
import { loadEditor } from './editor/load-editor';
import { EditorWishes } from './editor-wishes';
import { useVisit } from './visit-context';

const SYMBOLS = [
  'Tab',
  '{',
  '}',
  '(',
  ')',
  '[',
  ']',
  ';',
  '<',
  '>',
  '=',
  '+',
  '-',
  '*',
  '/',
  '%',
  '&',
  '|',
  '!',
  '"',
  "'",
  '_',
  ':',
];

/** Where one writes. What is written is kept on this device while one writes it. */
export function EditorPane(): JSX.Element {
  const visit = useVisit();
  const place = useRef<HTMLDivElement>(null);
  const editor = useSignal<CodeEditor | null>(null);
  const hasFailed = useSignal(false);
  const open = () => {
    hasFailed.value = false;
    loadEditor().then(
      ({ CodeEditor }) => {
        if (!place.current) return;
        editor.value = new CodeEditor(place.current, preferences.peek(), { typed: (text) => visit.desk.typed(text) });
      },
      () => (hasFailed.value = true),
    );
  };
  useEffect(() => {
    open();
    return () => editor.peek()?.destroy();
  }, []);
  useSignalEffect(() => editor.value?.wish(preferences.value));
  useSignalEffect(() => editor.value?.lock(visit.store.phase.value !== 'running'));
  const restored = useTexts(visit, editor);
  const isOpen = visit.store.phase.value === 'running';
  return (
    <section class="pane editor-pane" aria-label="Code" data-region="editor" tabIndex={-1}>
      <div class="editor-head">
        <LanguageChoice />
        {restored.value && isOpen && (
          <p class="restored small" role="status">
            Your draft is back.
            <Button
              kind="quiet"
              onClick={() => {
                restored.value = false;
                const { desk } = visit;
                desk.typed(desk.templateOf(desk.languageId.value));
                editor.value?.replace(desk.source.value);
              }}
            >
              Start over
            </Button>
          </p>
        )}
        <EditorWishes />
      </div>
      {hasFailed.value && (
        <p class="editor-failed">
          The editor could not be loaded. <Button onClick={open}>Try again</Button>
        </p>
      )}
      <div ref={place} class="editor" />
      {isOpen && (
        <div class="symbols" role="toolbar" aria-label="Symbols">
          {SYMBOLS.map((symbol) => (
            <button
              key={symbol}
              type="button"
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => editor.value?.insert(symbol === 'Tab' ? ' '.repeat(preferences.value.tabWidth) : symbol)}
            >
              {symbol}
            </button>
          ))}
        </div>
      )}
    </section>
  );
}

/** Keeps the editor at the place on the desk. Tells whether what it shows is a draft of an earlier visit. */
function useTexts({ desk }: Visit, editor: { readonly value: CodeEditor | null }) {
  const restored = useSignal(false);
  const seen = useRef(new Set<string>());
  useSignalEffect(() => {
    const place = desk.place.value;
    if (!editor.value || desk.problems.value === null || place.language === '') return;
    const name = `${place.problem} ${place.language}`;
    const { source, keptAt } = desk.opening(place);
    const language = desk.language.peek()?.name ?? place.language;
    const label = `Code of problem ${place.problem} in ${language}. Escape, then Tab, leaves the editor.`;
    editor.value.show(name, source, place.language, label);
    restored.value = keptAt !== null && !seen.current.has(name) && source !== desk.templateOf(place.language);
    seen.current.add(name);
  });
  // Another tab writes the same draft: this one follows, so that neither overwrites the other with older text.
  useEffect(() => {
    const follow = ({ key, newValue }: StorageEvent) => {
      const place = desk.place.peek();
      if (newValue === null || !drafts.isAt(key, place)) return;
      const { source } = desk.opening(place);
      desk.source.value = source;
      editor.value?.replace(source);
    };
    window.addEventListener('storage', follow);
    return () => window.removeEventListener('storage', follow);
  }, []);
  return restored;
}

function LanguageChoice(): JSX.Element {
  const { desk } = useVisit();
  return (
    <select
      class="language-choice"
      aria-label="Language"
      value={desk.languageId.value}
      onChange={(event) => {
        const language = event.currentTarget.value;
        desk.choose(language);
        prefer({ language });
      }}
    >
      {desk.languages.value.map(({ id, name, version, timeFactor }) => (
        <option key={id} value={id}>
          {name} {version}
          {timeFactor > 1 && ` (time × ${timeFactor})`}
        </option>
      ))}
    </select>
  );
}
