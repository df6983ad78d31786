import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.js';
import { registerServiceWorker } from './offline/register.js';
import { applyTheme, storedTheme } from './theme/theme.js';
import '@fontsource-variable/instrument-sans/wdth.css';
import '@facemorph/react/styles.css';
import './styles/index.css';

applyTheme(storedTheme());

const root = document.getElementById('root');
if (!root) throw new Error('The page has no #root element.');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
void registerServiceWorker();
