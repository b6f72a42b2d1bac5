import {MkcoaError} from '../../../../core/error.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import type {Cluster} from '../../../../mcp/kubernetes/port.ts';
import {findBackend} from '../../backends/find-backend.ts';

/**
 * The Deployment, StatefulSet or DaemonSet that a person means, which Kubernetes alone rolls out.
 * @param verb what was to be done, for the message: `roll out`
 * @throws MkcoaError `controlled` where another controller rolls it out, and as `findBackend`
 */
export async function findPlain(cluster: Cluster, namespace: string, name: string, verb: string): Promise<KubeObject> {
	const backend = await findBackend(cluster, namespace, name);
	if (backend.kind === 'plain') return backend.workload;
	const {kind} = backend.controller;
	throw new MkcoaError({
		kind: 'usage',
		code: 'controlled',
		what: `${name} is not mkcoa's to ${verb} in steps of its own`,
		why: `${refText(refOf(backend.controller))} rolls it out, and goes its own way with every new pod template`,
		next: `Give ${kind} the new version with: mkcoa deploy rolling ${name} -n ${namespace} --image IMAGE`,
	});
}
