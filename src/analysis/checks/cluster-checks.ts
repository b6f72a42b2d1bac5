import {accountChecks} from './access/account-checks.ts';
import {holderChecks} from './access/holder-checks.ts';
import {rightChecks} from './access/right-checks.ts';
import {workloadAccountChecks} from './access/workload-account-checks.ts';
import {podPolicyChecks} from './admission/pod-policy-checks.ts';
import {webhookChecks} from './admission/webhook-checks.ts';
import type {AnyCheck} from './check.ts';
import {apiServerChecks} from './control-plane/api-server-checks.ts';
import {controllerChecks} from './control-plane/controller-checks.ts';
import {etcdChecks} from './control-plane/etcd-checks.ts';
import {componentChecks} from './exposure/component-checks.ts';
import {entryChecks} from './exposure/entry-checks.ts';
import {exposedChecks} from './exposure/exposed-checks.ts';
import {defaultNamespaceChecks} from './namespace/default-checks.ts';
import {namespaceChecks} from './namespace/namespace-checks.ts';
import {networkChecks} from './network/network-checks.ts';
import {nodeChecks} from './node/node-checks.ts';
import {storageChecks} from './storage/storage-checks.ts';

/** Checks about all that is around the workloads: who may do what, networks, doors, storage, namespaces, admission, the control plane, nodes. */
export const clusterChecks: readonly AnyCheck[] = [
	...[...rightChecks, ...holderChecks, ...accountChecks, ...workloadAccountChecks],
	...[...networkChecks, ...exposedChecks, ...entryChecks, ...componentChecks],
	...[...storageChecks, ...namespaceChecks, ...defaultNamespaceChecks],
	...[...webhookChecks, ...podPolicyChecks],
	...[...apiServerChecks, ...controllerChecks, ...etcdChecks, ...nodeChecks],
];
