/**
 * Content Credentials (C2PA) for what FaceMorph makes: a signature beside the mark in XMP. Node only, by
 * `@contentauth/c2pa-node`, which you install.
 * @module @facemorph/core/c2pa
 */
export {
  type CredentialsSigner,
  type OriginalPhoto,
  type SignCredentialsOptions,
  type SignedType,
  signCredentials,
} from './credentials/sign-credentials.node.js';
