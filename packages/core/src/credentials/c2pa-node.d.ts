/** What is used of this optional peer; its own types need not be installed to build. */
declare module '@contentauth/c2pa-node' {
  interface Asset {
    buffer: Buffer;
    mimeType: string;
  }

  interface Signer {
    getHandle(): unknown;
  }

  type Algorithm = 'es256' | 'es384' | 'es512' | 'ps256' | 'ps384' | 'ps512' | 'ed25519';

  export class LocalSigner implements Signer {
    static newSigner(
      certificates: Buffer,
      privateKey: Buffer,
      algorithm: Algorithm,
      timestampUrl?: string,
    ): LocalSigner;
    getHandle(): unknown;
  }

  export class CallbackSigner implements Signer {
    static newSigner(
      config: {
        alg: Algorithm;
        certs: Buffer[];
        reserveSize: number;
        directCoseHandling: boolean;
      },
      sign: (data: Buffer) => Promise<Buffer>,
    ): CallbackSigner;
    getHandle(): unknown;
  }

  export class Builder {
    static withJson(manifest: object, settings?: object): Builder;
    setIntent(intent: string | object): void;
    addIngredient(json: string, asset: Asset): Promise<void>;
    sign(signer: Signer, input: Asset, output: { buffer: Buffer | null }): Buffer;
    signAsync(signer: Signer, input: Asset, output: { buffer: Buffer | null }): Promise<Buffer>;
  }

  export class Reader {
    static fromAsset(asset: Asset, settings?: object): Promise<Reader | null>;
    json(): unknown;
  }
}
