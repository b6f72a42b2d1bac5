import {MkcoaError} from '../../../../core/error.ts';
import {valueAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {fitsSelector} from '../../../../core/kube/selector.ts';
import {textMapAt} from '../../../../mcp/kubernetes/model/fields.ts';
import type {Cluster} from '../../../../mcp/kubernetes/port.ts';
import {isMarked} from '../../staged/control/is-marked.ts';
import {trackLabel} from '../../track-label.ts';
import {deploymentRef} from '../../workload.ts';
import {allAtOnce} from '../all-at-once.ts';

const refusal = (code: string, what: string, why: string, next: string) => new MkcoaError({kind: 'usage', code, what, why, next});

/** The Deployments that a canary makes. */
type Copies = {readonly canary: string; readonly baseline: string | undefined};

/** How the canary comes to its requests, at which steps as they were asked for. */
type Way = {readonly isRatio: boolean; readonly isWhole: boolean; readonly steps: string};

/** @throws where a canary of this workload can never work, with what to do instead */
export async function refuseCanary(cluster: Cluster, stable: KubeObject, replicas: number, copies: Copies, way: Way): Promise<void> {
	const {name, namespace = ''} = stable.metadata;
	if (replicas === 0)
		throw refusal('no-pods', `${name} has no pods to compare a canary with`, 'it is scaled to 0', `Use mkcoa deploy rolling ${name}`);
	refuseAllAtOnce(stable, way);
	if (way.isRatio || copies.baseline !== undefined) refuseTrackLabel(stable);
	for (const copy of [copies.canary, copies.baseline]) {
		const there = copy === undefined ? undefined : await cluster.get(deploymentRef(namespace, copy));
		if (copy === undefined || there === undefined) continue;
		if (!isMarked(there, stable))
			throw refusal(
				'canary-exists',
				`There is a Deployment ${copy} already, and no canary of ${name}`,
				`nothing on it says that mkcoa made it for ${name}, so it is somebody else's`,
				`Give it another name, or, where nobody needs it, delete it: mkcoa k8s delete deployment/${copy} -n ${namespace}`,
			);
		throw refusal(
			'canary-exists',
			`There is a Deployment ${copy} already`,
			'another canary runs, or one was left behind',
			`See mkcoa deploy status ${name} -n ${namespace}; remove what was left: mkcoa deploy abort ${name} -n ${namespace}`,
		);
	}
}

/** A route goes on sending the stable version its share, whether it has pods or not. Where pods are the share, the canary's serve alone meanwhile. */
function refuseAllAtOnce(stable: KubeObject, {isRatio, isWhole, steps}: Way): void {
	const how = allAtOnce(stable);
	if (isRatio || isWhole || how === undefined) return;
	const {name} = stable.metadata;
	const isRecreated = how === 'Recreate';
	throw refusal(
		isRecreated ? 'serves-while-recreated' : 'serves-while-away',
		`${name} would have no pods for its share of the requests while it is promoted`,
		`its strategy ${isRecreated ? 'is Recreate: all its pods end' : `(${how}) lets all its pods end`} before new ones ${isRecreated ? 'start' : 'are ready'}, and the steps do not end in 100 %, at which it serves nobody`,
		`Use --steps ${steps},100, or give ${name} ${isRecreated ? 'the strategy RollingUpdate' : 'a strategy by which pods stay, such as maxSurge 1 and maxUnavailable 0'}`,
	);
}

/** The label that tells the two apart must not be in use: the canary would count the stable pods as its own, or the server refuse it. */
function refuseTrackLabel(stable: KubeObject): void {
	const labels = textMapAt(stable, 'spec', 'template', 'metadata', 'labels');
	const {name} = stable.metadata;
	const next = `Use mkcoa deploy rolling ${name}, or take the label away`;
	if (labels[trackLabel] === 'canary')
		throw refusal(
			'label-in-use',
			`The pods of ${name} carry ${trackLabel}=canary already`,
			'a canary of it could not be told from it',
			next,
		);
	const selector = valueAt(stable, 'spec', 'selector');
	const rest = {matchExpressions: valueAt(selector, 'matchExpressions') ?? []};
	if (!fitsSelector(rest, {...labels, [trackLabel]: 'canary'}))
		throw refusal(
			'label-in-use',
			`The selector of ${name} excludes ${trackLabel}=canary`,
			'a canary of it would not select its own pods',
			next,
		);
}
