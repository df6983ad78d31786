/**
 * A toy model without weights and a backend that runs it, for tests of code that uses FaceMorph.
 * @module @facemorph/core/testing
 */
export { type BackendCheck, backendContract } from './backend-contract.js';
export {
  createFakeAttributes,
  FAKE_ENCODER_SHA256,
  type FakeAttributesOptions,
} from './fake-attributes.js';
export {
  createFakeBackend,
  FAKE_IMAGE_SIZE,
  FAKE_LATENT_SIZE,
  type FakeBackend,
  type FakeBackendOptions,
  type FakeRun,
} from './fake-backend.js';
export { createFakeModel, type FakeModelOptions } from './fake-model.js';
