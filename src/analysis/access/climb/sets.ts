/**
 * Names of sets of climbers: who has a power over a set may become any one in it. A power over thousands of accounts is one line, and not thousands.
 */
export const admin = 'cluster-admin';

const at = (place: string | undefined) => (place === undefined ? '' : ` ${place}`);

export const accountsOf = (place: string | undefined) => `accounts${at(place)}`;
export const accountSet = (namespace: string, name: string) => `account ${namespace}/${name}`;
/** Accounts of pods that run. */
export const runningIn = (place: string | undefined) => `running${at(place)}`;
export const podSet = (namespace: string, name: string) => `pod ${namespace}/${name}`;
/** Accounts whose token a Secret holds. */
export const tokensIn = (place: string | undefined) => `tokens${at(place)}`;
export const secretSet = (namespace: string, name: string) => `secret ${namespace}/${name}`;
export const users = 'users';
export const groups = 'groups';
export const userSet = (name: string) => `user ${name}`;
export const groupSet = (name: string) => `group ${name}`;
