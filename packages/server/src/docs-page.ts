/** The page of the API: it reads /openapi.json and shows it. No framework, nothing from elsewhere. */

export const PAGE_STYLE = `
:root { color-scheme: light dark; --ink: #1a1c20; --soft: #5b616b; --line: #dfe2e7; --paper: #fff; --raised: #f6f7f9; --accent: #bf3017; }
@media (prefers-color-scheme: dark) { :root { --ink: #eceef2; --soft: #a0a7b3; --line: #32363d; --paper: #15171a; --raised: #1d2024; --accent: #ff6a4d; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, sans-serif; }
main { max-width: 50rem; margin: 0 auto; padding: 3rem 1.25rem 6rem; }
h1 { font-size: 2rem; line-height: 1.2; margin: 0 0 .5rem; letter-spacing: -.01em; }
p { margin: .5rem 0; } .soft { color: var(--soft); }
a { color: var(--accent); }
.hero { display: flex; gap: 1.5rem; align-items: center; justify-content: space-between; flex-wrap: wrap; margin-bottom: 2.5rem; }
.hero > div { flex: 1 1 20rem; }
.hero figure { margin: 0; display: grid; gap: .5rem; justify-items: center; }
.hero img { width: 128px; height: 128px; border-radius: 12px; background: var(--raised); display: block; }
button { font: inherit; color: var(--accent); background: none; border: 1px solid var(--line); border-radius: 8px; padding: .25rem .75rem; cursor: pointer; }
button:hover { border-color: var(--accent); } :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
details { border: 1px solid var(--line); border-radius: 10px; margin: .6rem 0; overflow: hidden; }
summary { display: grid; grid-template-columns: 3.6rem 9.5rem 1fr .6rem; gap: .75rem; align-items: baseline; padding: .7rem 1rem; cursor: pointer; list-style: none; }
summary::-webkit-details-marker { display: none; } summary:hover { background: var(--raised); }
summary::after { content: ''; width: .5rem; height: .5rem; align-self: center; border: solid var(--soft); border-width: 0 1.5px 1.5px 0; rotate: 45deg; translate: 0 -.15rem; }
details[open] > summary::after { rotate: -135deg; translate: 0 .1rem; }
summary b { font-size: .8rem; letter-spacing: .04em; color: var(--accent); }
.about { padding: .25rem 1rem 1rem; border-top: 1px solid var(--line); }
code, pre { font: .875em/1.5 ui-monospace, monospace; }
pre { background: var(--raised); border-radius: 8px; padding: .75rem 1rem; white-space: pre-wrap; overflow-wrap: anywhere; }
p code { background: var(--raised); border-radius: 4px; padding: .1em .3em; overflow-wrap: anywhere; }
table { width: 100%; border-collapse: collapse; font-size: .92rem; } td { padding: .35rem .75rem .35rem 0; border-top: 1px solid var(--line); vertical-align: top; }
td:nth-child(1) { width: 8rem; } td:nth-child(2) { width: 10rem; color: var(--soft); }
@media (max-width: 36rem) {
  main { padding-top: 1.5rem; } .hero { margin-bottom: 1.5rem; }
  .hero figure { grid-template-columns: auto auto; align-items: center; gap: 1rem; } .hero img { width: 96px; height: 96px; }
  summary { grid-template-columns: 3.6rem 1fr .6rem; } summary span { grid-column: 1 / -1; grid-row: 2; }
  tr { display: grid; grid-template-columns: auto 1fr; column-gap: .75rem; padding: .35rem 0; border-top: 1px solid var(--line); }
  td { border: 0; padding: 0; } td:nth-child(n) { width: auto; } td:nth-child(3) { grid-column: 1 / -1; }
}
`;

/** Two eyes and a smile. */
export const PAGE_ICON: string = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#a8431f"/><g fill="#fff"><circle cx="11" cy="13" r="2.2"/><circle cx="21" cy="13" r="2.2"/></g><path d="M9 20c3.5 4 10.5 4 14 0" fill="none" stroke="#fff" stroke-width="2.4" stroke-linecap="round"/></svg>')}`;

