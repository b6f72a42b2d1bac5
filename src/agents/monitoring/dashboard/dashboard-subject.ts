import type * as z from 'zod';
import {MkcoaError} from '../../../core/error.ts';
import type {Ref} from '../../../core/kube/kube-object.ts';
import type {Cluster} from '../../../mcp/kubernetes/port.ts';
import {readSubject, type Subject, type subjectInput} from '../metrics/subject.ts';

/** What a dashboard is about. */
export type DashboardSubject = Subject | {readonly kind: 'namespace'; readonly ref: Ref; readonly namespace: string};

const namespaceWords = /^(?:ns|namespaces?)\/(.+)$/i;

/**
 * The object that a person named; `namespace/shop` is a namespace as a whole.
 * @throws MkcoaError as `readSubject` does
 */
export async function dashboardSubject(cluster: Cluster, input: z.output<typeof subjectInput>): Promise<DashboardSubject> {
	const name = namespaceWords.exec(input.target ?? '')?.[1];
	if (name === undefined) return readSubject(cluster, input);
	const ref: Ref = {apiVersion: 'v1', kind: 'Namespace', name};
	if ((await cluster.get(ref)) !== undefined) return {kind: 'namespace', ref, namespace: name};
	throw new MkcoaError({
		kind: 'usage',
		code: 'not-found',
		what: `There is no namespace ${name}`,
		next: 'See what is there with: mkcoa k8s list namespaces',
	});
}

/** `Deployment shop/web`, `Namespace shop`, `Nodes`. */
export const subjectTitle = ({kind, ref}: DashboardSubject) =>
	ref === undefined
		? kind === 'nodes'
			? 'Nodes'
			: ''
		: `${ref.kind} ${ref.namespace === undefined ? '' : `${ref.namespace}/`}${ref.name}`;
