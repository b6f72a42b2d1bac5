import {textAt, valueAt} from '../../../core/kube/json-at.ts';
import {oncePerObject} from '../../../core/once-per-object.ts';
import {type AnyCheck, check, type Fault} from '../check.ts';
import {namespaceOf} from '../on-objects.ts';
import {workloadKinds} from '../workload/on-containers.ts';
import type {Workload, World} from '../world.ts';
import {accessKinds, type Hold, heldIn, holdFault, holdText} from './holds.ts';
import {givingRules, type Right} from './right.ts';
import {rights} from './rights.ts';

const accountsIn = oncePerObject(
	(world: World) => new Map(world.ofKind('ServiceAccount').map(account => [`${namespaceOf(account)}/${account.metadata.name}`, account])),
);

const holdsOf = oncePerObject(
	(world: World) => new Map(heldIn(world).map(({holder, holds}) => [`${holder.kind} ${holder.namespace}/${holder.name}`, holds])),
);

/** What the token in the pods of a workload gives; nothing where none is mounted. The pod's word counts before that of the account. */
function mountedHolds({object, podSpec}: Workload, world: World): readonly Hold[] {
	const account = `${namespaceOf(object)}/${textAt(podSpec, 'serviceAccountName') ?? textAt(podSpec, 'serviceAccount') ?? 'default'}`;
	const mounts = valueAt(podSpec, 'automountServiceAccountToken') ?? accountsIn(world).get(account)?.automountServiceAccountToken;
	return mounts === false ? [] : (holdsOf(world).get(`ServiceAccount ${account}`) ?? []);
}

const onAccounts = (find: (hold: Hold, workload: Workload) => Fault | undefined) => ({
	reads: [...workloadKinds, 'ServiceAccount', ...accessKinds],
	settings: {},
	look: (world: World) =>
		world.workloads.map(workload => ({
			...{resource: workload.ref, faults: mountedHolds(workload, world).flatMap(hold => find(hold, workload) ?? [])},
		})),
});

const everything: Right = {verbs: [], resources: {'': []}};
const taking = rights.filter(({takesOver}) => takesOver === true);

/** What whoever takes over a workload may do in the cluster. */
export const workloadAccountChecks: readonly AnyCheck[] = [
	check({
		...{id: 'workload-is-administrator', family: 'access', title: 'No workload administers the cluster', severity: 'high'},
		why: 'Whoever takes over the workload has the token in it, and with it everything.',
		...onAccounts(hold => {
			const [words] = givingRules(hold, everything);
			return words === undefined ? undefined : holdFault(hold, words, `its account holds ${holdText(hold)}`);
		}),
	}),
	check({
		...{id: 'workload-may-take-over', family: 'access', title: 'No workload holds what takes over the cluster', severity: 'high'},
		why: 'Whoever takes over the workload goes on from it to the rest, with the token in it alone.',
		...onAccounts(hold => {
			// Everything is said of the workload by a check of its own.
			if (givingRules(hold, everything).length > 0) return undefined;
			const found = taking.flatMap(right => givingRules(hold, right).map(words => ({words, may: right.may})));
			if (found.length === 0) return undefined;
			const words = [...new Set(found.flatMap(each => each.words))];
			const [{may}] = found as [(typeof found)[number]];
			return holdFault(hold, words, `its account may ${may}: ${holdText(hold)}`);
		}),
	}),
];
