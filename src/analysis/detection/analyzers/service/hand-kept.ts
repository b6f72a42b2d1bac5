import {listAt, objectAt, textAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import type {Survey} from '../../survey.ts';

export const serviceLabel = 'kubernetes.io/service-name';

/** Slices of a Service that Kubernetes keeps itself, or copies from Endpoints. @see https://kubernetes.io/docs/concepts/services-networking/endpoint-slices/#management */
const isKeptByKubernetes = ({metadata}: KubeObject) =>
	/^endpointslice(?:mirroring)?-controller\.k8s\.io$/.test(metadata.labels?.['endpointslice.kubernetes.io/managed-by'] ?? '');

/** Made by a person or a pipeline: no controller owns it, and it is not of another cluster. */
const isHandMade = (slice: KubeObject) =>
	!isKeptByKubernetes(slice) &&
	(slice.metadata.ownerReferences ?? []).length === 0 &&
	slice.metadata.labels?.['multicluster.kubernetes.io/service-name'] === undefined;

/** Services of a namespace whose endpoints somebody else keeps than Kubernetes, and slices that are kept by hand. */
export type HandKept = {
	/** Without a selector. */
	readonly services: readonly KubeObject[];
	/** Made by hand, and of no Service that is there. */
	readonly orphans: readonly KubeObject[];
	readonly slicesOf: (service: KubeObject) => readonly KubeObject[];
	readonly handMadeOf: (service: KubeObject) => readonly KubeObject[];
};

/** Undefined where not all was read that it takes. */
export function handKeptIn(namespace: string, survey: Survey): HandKept | undefined {
	if (!survey.isRead('Service', namespace) || !survey.isRead('EndpointSlice', namespace)) return undefined;
	const slices = survey.all('EndpointSlice', namespace);
	const byService = Map.groupBy(slices, ({metadata}) => metadata.labels?.[serviceLabel] ?? '');
	const slicesOf = ({metadata}: KubeObject) => byService.get(metadata.name) ?? [];
	return {
		services: survey
			.all('Service', namespace)
			.filter(
				service =>
					Object.keys(objectAt(service, 'spec', 'selector')).length === 0 &&
					textAt(service, 'spec', 'type') !== 'ExternalName' &&
					(service.metadata.ownerReferences ?? []).length === 0 &&
					listAt(service, 'spec', 'ports').length > 0,
			),
		orphans: slices.filter(slice => {
			const of = slice.metadata.labels?.[serviceLabel] ?? '';
			return isHandMade(slice) && (of === '' || survey.find('Service', namespace, of) === undefined);
		}),
		slicesOf,
		handMadeOf: service => slicesOf(service).filter(isHandMade),
	};
}
