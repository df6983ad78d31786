/**
 * What happened while a slider was dragged. Times in ms.
 *
 * @typedef {object} DragReport
 * @property {number} ms From the first input to the last.
 * @property {number[]} frames When a decoded picture was painted on the canvas.
 * @property {number[]} inputToPaint For each input, from the event to the frame of the screen that
 *   shows its edit or a newer one.
 * @property {number[]} longTasks How long the main thread was blocked, where over 50 ms.
 * @property {number} reactCommits
 */

/**
 * Watches from the outside, by what any page can see: input events, the number of the edit that the
 * canvas says it shows, and the screen's frames. Every input that moves the slider is one edit, so
 * the n-th of them is the edit n after the one that was shown at first.
 */
export class DragWatch {
  /** @type {number[]} */
  #frames = [];
  /** When each edit was made, from the event's own time. @type {number[]} */
  #inputs = [];
  /** @type {number[]} */
  #painted = [];
  /** @type {number[]} */
  #longTasks = [];
  #canvas;
  #slider;
  #commits;
  #commitsBefore;
  #first;
  #value;
  #canvasObserver = new MutationObserver(() => this.#onFrame());
  #taskObserver = new PerformanceObserver((list) => this.#onTasks(list.getEntries()));

  /**
   * @param {HTMLCanvasElement} canvas
   * @param {HTMLInputElement} slider
   * @param {() => number} commits Of React, so far.
   */
  constructor(canvas, slider, commits) {
    this.#canvas = canvas;
    this.#slider = slider;
    this.#commits = commits;
    this.#commitsBefore = commits();
    this.#first = this.#shown();
    this.#value = slider.value;
    this.#canvasObserver.observe(canvas, { attributeFilter: ['data-sequence'] });
    this.#taskObserver.observe({ type: 'longtask' });
    // On the document: React's own listener, which moves the slider, must have run before.
    document.addEventListener('input', this.#onInput);
  }

  /**
   * Ends when the last input is painted.
   * @returns {Promise<DragReport>}
   * @throws {Error} when an input never came onto the canvas.
   */
  async stop() {
    const reactCommits = this.#commits() - this.#commitsBefore;
    const patience = performance.now() + 5000;
    while (this.#painted.length < this.#inputs.length) {
      if (performance.now() > patience) throw new Error('The last edit was never painted');
      await new Promise(requestAnimationFrame);
    }
    this.#onTasks(this.#taskObserver.takeRecords());
    this.#taskObserver.disconnect();
    this.#canvasObserver.disconnect();
    document.removeEventListener('input', this.#onInput);
    return {
      ms: (this.#inputs.at(-1) ?? 0) - (this.#inputs[0] ?? 0),
      frames: this.#frames,
      inputToPaint: this.#painted.map((time, i) => time - (this.#inputs[i] ?? 0)),
      longTasks: this.#longTasks,
      reactCommits,
    };
  }

  /** @param {Event} event */
  #onInput = (event) => {
    if (event.target !== this.#slider || this.#slider.value === this.#value) return;
    this.#value = this.#slider.value;
    this.#inputs.push(event.timeStamp);
  };

  #onFrame() {
    this.#frames.push(performance.now());
    const done = this.#shown() - this.#first;
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      // The message arrives after the frame has been handed to the screen.
      port1.onmessage = () => {
        const now = performance.now();
        while (this.#painted.length < Math.min(done, this.#inputs.length)) this.#painted.push(now);
      };
      port2.postMessage(undefined);
    });
  }

  /** @param {PerformanceEntryList} entries */
  #onTasks(entries) {
    this.#longTasks.push(...entries.map(({ duration }) => duration));
  }

  #shown() {
    return Number(this.#canvas.dataset.sequence);
  }
}
