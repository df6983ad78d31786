/** Lets the user choose one file; `undefined` when they think better of it. Call it in a click. */
export function chooseFile(accept: string): Promise<File | undefined> {
  const input = document.createElement('input');
  Object.assign(input, { type: 'file', accept, hidden: true });
  // Outside of a document Safari may forget it before it is answered.
  document.body.append(input);
  return new Promise((resolve) => {
    const answer = (): void => {
      input.remove();
      resolve(input.files?.[0]);
    };
    input.addEventListener('change', answer, { once: true });
    input.addEventListener('cancel', answer, { once: true });
    input.click();
  });
}
