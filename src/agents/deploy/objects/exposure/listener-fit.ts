import type {JsonObject} from '../../../../core/json.ts';
import {textAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {objectsAt, wordAt} from '../../../../mcp/kubernetes/model/fields.ts';

/** Why a Gateway would not take a route of a namespace for a host; undefined where a listener does. `unsure` where labels of namespaces decide. */
export type Fit = {readonly fits: boolean; readonly unsure: boolean; readonly why: string};

/**
 * Whether a Gateway has a listener for a host and lets routes of the namespace attach to it.
 * @see https://gateway-api.sigs.k8s.io/reference/spec/ Listener, AllowedRoutes
 */
export function gatewayFit(gateway: KubeObject, namespace: string, host: string | undefined): Fit {
	const listeners = objectsAt(gateway, 'spec', 'listeners');
	const http = listeners.filter(({protocol}) => protocol === 'HTTP' || protocol === 'HTTPS');
	if (http.length === 0) return {fits: false, unsure: false, why: 'it has no listener for HTTP'};
	const forHost = http.filter(listener => fitsHost(textAt(listener, 'hostname'), host));
	const hosts = http.map(listener => textAt(listener, 'hostname') ?? 'any host').join(', ');
	if (forHost.length === 0) return {fits: false, unsure: false, why: `its listeners are for ${hosts}`};
	const open = forHost.filter(listener => isOpen(listener, gateway.metadata.namespace === namespace));
	if (open.length > 0) return {fits: true, unsure: open.every(listener => fromOf(listener) === 'Selector'), why: ''};
	return {fits: false, unsure: false, why: 'it takes no HTTPRoutes of this namespace'};
}

const fromOf = (listener: JsonObject) => wordAt(listener, 'allowedRoutes', 'namespaces', 'from') || 'Same';

function isOpen(listener: JsonObject, isSame: boolean): boolean {
	const kinds = objectsAt(listener, 'allowedRoutes', 'kinds').map(({kind}) => kind);
	if (kinds.length > 0 && !kinds.includes('HTTPRoute')) return false;
	const from = fromOf(listener);
	return from === 'All' || from === 'Selector' || (from === 'Same' && isSame);
}

/** Whether two host names have one in common: a wildcard stands for one label or more. */
export function fitsHost(one: string | undefined, other: string | undefined): boolean {
	if (one === undefined || one === '' || other === undefined || one === other) return true;
	const covers = (wildcard: string, host: string) =>
		wildcard.startsWith('*.') && host.endsWith(wildcard.slice(1)) && host.length >= wildcard.length;
	return covers(one, other) || covers(other, one);
}
