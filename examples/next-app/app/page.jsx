import { Editor } from './editor';

/** Rendered on the server; the editor wakes up in the browser and loads the model there. */
export default function Page() {
  return (
    <main>
      <h1>FaceMorph</h1>
      <p>Rendered by Next on the server, edited in your browser. The picture stays in this tab.</p>
      <Editor />
    </main>
  );
}
