import '@facemorph/react/styles.css';
import './preview.css';
import type { Decorator, Preview } from '@storybook/react-vite';
import { useLayoutEffect } from 'react';

/** Theme and writing direction are of the page, as in an application. */
const Surroundings: Decorator = (Story, { globals }) => {
  useLayoutEffect(() => {
    document.documentElement.dataset.fmTheme = String(globals.theme);
    document.documentElement.dir = String(globals.direction);
  }, [globals.theme, globals.direction]);
  return <Story />;
};

const preview: Preview = {
  tags: ['autodocs'],
  decorators: [Surroundings],
  parameters: {
    layout: 'padded',
    controls: { expanded: true, sort: 'requiredFirst' },
    options: {
      storySort: {
        order: [
          'Welcome',
          'Latent arithmetic',
          'The attribute format',
          'Theming',
          'FaceMorpher',
          'Parts',
          'Hooks',
          'Live',
        ],
      },
    },
  },
  globalTypes: {
    theme: {
      description: 'Theme',
      toolbar: {
        icon: 'contrast',
        items: [
          { value: 'light', title: 'Light' },
          { value: 'dark', title: 'Dark' },
        ],
        dynamicTitle: true,
      },
    },
    direction: {
      description: 'Writing direction',
      toolbar: {
        icon: 'transfer',
        items: [
          { value: 'ltr', title: 'Left to right' },
          { value: 'rtl', title: 'Right to left' },
        ],
        dynamicTitle: true,
      },
    },
  },
  initialGlobals: { theme: 'light', direction: 'ltr' },
};

export default preview;
