import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { englishLabels, type Labels } from './labels.js';

const LabelsContext = /* @__PURE__ */ createContext<Labels>(englishLabels);

/** Props of {@link LabelsProvider}. */
export interface LabelsProviderProps {
  /** What differs from the words around it. */
  readonly labels: Partial<Labels>;
  readonly children: ReactNode;
}

/** Gives the parts inside other words. Keep the object the same between renders. */
export function LabelsProvider({ labels, children }: LabelsProviderProps): ReactNode {
  const around = useContext(LabelsContext);
  const all = useMemo(() => ({ ...around, ...labels }), [around, labels]);
  return <LabelsContext.Provider value={all}>{children}</LabelsContext.Provider>;
}

/** The words of the nearest {@link LabelsProvider}. */
export function useLabels(): Labels {
  return useContext(LabelsContext);
}
