import { type ReactNode, useState } from 'react';

/** A command that a click copies. Renders a `<button>`. */
export function CopyLine({ text }: { readonly text: string }): ReactNode {
  const [copied, setCopied] = useState(false);
  async function copy(): Promise<void> {
    await navigator.clipboard.writeText(text);
    setCopied(true);
  }
  return (
    <button type="button" className="copy-line" onClick={() => copy().catch(() => {})}>
      <code>{text}</code>
      <span role="status">{copied ? 'Copied' : 'Copy'}</span>
    </button>
  );
}
