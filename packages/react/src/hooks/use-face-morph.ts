import { useCallback, useEffect, useRef, useState } from 'react';
import { type FaceEdit, NO_EDIT } from './face-edit.js';
import { commit, type History, redo, startHistory, undo } from './history.js';
import { type FaceSource, type FaceState, openFace, sourceKey, useFace } from './use-face.js';
import { type FaceEditor, useFaceEditor } from './use-face-editor.js';
import { type FaceModel, type UseFaceModelOptions, useFaceModel } from './use-face-model.js';
import { useLatest } from './use-latest.js';

/** Options of {@link useFaceMorph}. */
export interface FaceMorphOptions {
  /** Which model to load, or a loaded one. @defaultValue the model of `@facemorph/models` */
  readonly load?: UseFaceModelOptions | undefined;
  /** The face to show; another one is shown when it changes. @defaultValue a made-up one */
  readonly source?: FaceSource | undefined;
  /** The committed edit, if it is kept outside. */
  readonly value?: FaceEdit | undefined;
  /** The edit at first. @defaultValue none */
  readonly defaultValue?: FaceEdit | undefined;
  /** Called at every move of a slider. */
  readonly onChange?: ((edit: FaceEdit) => void) | undefined;
  /** Called when an edit comes to rest, and when another face takes it back. */
  readonly onCommit?: ((edit: FaceEdit) => void) | undefined;
  readonly onError?: ((error: unknown) => void) | undefined;
}

/** Model, face and editor in one, with an undo that goes back over faces too. */
export interface FaceMorphState {
  readonly model: FaceModel;
  readonly face: FaceState;
  readonly editor: FaceEditor;
  readonly source: FaceSource;
  /** Shows another face, without edits; locks stay. */
  readonly showFace: (source: FaceSource) => void;
  /** Opens a picture and shows its face; the one before stays if that fails. */
  readonly openPhoto: (photo: unknown) => void;
  /** Whether a picture is being opened. */
  readonly opening: boolean;
  /** What went wrong last; `null` once it is dismissed or something else has begun. */
  readonly error: unknown;
  readonly setError: (error: unknown) => void;
}

interface FaceDocument {
  readonly source: FaceSource;
  readonly edit: FaceEdit;
}

const SOME_FACE: FaceSource = { seed: 7, index: 14 };

/**
 * All that {@link FaceMorpher} does, without its looks.
 *
 * @public
 * @example
 * ```tsx
 * const { model, editor, openPhoto } = useFaceMorph();
 * ```
 */
export function useFaceMorph(options: FaceMorphOptions = {}): FaceMorphState {
  const { value, onChange } = options;
  const model = useFaceModel(options.load);
  const [history, setHistory] = useState(() =>
    startHistory<FaceDocument>({
      source: options.source ?? SOME_FACE,
      edit: value ?? options.defaultValue ?? NO_EDIT,
    }),
  );
  const [error, setError] = useState<unknown>(null);
  const { source } = history.present;
  const face = useFace(model.model, source);
  const isCurrent = face.opened !== null && sourceKey(face.opened.source) === sourceKey(source);
  const latest = useLatest({ ...options, history, model: model.model });
  /** The picture that is being opened; whatever is shown in the meantime takes its place. */
  const [task, setTask] = useState<AbortController | null>(null);
  const newest = useRef(task);
  useEffect(() => {
    // Hidden for a while, it comes back without the picture.
    if (task?.signal.aborted) setTask(null);
    return () => task?.abort();
  }, [task]);

  const go = useCallback(
    (step: (history: History<FaceDocument>) => History<FaceDocument>) => {
      const { history: now, value: given, onCommit } = latest.current;
      const present = given ? { ...now.present, edit: given } : now.present;
      const next = step({ ...now, present });
      if (next.present === present) return;
      if (next.present.source !== present.source) setTask(null);
      latest.current = { ...latest.current, history: next };
      setHistory(next);
      setError(null);
      onCommit?.(next.present.edit);
    },
    [latest],
  );
  const report = useCallback(
    (problem: unknown) => {
      setError(problem);
      if (problem !== null) latest.current.onError?.(problem);
    },
    [latest],
  );
  const setEdit = useCallback(
    (edit: FaceEdit) => go((now) => commit(now, { ...now.present, edit })),
    [go],
  );
  const showFace = useCallback(
    (next: FaceSource) =>
      go((now) => {
        if (sourceKey(now.present.source) === sourceKey(next)) return now;
        const edit = { strengths: {}, keep: now.present.edit.keep };
        return commit(now, { source: next, edit });
      }),
    [go],
  );
  const openPhoto = useCallback(
    (photo: unknown) => {
      const { model } = latest.current;
      if (!model) return;
      const controller = new AbortController();
      const { signal } = controller;
      newest.current?.abort();
      newest.current = controller;
      setTask(controller);
      report(null);
      openFace(model, { photo }, signal).then(
        ({ face, photo: of }) => {
          if (!signal.aborted) showFace({ face, of });
        },
        (error: unknown) => {
          if (signal.aborted) return;
          setTask(null);
          report(error);
        },
      );
    },
    [latest, showFace, report],
  );
  const travel = useRef({ undo: () => go(undo), redo: () => go(redo) }).current;

  const given = options.source;
  const givenKey = given && sourceKey(given);
  const shownKey = useRef(givenKey);
  useEffect(() => {
    if (!given || shownKey.current === givenKey) return;
    shownKey.current = givenKey;
    showFace(given);
  }, [given, givenKey, showFace]);

  useEffect(() => {
    if (face.error) report(face.error);
  }, [face.error, report]);

  const editor = useFaceEditor({
    model: model.model,
    // Between two faces there is nothing to edit; the canvas goes on showing the one before.
    face: isCurrent ? (face.opened?.face ?? null) : null,
    original: face.opened?.original,
    value: value ?? history.present.edit,
    onChange,
    onCommit: setEdit,
    onError: report,
    history: {
      canUndo: history.past.length > 0,
      canRedo: history.future.length > 0,
      ...travel,
    },
  });
  const opening = task !== null;
  return { model, face, editor, source, showFace, openPhoto, opening, error, setError: report };
}
