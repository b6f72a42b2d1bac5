import type {Finding} from '../../../core/finding.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';

/** One policy as it is shown: tried on examples before, and on what runs. */
export type MadePolicy = {
	readonly name: string;
	readonly title: string;
	readonly severity: Finding['severity'];
	/** Examples that passed, and that were refused, as they should. */
	readonly passed: number;
	readonly refused: number;
	/** Running workloads that it would refuse if they were made anew, each with what it says. */
	readonly blocks: readonly {readonly object: KubeObject; readonly says: string}[];
	readonly objects: readonly KubeObject[];
};

/** What came of a wish for policies. */
export type Made = {
	/** Who judges them, from which version on. */
	readonly engine: string;
	/** Workloads, or namespaces, that were looked at. */
	readonly looked: {readonly count: number; readonly noun: string};
	readonly policies: readonly MadePolicy[];
	/** Policies whose own examples did not come out: they are not shown. */
	readonly withheld: readonly {readonly name: string; readonly why: string}[];
	readonly notes: readonly string[];
};
