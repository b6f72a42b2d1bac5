import type {Finding} from '../../../core/finding.ts';

/** Where in the life of an application a fault lies. Faults of one family are told by the same analyzer. */
export type Family =
	| 'service'
	| 'ingress'
	| 'tls'
	| 'config'
	| 'pod'
	| 'dns'
	| 'storage'
	| 'scheduling'
	| 'admission'
	| 'autoscaling'
	| 'disruption'
	| 'rollout'
	| 'rbac'
	| 'network'
	| 'batch'
	| 'lifecycle'
	| 'node'
	| 'control-plane';

/** One kind of fault, by its stable id: what it is called, how grave it is where nothing says more, and what must be read to tell it. */
export type FaultClass = {
	readonly severity: Finding['severity'];
	/** A sentence without its end: `A Service selects no pod`. */
	readonly title: string;
	/** Kinds without which it cannot be told. */
	readonly reads: readonly string[];
	/** It says that something is wrong and not why: told alone only where no cause explains it. */
	readonly isSymptom?: true;
	/** Why there is never a remedy that could be planned, for those that have none. */
	readonly noRemedy?: string;
};

export type FaultClasses = {readonly [id: string]: FaultClass};
