import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import type {Action} from '../../../access/access-rule.ts';
import type {AccessObjects, Grant, Holder} from '../../../access/grants.ts';

/** What a workload may not do, in one place. */
export type Denied = {
	readonly workload: KubeObject;
	readonly holder: Holder;
	readonly namespace: string | undefined;
	readonly actions: readonly Action[];
};

/** Everything that is known of who may do what, read once. */
export type Access = {
	readonly objects: AccessObjects;
	readonly grants: readonly Grant[];
	/** Workloads that a role is given to, by the accounts that they sign in as. */
	readonly usersOf: (role: KubeObject) => readonly KubeObject[];
};