export const PAGE_BODY = `
<main>
<div class="hero">
<div><h1>FaceMorph API</h1><p class="soft">Faces edited by arithmetic in the latent space of a small VAE. Pictures are worked on in memory and forgotten; nothing is stored or logged.</p><p><a href="openapi.json">openapi.json</a></p></div>
<figure><img id="face" alt="A face that nobody has" width="128" height="128"><button id="more" type="button">Another face</button></figure>
</div>
<section id="list" aria-live="polite"></section>
</main>
`;

export const PAGE_SCRIPT = `
const element = (name, text, ...children) => {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  made.append(...children);
  return made;
};
/** What stands between backticks as code. */
const told = (text) => element('p', '', ...text.split('\`').map((part, i) => i % 2 ? element('code', part) : part));
const typeOf = (schema) => schema.enum ? schema.enum.join(' | ') : schema.type === 'array' ? 'array of ' + typeOf(schema.items) + 's' : schema.type || (schema.anyOf ? 'any' : '');
const rowsOf = (properties = {}, required = []) => Object.entries(properties).map(([name, schema]) => {
  const note = [schema.description, schema.default === undefined ? '' : 'default ' + JSON.stringify(schema.default)];
  return element('tr', '', element('td', '', element('code', name + (required.includes(name) ? ' *' : ''))),
    element('td', typeOf(schema)), element('td', note.filter(Boolean).join('; ')));
});
const exampleOf = (method, path, types) => {
  const url = new URL(path.slice(1), document.baseURI).href;
  if (path === '/v1/live') return 'const live = new WebSocket("' + url.replace(/^http/, 'ws') + '");';
  if (path === '/v1/sample') return 'curl "' + url + '?seed=7" -o face.jpg';
  if (method === 'GET') return 'curl ' + url;
  if (path === '/v1/edit') return "curl " + url + " -F image=@photo.jpg -F 'edits={\\"smiling\\":2}' -o smile.jpg";
  if (path === '/v1/morph') return 'curl ' + url + " -H 'content-type: application/json' -d '{\\"from\\":{\\"seed\\":1},\\"to\\":{\\"seed\\":2}}' -o morph.webp";
  return types.includes('multipart/form-data') ? 'curl ' + url + ' -F image=@photo.jpg' : 'curl ' + url + " -H 'content-type: application/json' -d @body.json";
};
const entryOf = (path, method, about) => {
  const content = (about.requestBody || { content: {} }).content;
  const types = Object.keys(content);
  const body = types.length ? content[types[0]].schema : {};
  const query = Object.fromEntries((about.parameters || []).map((p) => [p.name, { description: p.description, ...p.schema }]));
  const verb = path === '/v1/live' ? 'WS' : method.toUpperCase();
  const inside = element('div');
  inside.className = 'about';
  if (about.description) inside.append(told(about.description));
  inside.append(element('pre', exampleOf(method.toUpperCase(), path, types)));
  const rows = [...rowsOf(query), ...rowsOf(body.properties, body.required)];
  if (rows.length) inside.append(element('table', '', element('tbody', '', ...rows)));
  return element('details', '', element('summary', '', element('b', verb), element('code', path), element('span', about.summary)), inside);
};
const list = document.getElementById('list');
fetch('openapi.json').then((answer) => answer.json()).then(({ paths }) => {
  for (const [path, methods] of Object.entries(paths))
    for (const [method, about] of Object.entries(methods)) list.append(entryOf(path, method, about));
}).catch(() => list.append(element('p', 'The description of the API could not be loaded.')));
const face = document.getElementById('face');
const draw = () => { face.src = 'v1/sample?format=webp&seed=' + Math.floor(Math.random() * 1e6); };
document.getElementById('more').addEventListener('click', draw);
draw();
`;
