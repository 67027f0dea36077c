// The site console, put on the page.
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { door } from './door.ts';

door.takeFromAddress();
const root = document.getElementById('root');
if (root) createRoot(root).render(<App />);
