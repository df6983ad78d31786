import type { HTMLAttributes, ReactNode } from 'react';
import { FaceEditorProvider } from '../hooks/editor-context.js';
import { type FaceMorphOptions, useFaceMorph } from '../hooks/use-face-morph.js';
import { LabelsProvider } from '../labels/LabelsProvider.js';
import type { Labels } from '../labels/labels.js';
import { classNames } from '../parts/class-names.js';
import type { VideoWriter } from '../parts/ExportMenu/animation/video.js';
import { lazyPart } from '../parts/lazy-part.js';
import { ModelProgress } from '../parts/ModelProgress/ModelProgress.js';
import type { View } from './ViewTabs.js';

/** Props of {@link FaceMorpher}, and of a `<div>`. */
export interface FaceMorpherProps
  extends FaceMorphOptions,
    Omit<HTMLAttributes<HTMLDivElement>, 'children' | 'defaultValue' | 'onChange' | 'onError'> {
  /** What can be done, in this order. @defaultValue `['edit', 'faces', 'morph']` */
  readonly views?: readonly View[];
  /** Words that differ from English. Keep the object the same between renders. */
  readonly labels?: Partial<Labels>;
  /** `auto` follows the system. @defaultValue the `color-scheme` around it */
  readonly theme?: 'auto' | 'light' | 'dark';
  /** Of saved files, without an extension. @defaultValue `facemorph` */
  readonly fileName?: string;
  /** Offers the camera. @defaultValue true */
  readonly camera?: boolean;
  /** Offers to save videos, written by the package mediabunny: `() => import('mediabunny')`. */
  readonly video?: () => Promise<VideoWriter>;
}

/** Comes while the model does. */
const Studio = /* @__PURE__ */ lazyPart(async () => (await import('./Studio.js')).Studio);

const ALL_VIEWS: readonly View[] = ['edit', 'faces', 'morph'];
const NO_LABELS: Partial<Labels> = {};

/**
 * A whole face editor: picture, sliders, upload, camera, compare, morph, undo and export. It takes
 * the width it is given, from a phone to a wide page. Renders a `<div>`.
 *
 * State: `data-status` (`loading`, `failed` or `ready`).
 *
 * @example
 * ```tsx
 * import { FaceMorpher } from '@facemorph/react';
 * import '@facemorph/react/styles.css';
 *
 * export const App = () => <FaceMorpher />;
 * ```
 */
export function FaceMorpher(props: FaceMorpherProps): ReactNode {
  const { load, source, value, defaultValue, onChange, onCommit, onError, ...look } = props;
  const {
    views = ALL_VIEWS,
    labels = NO_LABELS,
    theme,
    fileName,
    camera = true,
    video,
    ...rest
  } = look;
  const state = useFaceMorph({ load, source, value, defaultValue, onChange, onCommit, onError });
  return (
    <LabelsProvider labels={labels}>
      <div
        {...rest}
        className={classNames('fm-morpher', rest.className)}
        data-fm-theme={theme}
        data-status={state.model.status}
      >
        {state.model.status === 'ready' ? (
          <FaceEditorProvider editor={state.editor}>
            <Studio
              state={state}
              views={views}
              {...{ fileName, camera, video }}
              fallback={<Waiting />}
            />
          </FaceEditorProvider>
        ) : (
          <Waiting>
            <ModelProgress state={state.model} />
          </Waiting>
        )}
      </div>
    </LabelsProvider>
  );
}

/** An empty print. */
function Waiting({ children }: { readonly children?: ReactNode }): ReactNode {
  return (
    <div className="fm-waiting">
      <div className="fm-print">
        <svg className="fm-silhouette" viewBox="0 0 100 100" aria-hidden="true">
          <ellipse cx="50" cy="44" rx="21" ry="27" />
          <path d="M14 100c2-18 16-27 36-27s34 9 36 27z" />
        </svg>
      </div>
      {children}
    </div>
  );
}
