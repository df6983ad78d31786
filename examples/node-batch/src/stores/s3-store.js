import {
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';

/** Any server that speaks S3. @implements {Store} @typedef {import('./store.js').Store} Store */
export class S3Store {
  #client;
  #bucket;
  #prefix;

  /** @param {string} bucket @param {string} prefix */
  constructor(bucket, prefix) {
    this.location = `s3://${bucket}/${prefix}`;
    this.#bucket = bucket;
    this.#prefix = prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`;
    this.#client = new S3Client({
      // Servers other than Amazon's are addressed by path.
      forcePathStyle: process.env.AWS_ENDPOINT_URL !== undefined,
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
    });
  }

  async *list() {
    /** @type {string | undefined} */
    let from;
    do {
      const page = await this.#client.send(
        new ListObjectsV2Command({
          Bucket: this.#bucket,
          Prefix: this.#prefix,
          ...(from === undefined ? {} : { ContinuationToken: from }),
        }),
      );
      for (const { Key = '' } of page.Contents ?? []) yield Key.slice(this.#prefix.length);
      from = page.NextContinuationToken;
    } while (from !== undefined);
  }

  /** @param {string} name */
  async read(name) {
    const { Body } = await this.#client.send(new GetObjectCommand(this.#at(name)));
    if (Body === undefined) throw new Error(`${this.location}${name} is empty`);
    return Body.transformToByteArray();
  }

  /** @param {string} name */
  async has(name) {
    try {
      await this.#client.send(new HeadObjectCommand(this.#at(name)));
      return true;
    } catch (error) {
      if (/** @type {any} */ (error).$metadata?.httpStatusCode === 404) return false;
      throw error;
    }
  }

  /** S3 shows an object when all of it has arrived. @param {string} name @param {Uint8Array} bytes */
  async write(name, bytes) {
    await this.#client.send(new PutObjectCommand({ ...this.#at(name), Body: bytes }));
  }

  async sweep() {}

  /** @param {string} name */
  #at(name) {
    return { Bucket: this.#bucket, Key: this.#prefix + name };
  }
}
