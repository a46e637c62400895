import { render } from 'preact';
import './styles/tokens.css';
import './styles/base.css';
import './styles/parts.css';
import { App } from './ui/app';
import { followLinks } from './ui/router';

const root = document.getElementById('app')!;
followLinks(root);
render(<App />, root);
