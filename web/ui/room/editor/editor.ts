import { closeBrackets, closeBracketsKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { bracketMatching, indentOnInput, indentUnit } from '@codemirror/language';
import { Compartment, EditorState, type Extension } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import type { LanguageId } from '../../../../src/contract/terms';
import type { Preferences } from '../../../core/preferences';
import { loadKeys, STANDARD_KEYS } from './keys';
import { loadLanguage } from './languages';
import { look } from './look';

type Wishes = Pick<Preferences, 'tabWidth' | 'wrap' | 'fontSize' | 'keys'>;

export interface EditorListener {
  /** The text as it stands after every change somebody made here. */
  typed(text: string): void;
}

/** Scripts may make style elements only with what came with the page. */
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';

/**
 * A CodeMirror in a place of the page. Each text it is given under a name keeps its own history of
 * changes, so that going from problem to problem and back loses no undo.
 */
export class CodeEditor {
  private readonly view: EditorView;
  private readonly states = new Map<string, EditorState>();
  private readonly keys = new Compartment();
  private readonly search = new Compartment();
  private readonly language = new Compartment();
  private readonly wishes = new Compartment();
  private readonly access = new Compartment();
  private readonly label = new Compartment();
  private name = '';
  private isOurs = false;
  private settings: Wishes;
  private isReadOnly = false;

  constructor(
    parent: HTMLElement,
    wishes: Wishes,
    private readonly listener: EditorListener,
  ) {
    this.settings = wishes;
    this.view = new EditorView({ parent, state: this.newState('') });
  }

  /** Shows a text under a name: with its own history if it was shown before and still is the same text. */
  show(name: string, text: string, language: LanguageId, label: string): void {
    if (this.name !== '') this.states.set(this.name, this.view.state);
    this.name = name;
    const known = this.states.get(name);
    this.view.setState(known?.doc.toString() === text ? known : this.newState(text));
    this.view.dispatch({
      effects: [
        this.wishes.reconfigure(wishExtensions(this.settings)),
        this.access.reconfigure(accessExtensions(this.isReadOnly)),
        this.label.reconfigure(EditorView.contentAttributes.of({ 'aria-label': label })),
      ],
    });
    this.takeKeys();
    void loadLanguage(language).then((support) => {
      if (this.name === name) this.view.dispatch({ effects: this.language.reconfigure(support) });
    });
  }

  /** Puts another text in place of this one, as one change that can be undone. */
  replace(text: string): void {
    if (text === this.view.state.doc.toString()) return;
    this.isOurs = true;
    this.view.dispatch({ changes: { from: 0, to: this.view.state.doc.length, insert: text } });
    this.isOurs = false;
  }

  insert(text: string): void {
    this.view.dispatch(this.view.state.replaceSelection(text));
    this.view.focus();
  }

  wish(wishes: Wishes): void {
    this.settings = wishes;
    this.view.dispatch({ effects: this.wishes.reconfigure(wishExtensions(wishes)) });
    this.takeKeys();
  }

  lock(isReadOnly: boolean): void {
    this.isReadOnly = isReadOnly;
    this.view.dispatch({ effects: this.access.reconfigure(accessExtensions(isReadOnly)) });
  }

  destroy(): void {
    this.view.destroy();
  }

  /** Searching is loaded when somebody first does it. */
  private startSearching(): true {
    void import('@codemirror/search').then(({ openSearchPanel, searchKeymap, highlightSelectionMatches }) => {
      const effects = this.search.reconfigure([keymap.of(searchKeymap), highlightSelectionMatches()]);
      this.view.dispatch({ effects });
      openSearchPanel(this.view);
    });
    return true;
  }

  /** The keys of vim are loaded when somebody wants them. They come before all others of the editor. */
  private takeKeys(): void {
    const { keys } = this.settings;
    const isVim = this.keys.get(this.view.state) !== STANDARD_KEYS;
    if (isVim === (keys === 'vim')) return;
    void loadKeys(keys).then((extension) => {
      if (this.settings.keys === keys) this.view.dispatch({ effects: this.keys.reconfigure(extension) });
    });
  }

  private newState(doc: string): EditorState {
    return EditorState.create({
      doc,
      extensions: [
        EditorView.cspNonce.of(nonce),
        this.keys.of(STANDARD_KEYS),
        lineNumbers(),
        highlightActiveLine(),
        highlightActiveLineGutter(),
        highlightSpecialChars(),
        history(),
        drawSelection(),
        indentOnInput(),
        bracketMatching(),
        closeBrackets(),
        keymap.of([...closeBracketsKeymap, ...historyKeymap, ...defaultKeymap, indentWithTab]),
        look,
        this.search.of(keymap.of([{ key: 'Mod-f', run: () => this.startSearching() }])),
        this.language.of([]),
        this.wishes.of(wishExtensions(this.settings)),
        this.access.of(accessExtensions(this.isReadOnly)),
        this.label.of([]),
        EditorView.updateListener.of(({ docChanged, state }) => {
          if (docChanged && !this.isOurs) this.listener.typed(state.doc.toString());
        }),
      ],
    });
  }
}

const wishExtensions = ({ tabWidth, wrap, fontSize }: Wishes): Extension => [
  indentUnit.of(' '.repeat(tabWidth)),
  EditorState.tabSize.of(tabWidth),
  wrap ? EditorView.lineWrapping : [],
  EditorView.theme({ '&': { fontSize: `${fontSize}px` } }),
];

const accessExtensions = (isReadOnly: boolean): Extension => [
  EditorState.readOnly.of(isReadOnly),
  EditorView.contentAttributes.of(isReadOnly ? { 'aria-readonly': 'true' } : {}),
];
