import type {
  Attribute,
  EditedFace,
  EncodeImageOptions,
  Face,
  FaceMorph,
  LiveEditor,
  Pixels,
} from '@facemorph/core';
import { FaceMorphError } from '@facemorph/core';
import { useCallback, useMemo, useState, useSyncExternalStore } from 'react';
import { EditSession } from './edit-session.js';
import {
  type FaceEdit,
  isSameEdit,
  keptNames,
  NO_EDIT,
  withKeepToggled,
  withStrength,
} from './face-edit.js';
import { useIsomorphicLayoutEffect, useLatest } from './use-latest.js';
import { useLiveEditor } from './use-live-editor.js';
import { useShortfalls } from './use-shortfalls.js';

/** A past that is kept elsewhere, for undo over more than one face. */
export interface EditHistory {
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly undo: () => void;
  readonly redo: () => void;
}

/** Options of {@link useFaceEditor}. */
export interface FaceEditorOptions {
  readonly model: FaceMorph | null;
  readonly face: Face | null;
  /** The picture the face started as. @defaultValue the face's own, if it comes from a photo */
  readonly original?: Pixels | undefined;
  /** The committed edit, for a controlled editor. */
  readonly value?: FaceEdit | undefined;
  /** Where an uncontrolled editor starts. @defaultValue no edit */
  readonly defaultValue?: FaceEdit | undefined;
  /** Called at every move of a slider. Setting `value` here is possible, and renders each time. */
  readonly onChange?: ((edit: FaceEdit) => void) | undefined;
  /** Called when an edit comes to rest: once a drag, key press, undo, lock or reset. */
  readonly onCommit?: ((edit: FaceEdit) => void) | undefined;
  /** Called when a picture could not be made, or an edit is not of this model. */
  readonly onError?: ((error: unknown) => void) | undefined;
  /** Replaces the editor's own history. */
  readonly history?: EditHistory | undefined;
}

/** Options of {@link FaceEditor.apply}. */
export interface ApplyOptions {
  /** How much of every strength, 0..1. @defaultValue 1 */
  readonly share?: number;
  readonly signal?: AbortSignal | undefined;
}

/** What parts need to show and change the edit of a face. Its functions never change. */
export interface FaceEditor extends EditHistory {
  readonly model: FaceMorph | null;
  /** The attributes of the model; empty until it is there. */
  readonly attributes: readonly Attribute[];
  /** The committed edit. */
  readonly edit: FaceEdit;
  /** Pictures of the edit, as fast as they come; `null` until there is a face. */
  readonly live: LiveEditor | null;
  readonly original: Pixels | undefined;
  /** Where the face stands, in standard deviations; 0 is the average face. */
  readonly measured: Readonly<Record<string, number>>;
  /** What edits reached where that is noticeably less than was asked for: the locks hold. */
  readonly shortfalls: Readonly<Record<string, number>>;
  readonly isEdited: boolean;
  /** Moves a slider: the picture follows, React does not render, nothing is remembered. */
  readonly preview: (name: string, strength: number) => void;
  /** Brings a move to rest: one step of the history. */
  readonly commit: (name: string, strength: number) => void;
  /** Replaces the whole edit, as one step. */
  readonly setEdit: (edit: FaceEdit) => void;
  readonly toggleKeep: (name: string) => void;
  /** Takes all edits and locks back. */
  readonly reset: () => void;
  /** The face with the edit, or a share of it: its pixels, as a file, as a recipe. @throws {FaceMorphError} as `Face.edit` */
  readonly apply: (options?: ApplyOptions) => Promise<EditedFace>;
  /** The edited face as a picture file. @throws {FaceMorphError} as `Face.edit` */
  readonly toBlob: (options?: EncodeImageOptions) => Promise<Blob>;
  /** The face and edit of this moment: its `apply` is not touched by what is done later. */
  readonly still: () => Pick<FaceEditor, 'apply'>;
}

const NO_ATTRIBUTES: readonly Attribute[] = [];

