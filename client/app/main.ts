/** The entry: language first, then the frame; the router fetches the view. */
import { mount } from 'svelte';
import { texts } from '../i18n/index.svelte';
import App from './App.svelte';
import './app.css';
import { startView } from './routes';
import { stripTake } from './take-over';

stripTake();
const target = document.getElementById('app');
if (!target) throw new Error('index.html lacks #app');
texts.begin();
// The view's own files travel while the first texts do.
void startView(location.pathname);
await texts.load('common');
mount(App, { target });
