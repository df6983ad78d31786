import type { ReactNode } from 'react';
import { FailedView } from '../loading/FailedView.js';
import { LoadingView } from '../loading/LoadingView.js';
import { useModel } from '../model/use-model.js';
import { Header } from './Header.js';
import { Safeguard } from './Safeguard.js';
import { Studio } from './Studio.js';

/** The page: waiting for the model, then the studio. */
export function App(): ReactNode {
  const [state, retry] = useModel();
  return (
    <>
      <Header />
      {state.status === 'loading' && <LoadingView progress={state.progress} />}
      {state.status === 'failed' && (
        <FailedView title="The model did not load" error={state.error} onRetry={retry} />
      )}
      {state.status === 'ready' && (
        <Safeguard>
          <Studio model={state.model} />
        </Safeguard>
      )}
    </>
  );
}
