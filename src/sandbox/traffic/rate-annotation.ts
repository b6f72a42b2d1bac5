import type {KubeObject} from '../../core/kube/kube-object.ts';

/** Annotation of a Service or route that gives it load: requests per second, the mean of a day. */
const key = 'sandbox.mkcoa.dev/requests-per-second';

/** 0 where there is none, or none that makes sense. */
export function requestsPerSecond({metadata: {annotations}}: KubeObject): number {
	const perSecond = Number(annotations?.[key] ?? 0);
	return perSecond > 0 && Number.isFinite(perSecond) ? perSecond : 0;
}
