import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {controllerReference} from '../owners.ts';
import type {Labels, PodTemplate} from '../pod-shapes.ts';

type Extra = {
	readonly labels?: Labels;
	readonly annotations?: Labels;
	readonly spec?: {readonly [key: string]: never} | KubeObject['spec'];
};

/** The pod that a controller creates: its template, a name, and who owns it. */
export function podFromTemplate(
	owner: KubeObject,
	template: PodTemplate,
	name: string,
	generateName: string | undefined,
	extra: Extra = {},
): KubeObject {
	const {labels, annotations, finalizers} = {finalizers: undefined, ...template.metadata};
	return {
		apiVersion: 'v1',
		kind: 'Pod',
		metadata: {
			name,
			...(generateName === undefined ? {} : {generateName}),
			namespace: owner.metadata.namespace,
			labels: {...labels, ...extra.labels},
			...(annotations === undefined && extra.annotations === undefined ? {} : {annotations: {...annotations, ...extra.annotations}}),
			...(Array.isArray(finalizers) ? {finalizers} : {}),
			ownerReferences: [controllerReference(owner)],
		},
		spec: {...template.spec, ...(typeof extra.spec === 'object' && extra.spec !== null && !Array.isArray(extra.spec) ? extra.spec : {})},
	};
}
