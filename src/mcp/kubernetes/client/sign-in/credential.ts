/** A secret that proves who asks. */
export type Credential = {readonly token?: string | undefined; readonly cert?: string | undefined; readonly key?: string | undefined};

/** Where a credential comes from. `renew` drops what is held; false when the next `current` would answer the same. */
export type CredentialSource = {readonly current: () => Promise<Credential>; readonly renew: () => Promise<boolean>};
