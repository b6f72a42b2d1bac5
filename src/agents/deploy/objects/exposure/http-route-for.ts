import {MkcoaError} from '../../../../core/error.ts';
import {canonicalJson, type JsonObject} from '../../../../core/json.ts';
import {listAt, objectAt, valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {objectsAt, textsAt, wordAt} from '../../../../mcp/kubernetes/model/fields.ts';
import type {Exposure} from './exposure.ts';

/**
 * The HTTPRoute that sends a host and path of a Gateway to a Service: a new one, or the live one with a rule more or another backend.
 * @throws `route-of-others` where the live one is for other hosts or Gateways, or a rule of it shares its requests
 */
export function httpRouteFor(exposure: Exposure, gateway: KubeObject, live: KubeObject | undefined): KubeObject {
	const {namespace, name, host} = exposure;
	if (live === undefined)
		return {
			apiVersion: 'gateway.networking.k8s.io/v1',
			kind: 'HTTPRoute',
			metadata: {name, namespace},
			spec: {parentRefs: [parentOf(gateway, namespace)], ...(host === undefined ? {} : {hostnames: [host]}), rules: [ruleOf(exposure)]},
		};
	refuseOthers(exposure, gateway, live);
	return {...live, spec: {...objectAt(live, 'spec'), rules: withRule(exposure, live)}};
}

const parentOf = ({metadata}: KubeObject, namespace: string): JsonObject => ({
	name: metadata.name,
	...(metadata.namespace === namespace ? {} : {namespace: metadata.namespace}),
});

const matchOf = ({path, exact}: Exposure) => ({path: {type: exact ? 'Exact' : 'PathPrefix', value: path}});
const backendOf = ({service, port}: Exposure) => ({name: service, port});
const ruleOf = (exposure: Exposure) => ({matches: [matchOf(exposure)], backendRefs: [backendOf(exposure)]});

function refuseOthers({namespace, host, name}: Exposure, gateway: KubeObject, live: KubeObject): void {
	const hosts = textsAt(live, 'spec', 'hostnames');
	const isIts = objectsAt(live, 'spec', 'parentRefs').some(
		parent => parent.name === gateway.metadata.name && (wordAt(parent, 'namespace') || namespace) === gateway.metadata.namespace,
	);
	const sameHosts = host === undefined ? hosts.length === 0 : hosts.includes(host);
	if (isIts && sameHosts) return;
	throw ofOthers(
		live,
		isIts ? `it is for ${hosts.join(', ') || 'every host'}, and a rule of it holds for all of them` : 'it belongs to another Gateway',
		name,
	);
}

const ofOthers = (live: KubeObject, why: string, name: string) =>
	new MkcoaError({
		kind: 'usage',
		code: 'route-of-others',
		what: `${refText(refOf(live))} is there already, and cannot take this rule`,
		why,
		next: `Make another one with --route, such as --route ${name}-2`,
	});

/** A match of the same path, without any other condition, is the same place; without matches a rule is for everything below `/`. */
function withRule(exposure: Exposure, live: KubeObject): readonly JsonObject[] {
	const rules = objectsAt(live, 'spec', 'rules');
	const place = canonicalJson(matchOf(exposure));
	const isSame = (rule: JsonObject) => {
		const matches = listAt(rule, 'matches');
		return matches.length === 0
			? place === canonicalJson({path: {type: 'PathPrefix', value: '/'}})
			: matches.some(match => canonicalJson(match) === place);
	};
	const index = rules.findIndex(isSame);
	const found = rules[index];
	if (found === undefined) return [...rules, ruleOf(exposure)];
	const backends = objectsAt(found, 'backendRefs');
	if (listAt(found, 'matches').length > 1) throw ofOthers(live, `rule ${index + 1} of it is for this path and for others`, exposure.name);
	if (backends.length > 1) throw ofOthers(live, `rule ${index + 1} of it shares the requests of this path between Services`, exposure.name);
	const [backend] = backends;
	const isIt = backend !== undefined && backend.name === exposure.service && valueAt(backend, 'port') === exposure.port;
	return isIt ? rules : rules.with(index, {...found, backendRefs: [backendOf(exposure)]});
}
