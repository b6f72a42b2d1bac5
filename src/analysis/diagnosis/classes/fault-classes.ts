import {admissionClasses} from './admission-classes.ts';
import {autoscalingClasses} from './autoscaling-classes.ts';
import {batchClasses} from './batch-classes.ts';
import {configClasses} from './config-classes.ts';
import {controlPlaneClasses} from './control-plane-classes.ts';
import {disruptionClasses} from './disruption-classes.ts';
import {dnsClasses} from './dns-classes.ts';
import type {Family, FaultClass} from './fault-class.ts';
import {ingressClasses} from './ingress-classes.ts';
import {lifecycleClasses} from './lifecycle-classes.ts';
import {networkClasses} from './network-classes.ts';
import {nodeClasses} from './node-classes.ts';
import {podClasses} from './pod-classes.ts';
import {rbacClasses} from './rbac-classes.ts';
import {rolloutClasses} from './rollout-classes.ts';
import {schedulingClasses} from './scheduling-classes.ts';
import {serviceClasses} from './service-classes.ts';
import {storageClasses} from './storage-classes.ts';
import {tlsClasses} from './tls-classes.ts';

const families = {
	service: serviceClasses,
	ingress: ingressClasses,
	config: configClasses,
	pod: podClasses,
	storage: storageClasses,
	scheduling: schedulingClasses,
	admission: admissionClasses,
	autoscaling: autoscalingClasses,
	disruption: disruptionClasses,
	rollout: rolloutClasses,
	rbac: rbacClasses,
	network: networkClasses,
	batch: batchClasses,
	lifecycle: lifecycleClasses,
	node: nodeClasses,
	tls: tlsClasses,
	dns: dnsClasses,
	'control-plane': controlPlaneClasses,
} as const satisfies {readonly [family in Family]: unknown};

type Families = typeof families;

/** The stable id of a kind of fault: a promise to scripts. */
export type FaultId = {[family in Family]: keyof Families[family]}[Family] & string;

type Known = FaultClass & {readonly family: Family};

/** Every kind of fault that is told, by its id. */
export const faultClasses: ReadonlyMap<string, Known> = new Map(
	(Object.entries(families) as readonly [Family, {readonly [id: string]: FaultClass}][]).flatMap(([family, classes]) =>
		Object.entries(classes).map(([id, known]) => [id, {...known, family}] as const),
	),
);

/** The class of an id. */
export function faultClassOf(id: FaultId): Known {
	const found = faultClasses.get(id);
	if (found === undefined) throw new Error(`No fault is called ${id}`);
	return found;
}
