import type {Clock} from '../../core/clock.ts';
import type {KubeSchema} from '../../core/diff/kube-schema.ts';
import type {Hooks} from '../machine.ts';
import type {Catalogue} from './catalogue.ts';
import type {CustomKinds} from './custom/custom-kinds.ts';
import type {AccountTokens} from './identity/account-tokens.ts';
import type {User} from './identity/authenticate.ts';
import type {Resource} from './resource.ts';
import type {Store} from './storage/store.ts';

/** What every step of a request may need. */
export type Cluster = {
	readonly clock: Clock;
	readonly catalogue: Catalogue;
	readonly store: Store;
	/** Of built-in and of custom kinds. */
	readonly schema: KubeSchema;
	/** The structural schema of a custom kind, if its definition has one. */
	readonly structural: CustomKinds['structural'];
	readonly hooks: () => Hooks;
	readonly tokens: AccountTokens;
	/** The next uid; the same sequence in every cluster with the same seed. */
	readonly newUid: () => string;
	/** Five characters for generateName, from the same seed. */
	readonly newSuffix: () => string;
};

/** How a write is to be made. */
export type WriteOptions = {
	readonly dryRun: boolean;
	/** Field manager, up to 128 characters. */
	readonly manager: string;
	/** Who writes; the cluster itself when left out, which may grant anything. */
	readonly user?: User;
	/** The kind in the version that the writer speaks, where that is not the stored one: fields are owned in its terms. */
	readonly served?: Resource;
};

/** The clock's time as metadata has it: whole seconds. */
export const timestamp = ({clock}: Pick<Cluster, 'clock'>, laterMs = 0) => `${new Date(clock.now() + laterMs).toISOString().slice(0, 19)}Z`;
