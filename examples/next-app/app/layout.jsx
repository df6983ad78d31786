import '@facemorph/react/styles.css';
import './page.css';

export const metadata = {
  title: 'FaceMorph in Next',
  description: 'Edit a face in your browser. Nothing is uploaded.',
};

export default function Layout({ children }) {
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  );
}
