import {MkcoaError} from '../../../../core/error.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import type {KeptTemplate} from '../../bundle/workload-history.ts';

/** What lies in the cluster of a workload's past. */
export type Past = {
	/** As its controller keeps it: templates alone. */
	readonly history: readonly KeptTemplate[];
	/** Revisions that have a bundle, rising. */
	readonly bundles: readonly number[];
	/** The revision of now. */
	readonly current: number;
};

/** A revision to return to, and whether a bundle brings back more than its template. */
export type Chosen = {readonly revision: number; readonly bundled: boolean; readonly kept: KeptTemplate | undefined};

/**
 * The revision to return to: the named one, or the newest before the one of now. A template that came back was there before: what was tried and
 * left between is not returned to unless somebody names it.
 * @throws MkcoaError `no-such-revision` with those that there are
 */
export function chooseRevision(workload: KubeObject, {history, bundles, current}: Past, to: number | undefined): Chosen {
	const known = [...new Set([...history.map(({number}) => number), ...bundles])].sort((a, b) => a - b);
	const since = Math.min(current, ...(history.find(({number}) => number === current)?.earlier ?? []));
	const revision = to ?? known.findLast(number => number < since) ?? known.findLast(number => number < current);
	if (revision !== undefined && known.includes(revision))
		return {revision, bundled: bundles.includes(revision), kept: history.find(({number}) => number === revision)};
	const {name, namespace} = workload.metadata;
	const word = `${workload.kind.toLowerCase()}/${name}`;
	throw new MkcoaError({
		kind: 'usage',
		code: 'no-such-revision',
		what: to === undefined ? `${name} has no earlier revision` : `${name} has no revision ${to}`,
		why: known.length === 0 ? 'it keeps none' : `it keeps ${known.join(', ')}, and ${current} is current`,
		next: `See them with: mkcoa k8s history ${word} -n ${namespace}`,
	});
}
