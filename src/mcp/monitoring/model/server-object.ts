import type {KubeObject, Ref} from '../../../core/kube/kube-object.ts';

/**
 * What is kept by a server of monitoring, in the form of an object of a cluster: so its changes travel the road that all changes travel. No API
 * group of a cluster is called so: those of custom kinds have a dot.
 */
export const alertmanagerVersion = 'alertmanager/v2';
export const grafanaVersion = 'grafana/v1';

export const isServerObject = ({apiVersion}: Pick<Ref, 'apiVersion'>): boolean =>
	apiVersion === alertmanagerVersion || apiVersion === grafanaVersion;

/** Where it is kept stands in the object, so that a plan binds to the server that it was made for. */
const serverKey = 'mkcoa.dev/server';

export const keptBy = (source: string) => ({[serverKey]: source});
export const serverOf = ({metadata}: KubeObject): string | undefined => metadata.annotations?.[serverKey];
