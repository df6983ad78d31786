import type { HTMLAttributes, ReactNode } from 'react';
import type { AttributeName } from '../../attribute-names.js';
import type { FaceEditor } from '../../hooks/use-face-editor.js';
import type { SliderScale } from '../AttributeSlider/use-attribute-slider.js';
import { lazyPart } from '../lazy-part.js';
import type { HeadlineSpec } from './headlines.js';

/** Props of {@link AttributeSliders}, and of a `<div>`. */
export interface AttributeSlidersProps extends Omit<HTMLAttributes<HTMLDivElement>, 'children'> {
  /** @defaultValue that of the nearest `FaceEditorProvider` */
  readonly editor?: FaceEditor;
  /** Shows these only, in the model's order. @defaultValue all */
  readonly only?: readonly AttributeName[];
  /** The big controls on top; `[]` for groups alone. @defaultValue `defaultHeadlines` */
  readonly headlines?: readonly HeadlineSpec[];
  /** @defaultValue whether there are more than 8 attributes */
  readonly searchable?: boolean;
  /** Explains the marks of the rulers. @defaultValue true */
  readonly legend?: boolean;
  /**
   * What the numbers say at first: the `change` of this face, or its `score`, where 0 is the average
   * face. The legend offers both. @defaultValue `change`
   */
  readonly defaultScale?: SliderScale;
  /** Offers locks. @defaultValue true */
  readonly locks?: boolean;
  /** Whether the groups are open at first. @defaultValue false */
  readonly openGroups?: boolean;
}

const View = /* @__PURE__ */ lazyPart(
  async () => (await import('./AttributeSlidersView.js')).AttributeSlidersView,
);

/**
 * All sliders of a model: big controls, groups, and a search over both. Renders a `<div>`, as soon as
 * its code is there: until the model is, it would have nothing to show.
 */
export function AttributeSliders(props: AttributeSlidersProps): ReactNode {
  return <View {...props} />;
}