/**
 * Edits a face: live pictures while sliders move, one render when they come to rest, undo, locks.
 *
 * @public
 * @example
 * ```tsx
 * const editor = useFaceEditor({ model, face });
 * return (
 *   <FaceEditorProvider editor={editor}>
 *     <FaceCanvas source={editor.live} />
 *     <AttributeSliders />
 *   </FaceEditorProvider>
 * );
 * ```
 */
export function useFaceEditor(options: FaceEditorOptions): FaceEditor {
  const { model, face, value, defaultValue, onError } = options;
  const [session] = useState(() => new EditSession(value ?? defaultValue ?? NO_EDIT));
  const history = useSyncExternalStore(session.subscribe, session.getHistory, session.getHistory);
  const edit = value ?? history.present;
  const live = useLiveEditor(model, face, edit, onError);
  const latest = useLatest({ ...options, live, edit });

  useIsomorphicLayoutEffect(() => {
    if (value) session.replace(value);
  }, [session, value, history]);

  const actions = useActions(session, latest);
  const attributes = model?.attributes.attributes ?? NO_ATTRIBUTES;
  const measured = useMemo(() => face?.measure() ?? {}, [face]);
  const shortfalls = useShortfalls(live, edit);
  const { canUndo, canRedo, undo, redo } = options.history ?? {
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    ...actions.travel,
  };
  const original = options.original ?? face?.closeUp();
  return useMemo(
    () => ({
      model,
      attributes,
      edit,
      live,
      original,
      measured,
      shortfalls,
      isEdited: !isSameEdit(edit, NO_EDIT),
      canUndo,
      canRedo,
      undo,
      redo,
      ...actions.edits,
    }),
    [
      model,
      attributes,
      edit,
      live,
      original,
      measured,
      shortfalls,
      canUndo,
      canRedo,
      undo,
      redo,
      actions,
    ],
  );
}

interface Latest extends FaceEditorOptions {
  readonly live: LiveEditor | null;
  readonly edit: FaceEdit;
}

function useActions(session: EditSession, latest: { readonly current: Latest }) {
  const commit = useCallback(
    (next: FaceEdit) => {
      const { value, onCommit } = latest.current;
      if (value) session.replace(value);
      if (session.commit(next)) onCommit?.(next);
    },
    [session, latest],
  );

  return useMemo(() => {
    const present = (): FaceEdit => session.history.present;
    const announce = (changed: boolean): void => {
      if (changed) latest.current.onCommit?.(present());
    };
    async function applied(
      { face, edit }: Latest,
      { share = 1, signal }: ApplyOptions = {},
    ): Promise<EditedFace> {
      if (!face) {
        const hint = 'Wait until `live` is there.';
        throw new FaceMorphError('ARGUMENT_INVALID', 'There is no face yet', { hint });
      }
      const strengths = Object.entries(edit.strengths).map(([name, all]) => [name, all * share]);
      return face.edit(Object.fromEntries(strengths), { keep: keptNames(edit), signal });
    }
    return {
      travel: { undo: () => announce(session.undo()), redo: () => announce(session.redo()) },
      edits: {
        preview(name: string, strength: number): void {
          const { live, onChange, onError } = latest.current;
          const next = withStrength(present(), name, strength);
          session.preview(next);
          try {
            if (next.keep.includes(name)) live?.keep(keptNames(next));
            live?.set(name, strength);
            onChange?.(next);
          } catch (error) {
            onError?.(error);
          }
        },
        commit: (name: string, strength: number) => commit(withStrength(present(), name, strength)),
        setEdit: commit,
        toggleKeep: (name: string) => commit(withKeepToggled(present(), name)),
        reset: () => commit(NO_EDIT),
        apply: (options?: ApplyOptions) => applied(latest.current, options),
        toBlob: async (options?: EncodeImageOptions) =>
          (await applied(latest.current)).toBlob(options),
        still: () => {
          const now = latest.current;
          return { apply: (options?: ApplyOptions) => applied(now, options) };
        },
      },
    };
  }, [session, latest, commit]);
}
