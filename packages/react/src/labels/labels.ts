import type { AttributeGroup, Progress } from '@facemorph/core';
import { shownScore, shownStrength, spokenScore, spokenStrength } from './value-text.js';

/** Every word the parts show or speak. Pass your own to {@link LabelsProvider}. */
export interface Labels {
  /** The name of an attribute; given the model's own English label. */
  readonly attribute: (name: string, label: string) => string;
  readonly group: (group: AttributeGroup) => string;
  /** The title of one of the big controls, given the English one. */
  readonly headline: (title: string) => string;
  /** A strength as it is shown, such as `+1.5`. */
  readonly shown: (strength: number) => string;
  /** A strength as it is spoken, such as `Smile, plus 1.5, strong`. */
  readonly spoken: (label: string, strength: number) => string;
  /** A score as it is shown and spoken; 0 is the average face. */
  readonly shownScore: (score: number) => string;
  readonly spokenScore: (label: string, score: number) => string;
  readonly alsoChanges: (labels: readonly string[]) => string;
  /** What was reached, where locks allowed no more. */
  readonly reached: (strength: number) => string;
  readonly keep: (label: string) => string;
  readonly keepHint: string;
  readonly keptHint: string;
  readonly resetHint: string;
  readonly attributes: string;
  readonly search: string;
  readonly searchPlaceholder: (total: number) => string;
  readonly clearSearch: string;
  readonly found: (count: number, query: string) => string;
  readonly foundTitle: string;
  readonly everythingElse: string;
  readonly edited: (count: number) => string;
  readonly choiceOf: (title: string) => string;
  readonly thisFace: string;
  readonly averageFace: string;
  readonly oneDeviation: string;
  readonly scores: string;
  readonly scoresHint: string;
  readonly picture: string;
  readonly editedFace: string;
  readonly originalFace: string;
  readonly original: string;
  readonly face: string;
  /** How the label of an attribute reads within the sum of an edit. */
  readonly term: (label: string) => string;
  readonly choosePhoto: string;
  readonly photoInput: string;
  readonly photoHint: string;
  readonly dropPhoto: string;
  readonly openingPhoto: string;
  readonly camera: string;
  readonly takePicture: string;
  readonly cameraFailed: string;
  readonly cancel: string;
  readonly historyTools: string;
  readonly undo: string;
  readonly redo: string;
  readonly reset: string;
  readonly compare: string;
  readonly divider: string;
  readonly save: string;
  readonly saveAs: (format: string) => string;
  readonly moreFormats: string;
  /** Saves the edit as it comes and goes. */
  readonly animateAs: (format: string) => string;
  readonly video: string;
  readonly animating: (share: number) => string;
  readonly copyPicture: string;
  readonly copyLink: string;
  readonly copied: string;
  readonly saveEdit: string;
  readonly openEdit: string;
  readonly editOpened: string;
  readonly loadingModel: string;
  readonly progress: (progress: Progress | null) => string;
  readonly fetchedOnce: string;
  readonly loadFailed: string;
  readonly retry: string;
  readonly dismiss: string;
  readonly faces: string;
  readonly faceNumber: (number: number) => string;
  /** Which sheet of made-up faces is shown. */
  readonly sheet: (seed: number) => string;
  readonly newFaces: string;
  readonly variations: string;
  readonly views: string;
  readonly editView: string;
  readonly facesView: string;
  readonly morphView: string;
  readonly morphTo: string;
  readonly morphPosition: string;
  readonly percent: (share: number) => string;
  readonly play: string;
  readonly pause: string;
  readonly mixAcross: string;
  readonly mixDown: string;
  readonly facesInPhoto: string;
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The words in English: the default. */
export const englishLabels: Labels = {
  attribute: (_name, label) => label,
  group: capitalised,
  headline: (title) => title,
  shown: shownStrength,
  spoken: spokenStrength,
  shownScore,
  spokenScore,
  alsoChanges: (labels) => `also changes ${labels.join(', ').toLowerCase()}`,
  reached: (strength) => `reached ${shownStrength(strength)}: the locks hold`,
  keep: (label) => `Keep ${label.toLowerCase()} as it is`,
  keepHint: 'Keep as it is',
  keptHint: 'Kept: other edits leave it alone',
  resetHint: 'Double click or Escape: back to zero',
  attributes: 'Attributes',
  search: 'Search attributes',
  searchPlaceholder: (total) => `Search ${total} attributes`,
  clearSearch: 'Clear search',
  found: (count, query) => (count === 0 ? `Nothing is called “${query}”.` : `${count} found`),
  foundTitle: 'Found attributes',
  everythingElse: 'Everything else',
  edited: (count) => `${count} edited`,
  choiceOf: (title) => `${title}: which`,
  thisFace: 'this face',
  averageFace: 'average face',
  oneDeviation: 'one deviation',
  scores: 'Scores',
  scoresHint: 'Numbers count from the average face, not from this one',
  picture: 'Picture',
  editedFace: 'The edited face',
  originalFace: 'The face before the edit',
  original: 'Original',
  face: 'face',
  term: (label) => label.toLowerCase(),
  choosePhoto: 'Your face',
  photoInput: 'A picture of a face',
  photoHint: 'Any photo with a face in it. It stays on this machine.',
  dropPhoto: 'Drop a photo',
  openingPhoto: 'Looking for the face …',
  camera: 'Use the camera',
  takePicture: 'Take the picture',
  cameraFailed: 'The camera could not be used.',
  cancel: 'Cancel',
  historyTools: 'Edit',
  undo: 'Undo',
  redo: 'Redo',
  reset: 'Reset',
  compare: 'Hold to compare',
  divider: 'Divider between original and edit',
  save: 'Save PNG',
  saveAs: (format) => `Save as ${format}`,
  moreFormats: 'More ways to save',
  animateAs: (format) => `Animate as ${format}`,
  video: 'video',
  animating: (share) => `Making the animation, ${Math.round(share * 100)} %`,
  copyPicture: 'Copy the picture',
  copyLink: 'Copy a link to the edit',
  copied: 'Copied',
  saveEdit: 'Save the edit as a recipe',
  openEdit: 'Open a recipe',
  editOpened: 'Recipe opened',
  loadingModel: 'Loading the model',
  progress: (progress) => {
    switch (progress?.phase) {
      case undefined:
        return 'Getting ready';
      case 'download':
        return `Fetching the model, ${megabytes(progress.loaded)} of ${megabytes(progress.total)} MB`;
      case 'verify':
        return 'Checking the model';
      default:
        return 'Warming up the engine';
    }
  },
  fetchedOnce: 'Fetched once, then kept by your browser.',
  loadFailed: 'The model did not load',
  retry: 'Try again',
  dismiss: 'Dismiss',
  faces: 'Faces',
  faceNumber: (number) => `Face ${number}`,
  sheet: (seed) => `sheet ${seed}`,
  newFaces: 'New faces',
  variations: 'Like this one',
  views: 'Tools',
  editView: 'Edit',
  facesView: 'Faces',
  morphView: 'Morph',
  morphTo: 'Morph into',
  morphPosition: 'Position of the morph',
  percent: (share) => `${Math.round(share * 100)} %`,
  play: 'Play',
  pause: 'Pause',
  mixAcross: 'Mix from left to right',
  mixDown: 'Mix from top to bottom',
  facesInPhoto: 'Faces in this photo',
};

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
