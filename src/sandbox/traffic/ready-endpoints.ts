import type {KubeObject} from '../../core/kube/kube-object.ts';
import type {EndpointSlice} from '../life/shapes.ts';

const serviceLabel = 'kubernetes.io/service-name';

/** The Service of a slice, as `namespace/name`. */
export const serviceOfSlice = ({metadata}: KubeObject) => `${metadata.namespace ?? ''}/${metadata.labels?.[serviceLabel] ?? ''}`;

/** Who is ready behind each Service, over all its slices. */
export function readyEndpoints() {
	const services = new Map<string, Map<string, EndpointSlice>>();
	return {
		notice(slice: EndpointSlice, gone: boolean): void {
			const key = serviceOfSlice(slice);
			const slices = services.get(key) ?? new Map<string, EndpointSlice>();
			if (gone) slices.delete(slice.metadata.name);
			else slices.set(slice.metadata.name, slice);
			if (slices.size === 0) services.delete(key);
			else services.set(key, slices);
		},
		/** Uids of the pods. Endpoints that are no pods share one empty uid. */
		of: (service: string): ReadonlySet<string> =>
			new Set(
				[...(services.get(service)?.values() ?? [])]
					// A real API server writes an empty list as null.
					.flatMap(({endpoints}) => endpoints ?? [])
					.filter(({conditions}) => conditions?.ready === true)
					.map(({targetRef}) => targetRef?.uid ?? ''),
			),
	};
}
