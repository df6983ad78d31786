import { useFaceModel } from '@facemorph/react';
import { lazy, type ReactNode, Suspense, useEffect, useMemo, useRef } from 'react';
import { keepForOffline } from '../offline/register.js';
import { GeneratePage } from '../pages/generate/GeneratePage.js';
import type { PageName } from '../router/route.js';
import { goTo, useVisit } from '../router/use-visit.js';
import { Footer } from './Footer.js';
import { Header } from './Header.js';
import { PAGE_TITLES } from './page-titles.js';
import { Safeguard } from './Safeguard.js';
import { type PageProps, type Shell, ShellContext } from './shell.js';

const VIEWS: Record<PageName, (props: PageProps) => ReactNode> = {
  generate: GeneratePage,
  edit: later(async () => (await import('../pages/edit/EditPage.js')).EditPage),
  morph: later(async () => (await import('../pages/morph/MorphPage.js')).MorphPage),
  mix: later(async () => (await import('../pages/mix/MixPage.js')).MixPage),
  learn: later(async () => (await import('../pages/learn/LearnPage.js')).LearnPage),
  how: later(async () => (await import('../pages/how/HowPage.js')).HowPage),
};

/** The site: a model that all pages share, and the page of the link. */
export function App(): ReactNode {
  // wasm everywhere: it is what was measured, and it leaves 27 MB of another runtime at home.
  const model = useFaceModel({ backend: 'wasm' });
  const { route, number } = useVisit();
  const { page, query } = route;
  const photo = useRef<File | null>(null);
  const mainRef = useRef<HTMLElement>(null);

  const shell = useMemo<Shell>(
    () => ({
      model,
      editPhoto(file) {
        photo.current = file;
        goTo('edit', new URLSearchParams({ from: 'photo' }));
      },
      takePhoto() {
        const taken = photo.current;
        photo.current = null;
        return taken;
      },
    }),
    [model],
  );

  useEffect(() => {
    if (model.status === 'ready') keepForOffline().catch(() => {});
  }, [model.status]);

  useEffect(() => {
    document.title = `${PAGE_TITLES[page]} · FaceMorph`;
  }, [page]);

  // A link within the page moves the focus as a link to another document would.
  // biome-ignore lint/correctness/useExhaustiveDependencies: also when the same page is visited again
  useEffect(() => {
    if (number === 0) return;
    scrollTo(0, 0);
    mainRef.current?.focus({ preventScroll: true });
  }, [page, number]);

  const View = VIEWS[page];
  return (
    <ShellContext.Provider value={shell}>
      <button type="button" className="skip" onClick={() => mainRef.current?.focus()}>
        Skip to the page
      </button>
      <Header page={page} />
      <main id="main" ref={mainRef} tabIndex={-1} data-page={page}>
        <Safeguard key={number}>
          <Suspense fallback={<p className="page-waiting">One moment …</p>}>
            <View query={query} />
          </Suspense>
        </Safeguard>
      </main>
      <Footer />
    </ShellContext.Provider>
  );
}

/** A page that is fetched when it is visited first. */
function later(load: () => Promise<(props: PageProps) => ReactNode>) {
  return lazy(async () => ({ default: await load() }));
}
