import {isNotAllowed} from '../../../core/error.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import type {Write} from '../../../core/plan.ts';
import {seeObject} from '../../../mcp/kubernetes/plan/see-object.ts';
import type {Cluster} from '../../../mcp/kubernetes/port.ts';
import type {Bundle} from './bundle.ts';
import {bundleLabel, bundleName, bundleOfLabel, bundleRef} from './bundle-name.ts';
import {bundleSecret} from './bundle-secret.ts';

/** Bundles kept of one workload; older ones go with the plan that adds one. */
const mostBundles = 10;

/** Revisions of which a bundle lies in the cluster, oldest first, or why nobody can tell. */
export type KeptBundles = {readonly revisions: readonly number[]; readonly notChecked?: string | undefined};

/**
 * Asks for names alone: no value of a Secret travels for it.
 * @param revision one that is looked for by its name where Secrets may not be listed
 */
export async function keptBundles(cluster: Cluster, workload: KubeObject, revision: number): Promise<KeptBundles> {
	try {
		const type = await cluster.typeOfRef({apiVersion: 'v1', kind: 'Secret'});
		const labelSelector = `${bundleOfLabel}=${bundleLabel(workload)}`;
		const {rows} = await cluster.table({type, namespace: workload.metadata.namespace, labelSelector});
		const numbers = rows.map(({name}) => Number(/-(\d+)$/.exec(name)?.[1] ?? Number.NaN));
		const revisions = numbers.filter((number, index) => rows[index]?.name === bundleName(workload, number)).sort((a, b) => a - b);
		return {revisions};
	} catch (error) {
		if (!isNotAllowed(error)) throw error;
		const {object} = await seeObject(cluster, bundleRef(workload, revision));
		return {revisions: object === undefined ? [] : [revision], notChecked: error.trouble.what};
	}
}

/** The writes that keep a bundle: its Secret, made or set anew where this revision has one, and the oldest ones removed. */
export function keepBundle(bundle: Bundle, {revisions}: KeptBundles): readonly Write[] {
	const {workload, revision} = bundle;
	const ref = bundleRef(workload, revision);
	const manifest = bundleSecret(bundle);
	const others = revisions.filter(other => other !== revision);
	const stale = others.slice(0, Math.max(0, others.length + 1 - mostBundles));
	return [
		revisions.includes(revision) ? {op: 'replace', ref, manifest} : {op: 'create', ref, manifest},
		...stale.map((old): Write => ({op: 'delete', ref: bundleRef(workload, old)})),
	];
}
