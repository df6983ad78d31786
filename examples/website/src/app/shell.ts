import type { FaceModel } from '@facemorph/react';
import { createContext, useContext } from 'react';

/** What all pages share. */
export interface Shell {
  readonly model: FaceModel;
  /** Opens a picture in the editor. It is handed over in memory: a link never carries a picture. */
  readonly editPhoto: (photo: File) => void;
  /** The picture that was handed over last, once. */
  readonly takePhoto: () => File | null;
}

/** Provided by the app. */
export const ShellContext = createContext<Shell | null>(null);

/** What all pages share. @throws outside of the app */
export function useShell(): Shell {
  const shell = useContext(ShellContext);
  if (!shell) throw new Error('This part of the page stands outside of the app.');
  return shell;
}

/** What each page is given. */
export interface PageProps {
  /** The state in the link that led here. */
  readonly query: URLSearchParams;
}
