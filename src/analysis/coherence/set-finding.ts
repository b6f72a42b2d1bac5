import type {Finding} from '../../core/finding.ts';
import type {KubeObject, Ref} from '../../core/kube/kube-object.ts';

/** What one check says of a set of manifests; `fix` is the remedy in words, and the caller makes a tool call of it where it can. */
export type SetFinding = Finding & {readonly fix?: string | undefined};

/** The live objects around a set. `unread` holds the kinds (plural) that nobody looked at, with the reason. */
export type Around = {
	readonly namespace: string;
	/** Of the namespace, and the Namespace itself, StorageClasses and nodes. */
	readonly objects: readonly KubeObject[];
	/** Namespaces whose Prometheus scrapes pods. */
	readonly scrapers: readonly string[];
	readonly unread: ReadonlyMap<string, string>;
};

type Evidence = {readonly source: string; readonly detail: string};

/** The words of one check on one object. */
export type Checking = {readonly id: string; readonly resource: Ref; readonly severity: Finding['severity']};

export const passed = ({id, resource, severity}: Checking, cause: string, evidence: readonly Evidence[] = []): SetFinding => ({
	id,
	status: 'pass',
	severity,
	resource,
	evidence,
	cause,
});

export const failed = (
	{id, resource, severity}: Checking,
	{cause, fix, evidence = []}: {readonly cause: string; readonly fix: string; readonly evidence?: readonly Evidence[]},
): SetFinding => ({id, status: 'fail', severity, resource, evidence, cause, fix});

export const notApplicable = ({id, resource, severity}: Checking, cause: string): SetFinding => ({
	id,
	status: 'not-applicable',
	severity,
	resource,
	evidence: [],
	cause,
});

export const notChecked = ({id, resource, severity}: Checking, why: string): SetFinding => ({
	id,
	status: 'not-checked',
	severity,
	resource,
	evidence: [],
	cause: 'not checked',
	why,
});
