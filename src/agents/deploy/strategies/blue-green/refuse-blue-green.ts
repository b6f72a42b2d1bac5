import {MkcoaError} from '../../../../core/error.ts';
import {numberAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {readinessOf} from '../../rollout/readiness.ts';
import {type MissedService, missedText} from '../../traffic/missed-services.ts';

const refusal = (code: string, what: string, why: string, next: string) => new MkcoaError({kind: 'usage', code, what, why, next});

/** @throws where two versions of this workload cannot stand beside each other, with what to do instead */
export function refuseBlueGreen(workload: KubeObject): void {
	const {kind, metadata} = workload;
	const {name, namespace} = metadata;
	const rolling = `Use mkcoa deploy rolling ${kind === 'Deployment' ? '' : `${kind.toLowerCase()}/`}${name} -n ${namespace}`;
	if (kind !== 'Deployment')
		throw refusal('not-a-deployment', `${kind} ${name} cannot stand twice`, 'its pods have names, disks or nodes of their own', rolling);
	if (numberAt(workload, 'spec', 'replicas') === 0)
		throw refusal('no-pods', `${name} has no pods whose traffic could be switched`, 'it is scaled to 0', rolling);
	if (!readinessOf(workload).done)
		throw refusal(
			'already-rolling',
			`${name} is not whole now, so there is no version to switch from and back to`,
			readinessOf(workload).failed ?? 'a rollout of it is under way, or pods of it are not ready',
			`Wait for it, or see why: mkcoa deploy status ${name} -n ${namespace}`,
		);
}

/**
 * @param missed Services that were meant to send the workload requests
 * @throws `no-service` where nothing does
 */
export function refuseWithoutService(workload: KubeObject, services: readonly KubeObject[], missed: readonly MissedService[]): void {
	if (services.length > 0) return;
	const {name, namespace} = workload.metadata;
	const [first] = missed;
	const orElse = first === undefined ? 'make a Service for it' : `mend the selector: mkcoa k8s patch service ${first.name} -n ${namespace}`;
	throw refusal(
		'no-service',
		`There is nothing to switch for ${name}`,
		['no Service selects its pods', ...missed.map(each => missedText(each, workload))].join('; '),
		`Use mkcoa deploy rolling ${name} -n ${namespace}, or ${orElse}`,
	);
}

/** `/health` or `8080:/health`: a path and the port of the Service, its first one where none is given. */
export function checkOf(text: string, port: string): {readonly path: string; readonly port: string} {
	const [, named, path = ''] = /^(?:([a-z0-9-]+):)?(\/.*)$/.exec(text) ?? [];
	return {path, port: named ?? port};
}
