/**
 * Where verified model files are kept between visits, keyed by their SHA-256.
 * A cache that throws is ignored: the model still loads.
 */
export interface ModelCache {
  get(sha256: string): Promise<Uint8Array | undefined>;
  put(sha256: string, bytes: Uint8Array): Promise<void>;
}
