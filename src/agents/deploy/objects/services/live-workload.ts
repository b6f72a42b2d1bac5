import {MkcoaError} from '../../../../core/error.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import type {Cluster} from '../../../../mcp/kubernetes/port.ts';
import {workloadName} from '../../inputs.ts';

/** `web`, which is a Deployment, or `statefulset/db`. */
export const workloadField = workloadName.describe('NAME of a Deployment, or KIND/NAME');

/** The live object that a person named. @throws `no-such-workload`, `unknown-kind` */
export async function liveWorkload(cluster: Cluster, namespace: string, words: string): Promise<KubeObject> {
	const [name = '', kind = 'deployments'] = words.split('/').toReversed();
	const type = await cluster.typeOf(kind);
	const found = await cluster.get({apiVersion: type.apiVersion, kind: type.kind, namespace, name});
	if (found !== undefined) return found;
	throw new MkcoaError({
		kind: 'usage',
		code: 'no-such-workload',
		what: `There is no ${type.kind} ${name} in namespace ${namespace}`,
		next: `See what is there with: mkcoa k8s list ${type.plural} -n ${namespace}; other kinds are named as KIND/NAME`,
	});
}
