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
	/** The one that serves while that of now never became whole. */
	readonly serving?: number | undefined;
	/** Why nobody can tell which bundles there are. */
	readonly notChecked?: string | undefined;
};

/** A revision to return to, and whether a bundle brings back more than its template. */
export type Chosen = {readonly revision: number; readonly bundled: boolean; readonly kept: KeptTemplate | undefined};

/**
 * The revision to return to: the named one, the one that serves beside a half-rolled one, or the newest before the one of now. A template that came back was there before: what was tried and
 * left between is not returned to unless somebody names it.
 * @throws MkcoaError `no-such-revision` with those that there are
 */
export function chooseRevision(workload: KubeObject, past: Past, to: number | undefined): Chosen {
	const {history, bundles} = past;
	const known = [...new Set([...history.map(({number}) => number), ...bundles])].sort((a, b) => a - b);
	const revision = to ?? past.serving ?? known.findLast(isBefore(workload, past));
	if (revision !== undefined && known.includes(revision))
		return {revision, bundled: bundles.includes(revision), kept: history.find(({number}) => number === revision)};
	throw noRevision(workload, past, known, to);
}

/** Whether a revision was there before what runs now came first, as far as the cluster tells. */
function isBefore(workload: KubeObject, {history, current}: Past): (revision: number) => boolean {
	const now = history.find(({number}) => number === current);
	const tried = workload.kind === 'Deployment' || now === undefined ? [] : triedAfter(now, history);
	const since = Math.min(current, ...(now?.earlier ?? []), ...tried);
	// Of a number that a bundle alone keeps nothing tells when it was: it may be what runs now, under the number that it had before.
	return revision => revision < since && (tried.length === 0 || history.some(({number}) => number === revision));
}

/**
 * A ControllerRevision that comes back takes the newest number and keeps no other, but it is as old as it was: those with a lower number that
 * were made after it were tried between.
 */
const triedAfter = (now: KeptTemplate, history: readonly KeptTemplate[]): readonly number[] =>
	history.filter(({number, created}) => number < now.number && created > now.created).map(({number}) => number);

function noRevision(
	{kind, metadata: {name, namespace}}: KubeObject,
	{current, notChecked}: Past,
	known: readonly number[],
	to: number | undefined,
) {
	const word = `${kind.toLowerCase()}/${name}`;
	const left = to === undefined ? known.findLast(number => number < current) : undefined;
	if (left !== undefined)
		return new MkcoaError({
			kind: 'usage',
			code: 'no-such-revision',
			what: `${name} has no revision from before what runs now`,
			why: `revision ${left} came later and was taken back`,
			next: `To roll that out again all the same: mkcoa deploy rollback ${word} --to ${left} -n ${namespace}`,
		});
	return new MkcoaError({
		kind: 'usage',
		code: 'no-such-revision',
		what: to === undefined ? `${name} has no earlier revision` : `${name} has no revision ${to}`,
		why: [
			known.length === 0 ? 'it keeps none' : `it keeps ${known.join(', ')}, and ${current} is current`,
			...(notChecked === undefined ? [] : [`snapshots of more could not be looked for: ${notChecked}`]),
		].join('; '),
		next: `See them with: mkcoa k8s history ${word} -n ${namespace}`,
	});
}
