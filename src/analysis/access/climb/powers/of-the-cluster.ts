import {inPlace, type Power, type PowerOf, whole} from '../power.ts';
import {admin, runningIn} from '../sets.ts';

const admission = 'admissionregistration.k8s.io';

/** Kubelets execute commands for whoever may use their API through the server. */
const nodeProxy: PowerOf = ({may}) => {
	const right = may('create get', '', 'nodes/proxy', true);
	return right === undefined
		? []
		: [{to: runningIn(undefined), how: "executes a command in a pod that runs as it, through the kubelet's own API", by: [right]}];
};

/** Who changes the requests of others lets them grant what they never meant to. */
const webhook: PowerOf = ({may}) => {
	const hook = may('create update patch', admission, 'mutatingwebhookconfigurations', true);
	const [policy, binding] = ['mutatingadmissionpolicies', 'mutatingadmissionpolicybindings'].map(each =>
		whole(may('create', admission, each, true)),
	);
	const assumes = 'somebody with more rights writes roles, bindings or workloads afterwards';
	return [
		...(hook === undefined ? [] : [{to: admin, how: 'changes what others write, by a mutating webhook', by: [hook], assumes}]),
		...(policy === undefined || binding === undefined
			? []
			: [{to: admin, how: 'changes what others write, by a mutating admission policy', by: [policy, binding], assumes}]),
	];
};

const awsAuth: PowerOf = ({may, estate, place}) => {
	if (!estate.hasAwsAuth || (place !== undefined && place !== 'kube-system')) return [];
	const right = may('update patch', '', 'configmaps');
	if (right === undefined || (right.names.length > 0 && !right.names.includes('aws-auth'))) return [];
	const assumes = 'an AWS identity of its own, and a cluster that still signs in by aws-auth';
	return [{to: admin, how: 'maps its AWS identity to system:masters in ConfigMap kube-system/aws-auth', by: [right], assumes}];
};

/** Root on a node has the tokens of all that runs there, and of a node of the control plane the keys of the cluster. */
function ontoNode(to: string, node: string | undefined, how: string, by: Power['by']): Power {
	const assumes = 'no admission policy beside Pod Security stands in the way';
	return {
		to,
		how: node === undefined ? `${how} and takes its token from the node` : `${how} of ${node}, which keeps the keys of the cluster`,
		by,
		assumes,
	};
}

const node: PowerOf = ({may, estate, place}) => {
	const pod = whole(may('create', '', 'pods'));
	if (pod === undefined) return [];
	const lax = place === undefined ? [...estate.lax][0] : estate.lax.has(place) ? place : undefined;
	const volume = whole(may('create', '', 'persistentvolumes', true));
	const claim = whole(may('create', '', 'persistentvolumeclaims'));
	const how = (what: string) => `runs a pod ${what} ${inPlace(place ?? lax)}`;
	const {controlPlaneNode} = estate;
	const targets = [
		...(controlPlaneNode === undefined ? [] : [{to: admin, node: controlPlaneNode}]),
		{to: runningIn(undefined), node: undefined},
	];
	return targets.flatMap(target => [
		...(lax === undefined ? [] : [ontoNode(target.to, target.node, how('with the files'), [pod])]),
		// Pod Security looks at the pod, and not at the volume behind its claim.
		...(volume === undefined || claim === undefined
			? []
			: [ontoNode(target.to, target.node, how('with a volume of the files'), [pod, claim, volume])]),
	]);
};

/** Ways by what all of the cluster rests on: nodes, admission, how people sign in. */
export const powersOverTheCluster: readonly PowerOf[] = [nodeProxy, webhook, awsAuth, node];
