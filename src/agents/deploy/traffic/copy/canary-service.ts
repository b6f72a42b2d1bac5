import {MkcoaError} from '../../../../core/error.ts';
import {type JsonObject, withoutKeys} from '../../../../core/json.ts';
import {valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refKey, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {longest, shortName} from '../../../../core/kube/short-name.ts';
import {objectsAt, wordAt} from '../../../../mcp/kubernetes/model/fields.ts';
import {unowned} from '../../unowned.ts';
import {isCopyService, type RouteObjects} from '../routes/route-objects.ts';
import {copySelector, isCopySelector} from './separate-copy.ts';

/** The name of the Service by which routes reach a copy, such as `web-canary`. */
export const copyServiceName = (service: string, suffix: string) => shortName(service, longest.service, `-${suffix}`);

/**
 * The Service of a copy's pods beside one of the stable pods: the same ports and labels, so that what scrapes or measures the one finds the other.
 * Annotations stay behind: a name in DNS or a load balancer is asked for once.
 */
export function copyService(service: KubeObject, workload: string, suffix: string): KubeObject {
	const {name, namespace, labels} = service.metadata;
	const selector = copySelector(workload, suffix);
	const ports = objectsAt(service, 'spec', 'ports').map(port => withoutKeys(port, new Set(['nodePort'])));
	const kept = ['sessionAffinity', 'sessionAffinityConfig', 'internalTrafficPolicy', 'trafficDistribution', 'ipFamilyPolicy', 'ipFamilies'];
	return {
		apiVersion: 'v1',
		kind: 'Service',
		metadata: {
			name: copyServiceName(name, suffix),
			...(namespace === undefined ? {} : {namespace}),
			labels: {...unowned(labels ?? {}), ...selector, 'app.kubernetes.io/managed-by': 'mkcoa'},
		},
		spec: {
			...Object.fromEntries(kept.flatMap((key): [string, JsonObject[string]][] => entryOf(service, key))),
			...(wordAt(service, 'spec', 'clusterIP') === 'None' ? {clusterIP: 'None'} : {}),
			type: 'ClusterIP',
			ports,
			selector,
		},
	};
}

function entryOf(service: KubeObject, key: string): [string, JsonObject[string]][] {
	const value = valueAt(service, 'spec', key);
	return value === undefined ? [] : [[key, value]];
}

/** @throws `name-taken` where an object that the canary brings along is there already */
export function refuseTakenName({objects}: RouteObjects, made: KubeObject, workload: string): void {
	const key = refKey(refOf(made));
	const there = objects.find(object => refKey(refOf(object)) === key);
	if (there === undefined) return;
	const {namespace} = made.metadata;
	const isLeft = isCopySelector(there.metadata.labels ?? {}) || isCopyService(there);
	throw new MkcoaError({
		kind: 'usage',
		code: 'name-taken',
		what: `There is a ${refText(refOf(there))} already`,
		why: isLeft ? 'an earlier rollout left it, or one is under way' : 'the canary needs that name for one of its own',
		next: isLeft
			? `See mkcoa deploy status ${workload} -n ${namespace}; end what is left with mkcoa deploy abort ${workload} -n ${namespace}`
			: `Give ${refText(refOf(there))} another name, or split by pods with --traffic replicas`,
	});
}
